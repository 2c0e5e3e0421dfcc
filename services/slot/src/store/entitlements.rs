//! Permissions to book a service that requires one (for example: an application is on file).

use std::collections::{BTreeSet, HashMap};

use ids::{ClientId, EntitlementId, Pseudonym, ServiceId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
    sea_query::{Expr, OnConflict},
};

use super::{StoreResult, value::Columns};
use row::{Column, Entity};

/// One permission, as an agency posts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// Its identifier.
    pub id: EntitlementId,
    /// What may be booked with it.
    pub service: ServiceId,
    /// Keyed hash of reference number and date of birth: we keep neither.
    pub proof: Vec<u8>,
    /// From when on it holds.
    pub valid_from: Timestamp,
    /// Until when it holds.
    pub valid_until: Timestamp,
    /// Which agency posted it.
    pub posted_by: ClientId,
    /// When it was posted.
    pub created_at: Timestamp,
}

/// Adds those whose proof is not on file for their service yet.
///
/// # Errors
/// The statement fails.
pub async fn insert_absent(
    db: &impl ConnectionTrait,
    entitlements: &[Entitlement],
) -> StoreResult<()> {
    let rows = entitlements.iter().map(|entitlement| row::ActiveModel {
        id: Set(entitlement.id.to_string()),
        service: Set(entitlement.service.to_string()),
        proof: Set(entitlement.proof.clone()),
        valid_from: Set(entitlement.valid_from.as_millisecond()),
        valid_until: Set(entitlement.valid_until.as_millisecond()),
        posted_by: Set(entitlement.posted_by.to_string()),
        person: Set(None),
        created_at: Set(entitlement.created_at.as_millisecond()),
    });
    let known = OnConflict::columns([Column::Service, Column::Proof]).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// What is on file with the proofs of `wanted`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn ids_by_proof(
    db: &impl ConnectionTrait,
    wanted: &[Entitlement],
) -> StoreResult<HashMap<(ServiceId, Vec<u8>), EntitlementId>> {
    let rows = by_proof(wanted).all(db).await?;
    let columns = Columns("entitlements");
    rows.into_iter()
        .map(|row| {
            let service = columns.parse("service", &row.service)?;
            Ok(((service, row.proof), columns.parse("id", &row.id)?))
        })
        .collect()
}

/// Names the services too, since the index starts with them.
fn by_proof(wanted: &[Entitlement]) -> Select<Entity> {
    let services: BTreeSet<_> = wanted.iter().map(|it| it.service.as_str()).collect();
    Entity::find()
        .filter(Column::Service.is_in(services))
        .filter(Column::Proof.is_in(wanted.iter().map(|it| it.proof.clone())))
}

/// Binds the entitlement with this proof to `person`, once: `true` if it is theirs now (or was
/// already), `false` if there is none valid at `now` or it is another person's.
///
/// # Errors
/// The statement fails.
pub async fn claim(
    db: &impl ConnectionTrait,
    service: &ServiceId,
    proof: &[u8],
    person: Pseudonym,
    now: Timestamp,
) -> StoreResult<bool> {
    let person = person.to_string();
    let unclaimed_or_theirs =
        Condition::any().add(Column::Person.is_null()).add(Column::Person.eq(person.as_str()));
    let result = Entity::update_many()
        .col_expr(Column::Person, Expr::value(person))
        .filter(Column::Service.eq(service.as_str()))
        .filter(Column::Proof.eq(proof.to_vec()))
        .filter(holds_at(now))
        .filter(unclaimed_or_theirs)
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Gives all entitlements of one person to another.
///
/// # Errors
/// The statement fails.
pub async fn change_person(
    db: &impl ConnectionTrait,
    from: Pseudonym,
    to: Pseudonym,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Person, Expr::value(to.to_string()))
        .filter(Column::Person.eq(from.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// Of `services`, those for which `person` has an entitlement that holds at `now`, and until when.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn held_by(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    services: &[ServiceId],
    now: Timestamp,
) -> StoreResult<Vec<(ServiceId, Timestamp)>> {
    let rows: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Service)
        .column_as(Column::ValidUntil.max(), "until")
        .filter(Column::Person.eq(person.to_string()))
        .filter(Column::Service.is_in(services.iter().map(ServiceId::as_str)))
        .filter(holds_at(now))
        .group_by(Column::Service)
        .into_tuple()
        .all(db)
        .await?;
    let columns = Columns("entitlements");
    rows.into_iter()
        .map(|(service, until)| {
            Ok((columns.parse("service", &service)?, columns.time("valid_until", until)?))
        })
        .collect()
}

/// Entitled persons at `now`, with services and ends, in the order of the entitlements: at most
/// `limit` that follow `after`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn people(
    db: &impl ConnectionTrait,
    now: Timestamp,
    after: Option<EntitlementId>,
    limit: u64,
) -> StoreResult<Vec<(EntitlementId, Pseudonym, ServiceId, Timestamp)>> {
    let rows = Entity::find()
        .filter(Column::Person.is_not_null())
        .filter(holds_at(now))
        .filter(Column::Id.gt(after.map(|id| id.to_string()).unwrap_or_default()))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    let columns = Columns("entitlements");
    rows.into_iter()
        .map(|row| {
            Ok((
                columns.parse("id", &row.id)?,
                columns.parse("person", &row.person.unwrap_or_default())?,
                columns.parse("service", &row.service)?,
                columns.time("valid_until", row.valid_until)?,
            ))
        })
        .collect()
}

fn holds_at(now: Timestamp) -> Condition {
    let now = now.as_millisecond();
    Condition::all().add(Column::ValidFrom.lte(now)).add(Column::ValidUntil.gt(now))
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entitlements")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub service: String,
        pub proof: Vec<u8>,
        pub valid_from: i64,
        pub valid_until: i64,
        pub posted_by: String,
        pub person: Option<String>,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait as _};

    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    #[tokio::test]
    async fn proofs_are_found_by_their_index() {
        let wanted: Vec<_> = (1..4u8)
            .map(|number| Entitlement {
                id: EntitlementId::from_bits(number.into()),
                service: "passport".parse().unwrap(),
                proof: vec![number],
                valid_from: Timestamp::UNIX_EPOCH,
                valid_until: Timestamp::UNIX_EPOCH,
                posted_by: "agency".parse().unwrap(),
                created_at: Timestamp::UNIX_EPOCH,
            })
            .collect();
        let statement = by_proof(&wanted).build(DbBackend::Postgres);
        let Some(plan) = plan_on_postgres(statement).await else { return };
        assert!(plan.contains("entitlements_proof") && !plan.contains("Seq Scan"), "{plan}");
        assert!(plan.contains("service = ANY") || plan.contains("service ="), "{plan}");
    }
}
