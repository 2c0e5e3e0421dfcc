//! Permissions to book a service that requires one (for example: an application is on file).

use std::collections::BTreeSet;

use booking::entitlement::BoundTo;
use ids::{EntitlementId, Pseudonym, ServiceId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, Select, UpdateMany,
    sea_query::{Expr, OnConflict, SelectStatement},
};

use super::{StoreResult, value::Columns};
use crate::domain::Entitlement;
use row::{Column, Entity};

mod holders;
mod reissued;
mod row;
mod uses;

pub use holders::{Holding, add_holders, holdings};
pub use reissued::{note_reissued, reissued};
pub use uses::{held_by, people, upcoming};
pub(super) use uses::{take, take_back};

const COLUMNS: Columns = Columns("entitlements");

/// What an agency says anew about one that is on file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension {
    /// Which.
    pub id: EntitlementId,
    /// Until when it holds, if that is later.
    pub valid_until: Timestamp,
    /// For how many appointments, if that is more.
    pub uses: u16,
}

/// Adds those whose reference is not on file for their service yet.
///
/// # Errors
/// The statement fails.
pub async fn insert_absent(
    db: &impl ConnectionTrait,
    entitlements: &[Entitlement],
) -> StoreResult<()> {
    let rows = entitlements.iter().map(row::ActiveModel::from);
    let known = OnConflict::columns([Column::Service, Column::Proof]).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// Those with one of these hashes of a reference for one of the services.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn by_references(
    db: &impl ConnectionTrait,
    services: &BTreeSet<&ServiceId>,
    references: Vec<Vec<u8>>,
) -> StoreResult<Vec<Entitlement>> {
    let rows = by_reference(services, references).all(db).await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Names the services too, since the index starts with them.
fn by_reference(services: &BTreeSet<&ServiceId>, references: Vec<Vec<u8>>) -> Select<Entity> {
    Entity::find()
        .filter(Column::Service.is_in(services.iter().map(|service| service.as_str())))
        .filter(Column::Proof.is_in(references))
}

/// The one with this id.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(
    db: &impl ConnectionTrait,
    id: EntitlementId,
) -> StoreResult<Option<Entitlement>> {
    let row = Entity::find_by_id(id.to_string()).one(db).await?;
    Ok(row.map(Entitlement::try_from).transpose()?)
}

/// Those with these ids.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn with_ids(
    db: &impl ConnectionTrait,
    ids: &[EntitlementId],
) -> StoreResult<Vec<Entitlement>> {
    let ids = ids.iter().map(ToString::to_string);
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Removes those that were added in the same transaction.
///
/// # Errors
/// The statement fails.
pub async fn remove_added(db: &impl ConnectionTrait, ids: &[EntitlementId]) -> StoreResult<()> {
    let ids = ids.iter().map(ToString::to_string);
    Entity::delete_many().filter(Column::Id.is_in(ids)).exec(db).await?;
    Ok(())
}

/// The ids of those that a person has proven, for statements about what belongs to them.
pub(super) fn proven_by(person: Pseudonym) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Person.eq(person.to_string()))
        .into_query()
}

/// Makes the entitlement `person`'s, once: `true` if it is theirs now (or was already). `false` if it
/// does not hold at `now`, is another person's, has another reference by now, or none of `proofs` is
/// its holder's. Decided in one statement: of two who claim at once, one gets it.
///
/// # Errors
/// The statement fails.
pub async fn claim(
    db: &impl ConnectionTrait,
    found: &Entitlement,
    proofs: &[Vec<u8>],
    person: Pseudonym,
    now: Timestamp,
) -> StoreResult<bool> {
    Ok(claiming(found, proofs, person, now).exec(db).await?.rows_affected == 1)
}

fn claiming(
    found: &Entitlement,
    proofs: &[Vec<u8>],
    person: Pseudonym,
    now: Timestamp,
) -> UpdateMany<Entity> {
    let person = person.to_string();
    let unclaimed_or_theirs =
        Condition::any().add(Column::Person.is_null()).add(Column::Person.eq(person.as_str()));
    Entity::update_many()
        .col_expr(Column::Person, Expr::value(person))
        .filter(Column::Id.eq(found.id.to_string()))
        .filter(Column::Proof.eq(found.reference.clone()))
        .filter(holds_at(now))
        .filter(unclaimed_or_theirs)
        .filter(is_holder(found.id, proofs))
}

/// That the entitlement is bound to nothing that can be compared, or one of `proofs` is its holder's.
fn is_holder(id: EntitlementId, proofs: &[Vec<u8>]) -> Condition {
    let free = [BoundTo::Bearer, BoundTo::Former].map(BoundTo::as_str);
    Condition::any()
        .add(Column::BoundTo.is_in(free))
        .add(Column::Id.in_subquery(holders::of_whom(id, proofs)))
}

/// Whether the holder of the one with this id is proved by `proofs`.
///
/// # Errors
/// The statement fails.
pub async fn is_for(
    db: &impl ConnectionTrait,
    id: EntitlementId,
    proofs: &[Vec<u8>],
) -> StoreResult<bool> {
    let found = Entity::find_by_id(id.to_string()).filter(is_holder(id, proofs)).one(db).await?;
    Ok(found.is_some())
}

/// Binds one of an earlier version by what it was posted with now; its claim stays. `false`: it is none
/// of an earlier version any more.
///
/// # Errors
/// The statement fails, or the new reference is on file.
pub async fn bind_former(
    db: &impl ConnectionTrait,
    former: EntitlementId,
    posted: &Entitlement,
) -> StoreResult<bool> {
    let result = Entity::update_many()
        .col_expr(Column::Proof, Expr::value(posted.reference.clone()))
        .col_expr(Column::KeyId, Expr::value(posted.key_id.clone()))
        .col_expr(Column::BoundTo, Expr::value(posted.bound_to.as_str()))
        .filter(Column::Id.eq(former.to_string()))
        .filter(Column::BoundTo.eq(BoundTo::Former.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Lets it hold longer and for more appointments. `false`: it was withdrawn, or says as much already.
///
/// # Errors
/// The statement fails.
pub async fn extend(db: &impl ConnectionTrait, by: &Extension) -> StoreResult<bool> {
    let (until, uses) = (by.valid_until.as_millisecond(), i32::from(by.uses));
    let (longer, more) = (Column::ValidUntil.lt(until), Column::Uses.lt(uses));
    let result = Entity::update_many()
        .col_expr(
            Column::ValidUntil,
            Expr::case(longer.clone(), until).finally(Expr::col(Column::ValidUntil)).into(),
        )
        .col_expr(
            Column::Uses,
            Expr::case(more.clone(), uses).finally(Expr::col(Column::Uses)).into(),
        )
        .filter(Column::Id.eq(by.id.to_string()))
        .filter(Column::WithdrawnAt.is_null())
        .filter(Condition::any().add(longer).add(more))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Ends it. `false`: it was withdrawn before.
///
/// # Errors
/// The statement fails.
pub async fn withdraw(
    db: &impl ConnectionTrait,
    id: EntitlementId,
    now: Timestamp,
) -> StoreResult<bool> {
    let result = Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(now.as_millisecond()))
        .filter(Column::Id.eq(id.to_string()))
        .filter(Column::WithdrawnAt.is_null())
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Takes it from `person`, so that it can be claimed again. `false`: it is not theirs any more.
///
/// # Errors
/// The statement fails.
pub async fn release(
    db: &impl ConnectionTrait,
    id: EntitlementId,
    person: Pseudonym,
) -> StoreResult<bool> {
    let result = Entity::update_many()
        .col_expr(Column::Person, Expr::value(None::<String>))
        .filter(Column::Id.eq(id.to_string()))
        .filter(Column::Person.eq(person.to_string()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Gives it the reference and the binding of `anew`, in force again and unclaimed. `false`: its
/// reference is not the one with which it was `found` any more.
///
/// # Errors
/// The statement fails, or the reference is on file.
pub async fn reissue(
    db: &impl ConnectionTrait,
    found: &Entitlement,
    anew: &Entitlement,
) -> StoreResult<bool> {
    let result = Entity::update_many()
        .col_expr(Column::Proof, Expr::value(anew.reference.clone()))
        .col_expr(Column::KeyId, Expr::value(anew.key_id.clone()))
        .col_expr(Column::BoundTo, Expr::value(anew.bound_to.as_str()))
        .col_expr(Column::Person, Expr::value(None::<String>))
        .col_expr(Column::WithdrawnAt, Expr::value(None::<i64>))
        .filter(Column::Id.eq(found.id.to_string()))
        .filter(Column::Proof.eq(found.reference.clone()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Takes all that `person` has claimed from them, so that they can be claimed again. Answers which.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn release_all(
    db: &impl ConnectionTrait,
    person: Pseudonym,
) -> StoreResult<Vec<EntitlementId>> {
    let theirs = Column::Person.eq(person.to_string());
    let rows = Entity::find().filter(theirs.clone()).all(db).await?;
    Entity::update_many()
        .col_expr(Column::Person, Expr::value(None::<String>))
        .filter(theirs)
        .exec(db)
        .await?;
    rows.iter().map(|row| Ok(COLUMNS.parse("id", &row.id)?)).collect()
}

/// In force at `now`: neither before nor after its time, and not withdrawn.
fn holds_at(now: Timestamp) -> Condition {
    let now = now.as_millisecond();
    Condition::all()
        .add(Column::ValidFrom.lte(now))
        .add(Column::ValidUntil.gt(now))
        .add(Column::WithdrawnAt.is_null())
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;

    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    fn example() -> Entitlement {
        Entitlement {
            id: EntitlementId::from_bits(1),
            service: "passport".parse().unwrap(),
            reference: vec![1],
            key_id: None,
            bound_to: BoundTo::Name,
            valid_from: Timestamp::UNIX_EPOCH,
            valid_until: Timestamp::UNIX_EPOCH,
            uses: 1,
            posted_by: "agency".parse().unwrap(),
            person: None,
            withdrawn_at: None,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    /// Both statements of a claim, and all that an agency posts, find their rows by keys however many
    /// there are.
    #[tokio::test]
    async fn an_entitlement_is_found_by_its_indexes() {
        let it = example();
        let found = by_reference(&[&it.service].into(), vec![vec![1], vec![2]]);
        let found = found.build(DbBackend::Postgres);
        let Some(plan) = plan_on_postgres(found).await else { return };
        assert!(plan.contains("entitlements_proof") && !plan.contains("Seq Scan"), "{plan}");
        assert!(plan.contains("service = ANY") || plan.contains("service ="), "{plan}");

        let person = Pseudonym::from_bits(1);
        let claimed = claiming(&it, &[vec![1], vec![2]], person, Timestamp::UNIX_EPOCH);
        let Some(plan) = plan_on_postgres(claimed.build(DbBackend::Postgres)).await else { return };
        for index in ["entitlements_pkey", "entitlement_holders_pkey"] {
            assert!(plan.contains(index), "{plan}");
        }
        assert!(!plan.contains("Seq Scan"), "{plan}");
    }

    #[test]
    fn an_entitlement_reads_back_from_its_row() {
        use sea_orm::TryIntoModel as _;
        let row: row::Model = row::ActiveModel::from(&example()).try_into_model().unwrap();
        assert_eq!(Entitlement::try_from(row), Ok(example()));
    }
}
