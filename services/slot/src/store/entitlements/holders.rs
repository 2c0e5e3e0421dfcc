//! The people for whom entitlements are: keyed hashes of names and dates of birth, nothing else.

use ids::EntitlementId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{OnConflict, SelectStatement},
};

use crate::store::{StoreResult, value::Columns};
use row::{Column, Entity};

/// A person of this name, born then, is the holder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holding {
    /// Of which entitlement.
    pub entitlement: EntitlementId,
    /// Keyed hash, of this entitlement only: two of one person cannot be linked.
    pub proof: Vec<u8>,
    /// By which key it was made.
    pub key_id: String,
}

/// Adds those that are not on file yet.
///
/// # Errors
/// The statement fails.
pub async fn add_holders(db: &impl ConnectionTrait, holdings: &[Holding]) -> StoreResult<()> {
    /// PostgreSQL takes 65,535 values in a statement; each row has three.
    const ROWS: usize = 10_000;
    for some in holdings.chunks(ROWS) {
        let rows = some.iter().map(|it| row::ActiveModel {
            entitlement_id: Set(it.entitlement.to_string()),
            proof: Set(it.proof.clone()),
            key_id: Set(it.key_id.clone()),
        });
        let known = OnConflict::new().do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    }
    Ok(())
}

/// What is on file for these.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn holdings(
    db: &impl ConnectionTrait,
    entitlements: &[EntitlementId],
) -> StoreResult<Vec<Holding>> {
    let ids = entitlements.iter().map(ToString::to_string);
    let rows = Entity::find().filter(Column::EntitlementId.is_in(ids)).all(db).await?;
    let columns = Columns("entitlement_holders");
    rows.into_iter()
        .map(|row| {
            Ok(Holding {
                entitlement: columns.parse("entitlement_id", &row.entitlement_id)?,
                proof: row.proof,
                key_id: row.key_id,
            })
        })
        .collect()
}

/// The entitlement, if one of `proofs` is its holder's.
pub(super) fn of_whom(entitlement: EntitlementId, proofs: &[Vec<u8>]) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::EntitlementId)
        .filter(Column::EntitlementId.eq(entitlement.to_string()))
        .filter(Column::Proof.is_in(proofs.to_vec()))
        .into_query()
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entitlement_holders")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub entitlement_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub proof: Vec<u8>,
        pub key_id: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
