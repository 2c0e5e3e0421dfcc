//! Whether a person stands by themselves or is dissolved in another one, and how often that changed.

use ids::PersonId;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    StoreResult, parse,
    person_rows::person_row::{Column, Entity},
};

/// How a person stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// The person in whom they are dissolved.
    pub(crate) dissolved_in: Option<PersonId>,
    /// How often they were merged or split.
    pub(crate) changes: i64,
}

/// How `person` stands; `None` if there is no such person.
pub(crate) async fn of(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> StoreResult<Option<Standing>> {
    let Some(row) = Entity::find_by_id(person.to_string()).one(db).await? else { return Ok(None) };
    let dissolved_in = row.dissolved_in.map(|kept| parse("persons.dissolved_in", &kept));
    Ok(Some(Standing { dissolved_in: dissolved_in.transpose()?, changes: row.changes }))
}

/// The person in whom `person` was dissolved, if they were.
pub(crate) async fn present(db: &impl ConnectionTrait, person: PersonId) -> StoreResult<PersonId> {
    let mut present = person;
    while let Some(kept) = of(db, present).await?.and_then(|standing| standing.dissolved_in) {
        present = kept;
    }
    Ok(present)
}

/// The same, and keeps others from changing them until this transaction ends.
pub(crate) async fn keep(db: &impl ConnectionTrait, person: PersonId) -> StoreResult<PersonId> {
    let mut present = person;
    loop {
        let row = Entity::find_by_id(present.to_string()).lock_shared().one(db).await?;
        match row.and_then(|row| row.dissolved_in) {
            Some(kept) => present = parse("persons.dissolved_in", &kept)?,
            None => return Ok(present),
        }
    }
}

/// Dissolves one person in another, and keeps others from changing either until this transaction ends.
/// `false` if one of them does not stand by themselves any more, or not as it was `seen`.
pub(crate) async fn merge(
    db: &impl ConnectionTrait,
    kept: PersonId,
    dissolved: PersonId,
    seen: Option<[i64; 2]>,
) -> StoreResult<bool> {
    let [kept_seen, dissolved_seen] = seen.map_or([None, None], |seen| seen.map(Some));
    let mut steps = [(kept, kept_seen, None), (dissolved, dissolved_seen, Some(kept))];
    // In one order, so that opposite merges wait for each other.
    steps.sort_by_key(|(person, ..)| *person);
    for (person, seen, into) in steps {
        let mut stands = Condition::all().add(Column::DissolvedIn.is_null());
        if let Some(seen) = seen {
            stands = stands.add(Column::Changes.eq(seen));
        }
        if !change(db, person, stands, into).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Keeps others from changing `person` until this transaction ends. `false` if they are dissolved.
pub(crate) async fn lock(db: &impl ConnectionTrait, person: PersonId) -> StoreResult<bool> {
    let stands = Condition::all().add(Column::DissolvedIn.is_null());
    change(db, person, stands, None).await
}

/// The opposite of [`merge`]. `false` if `kept` was dissolved meanwhile, or `restored` stands already.
pub(crate) async fn split(
    db: &impl ConnectionTrait,
    kept: PersonId,
    restored: PersonId,
) -> StoreResult<bool> {
    let stands = Condition::all().add(Column::DissolvedIn.is_null());
    // Merges by earlier versions left no mark.
    let dissolved = Condition::any()
        .add(Column::DissolvedIn.eq(kept.to_string()))
        .add(Column::DissolvedIn.is_null());
    let mut steps = [(kept, stands), (restored, dissolved)];
    steps.sort_by_key(|(person, _)| *person);
    for (person, before) in steps {
        if !change(db, person, before, None).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One statement looks, locks and writes: who comes second sees what the first one made of it.
async fn change(
    db: &impl ConnectionTrait,
    person: PersonId,
    before: Condition,
    into: Option<PersonId>,
) -> StoreResult<bool> {
    let changed = Entity::update_many()
        .col_expr(Column::Changes, Expr::col(Column::Changes).add(1))
        .col_expr(Column::DissolvedIn, Expr::value(into.map(|kept| kept.to_string())))
        .filter(Column::Id.eq(person.to_string()))
        .filter(before)
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}
