//! What persons proved about themselves, sealed.

use ids::PersonId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};
use vocabulary::TrustLevel;

use super::{StoreResult, parse, time};

/// One proof. A person has at most one of each level.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub(crate) level: TrustLevel,
    /// Where they logged in; none if staff looked at a document.
    pub(crate) provider: Option<String>,
    pub(crate) proven_at: Timestamp,
    /// [`Attributes`](crate::person::Attributes) as JSON.
    pub(crate) sealed_attributes: Vec<u8>,
}

/// The person's proof of the highest level.
pub(crate) async fn best(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> StoreResult<Option<Evidence>> {
    Ok(all(db, person).await?.into_iter().max_by_key(|evidence| evidence.level))
}

/// All that the person proved.
pub(crate) async fn all(db: &impl ConnectionTrait, person: PersonId) -> StoreResult<Vec<Evidence>> {
    let own = row::Column::Person.eq(person.to_string());
    let rows = row::Entity::find().filter(own).all(db).await?;
    rows.into_iter().map(Evidence::try_from).collect()
}

/// Deletes the person's proof of this level.
pub(crate) async fn delete(
    db: &impl ConnectionTrait,
    person: PersonId,
    level: TrustLevel,
) -> StoreResult<()> {
    let id = (person.to_string(), level.as_str().to_owned());
    row::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Keeps a proof in the place of an older one of its level.
pub(crate) async fn put(
    db: &impl ConnectionTrait,
    person: PersonId,
    evidence: &Evidence,
) -> StoreResult<()> {
    let row = row::ActiveModel {
        person: Set(person.to_string()),
        level: Set(evidence.level.as_str().to_owned()),
        provider: Set(evidence.provider.clone()),
        proven_at: Set(evidence.proven_at.as_millisecond()),
        seen_at: Set(evidence.proven_at.as_millisecond()),
        sealed_attributes: Set(evidence.sealed_attributes.clone()),
    };
    let conflict = OnConflict::columns([row::Column::Person, row::Column::Level])
        .update_columns([
            row::Column::Provider,
            row::Column::ProvenAt,
            row::Column::SeenAt,
            row::Column::SealedAttributes,
        ])
        .to_owned();
    row::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}

/// Notes that the person was here: their evidence is needed for some time to come.
pub(crate) async fn touch(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: Timestamp,
) -> StoreResult<()> {
    row::Entity::update_many()
        .col_expr(row::Column::SeenAt, Expr::value(now.as_millisecond()))
        .filter(row::Column::Person.eq(person.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes the evidence of persons inactive since `than`.
pub(crate) async fn delete_older(db: &impl ConnectionTrait, than: Timestamp) -> StoreResult<u64> {
    ::store::delete_expired::<row::Entity>(db, row::Column::SeenAt, than).await
}

impl TryFrom<row::Model> for Evidence {
    type Error = ::store::StoreError;

    fn try_from(row: row::Model) -> StoreResult<Self> {
        Ok(Self {
            level: parse("evidence.level", &row.level)?,
            provider: row.provider,
            proven_at: time("evidence.proven_at", row.proven_at)?,
            sealed_attributes: row.sealed_attributes,
        })
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "evidence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub level: String,
        pub provider: Option<String>,
        pub proven_at: i64,
        pub seen_at: i64,
        pub sealed_attributes: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
