//! Two persons turned out to be the same human: one seat at most is kept for them in a group.

use ids::Pseudonym;
use messaging::UnitOfWork;
use serde_json::json;

use super::{
    events::{self, Because},
    winners_seat::{SeatEnd, give_up},
};
use crate::{
    app::{AppError, Engine},
    domain::{Actor, draw::DrawEntry},
    store::{
        Transaction,
        draw_entries::{self, offered},
        draws, reservations,
    },
};

/// Gives up the drawn seats that `kept` could not have beside what is theirs: another seat is kept for them
/// in the group, or both were in the same draw. Who has no other seat is told. Within the merge's transaction,
/// before the reservations change hands.
///
/// # Errors
/// A statement fails.
pub async fn merge_seats<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    kept: Pseudonym,
    dissolved: Pseudonym,
) -> Result<(), AppError> {
    for entry in offered::of_person(unit.transaction(), dissolved).await? {
        let db = unit.transaction();
        let both = draw_entries::of_person(db, entry.draw, kept).await?.is_some();
        let other = has_other(db, kept, &entry).await?;
        if both || other {
            drop_seat(engine, unit, &entry, (!other).then_some(kept)).await?;
        }
    }
    for entry in offered::of_person(unit.transaction(), kept).await? {
        if has_other(unit.transaction(), dissolved, &entry).await? {
            drop_seat(engine, unit, &entry, None).await?;
        }
    }
    Ok(())
}

async fn has_other(
    db: &Transaction,
    person: Pseudonym,
    entry: &DrawEntry,
) -> Result<bool, AppError> {
    Ok(reservations::has_offer(db, person, &entry.group).await?)
}

/// Gives the seat up, and tells `told` of it.
async fn drop_seat<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    entry: &DrawEntry,
    told: Option<Pseudonym>,
) -> Result<(), AppError> {
    let end = SeatEnd::NotBookable("person-merged");
    let Some(draw) = draws::find(unit.transaction(), entry.draw).await? else { return Ok(()) };
    if give_up(engine, unit, &draw, entry, end).await? {
        let details = json!({ "draw": draw.id });
        engine.record(unit, &Actor::System, end.action(), entry.id, details).await?;
        if let Some(person) = told {
            let (catalogue, because) = (engine.catalogue(), Because::NotBookable);
            let entry = DrawEntry { person, ..entry.clone() };
            unit.publish(&events::not_drawn(engine, &catalogue, &draw, &entry, because)?).await?;
        }
    }
    Ok(())
}
