//! References that a re-issue made worthless: keyed hashes, and of which entitlement they were.

use std::collections::BTreeSet;

use ids::{EntitlementId, ServiceId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::OnConflict,
};

use crate::{
    domain::Entitlement,
    store::{StoreResult, value::Columns},
};
use row::{Column, Entity};

/// A reference that is worth nothing any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reissued {
    /// For which service it was.
    pub service: ServiceId,
    /// Its keyed hash.
    pub reference: Vec<u8>,
    /// Which entitlement has another reference since.
    pub entitlement: EntitlementId,
}

/// Notes that the reference of `former` is worth nothing any more.
///
/// # Errors
/// The statement fails.
pub async fn note_reissued(db: &impl ConnectionTrait, former: &Entitlement) -> StoreResult<()> {
    let row = row::ActiveModel {
        service: Set(former.service.to_string()),
        proof: Set(former.reference.clone()),
        key_id: Set(former.key_id.clone()),
        entitlement_id: Set(former.id.to_string()),
    };
    let known = OnConflict::new().do_nothing().to_owned();
    Entity::insert_many([row]).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// Which of these hashes of a reference for one of the services are worth nothing any more.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn reissued(
    db: &impl ConnectionTrait,
    services: &BTreeSet<&ServiceId>,
    references: Vec<Vec<u8>>,
) -> StoreResult<Vec<Reissued>> {
    let rows = Entity::find()
        .filter(Column::Service.is_in(services.iter().map(|service| service.as_str())))
        .filter(Column::Proof.is_in(references))
        .all(db)
        .await?;
    let columns = Columns("reissued_references");
    rows.into_iter()
        .map(|row| {
            Ok(Reissued {
                service: columns.parse("service", &row.service)?,
                reference: row.proof,
                entitlement: columns.parse("entitlement_id", &row.entitlement_id)?,
            })
        })
        .collect()
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reissued_references")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub service: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub proof: Vec<u8>,
        pub key_id: Option<String>,
        pub entitlement_id: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
