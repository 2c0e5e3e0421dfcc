//! Staff send the same once more: a double click, a page that is loaded again.

use super::{
    announced::Announced, earlier, enter_draw::Entering, own_entry::OwnEntry, standing::Standing,
};
use crate::{
    app::{AppError, DrawRefusal, Engine, SeatRequest, required_level::require_level_for},
    domain::draw::Draw,
    store::draw_entries,
};

/// The same entry, if the person has it already. If something new is wanted, another one of theirs is found before a
/// colleague is asked.
///
/// # Errors
/// The person has another entry that stays; or as [`entry_as_stated`].
pub(super) async fn entry_before(
    engine: &Engine,
    draw: &Draw,
    request: SeatRequest,
) -> Result<Option<OwnEntry>, AppError> {
    let (person, only_new) = (request.person, request.only_new);
    let same = entry_as_stated(engine, draw, request).await?;
    if same.is_some() || !only_new || !draw.is_open(engine.now()) {
        return Ok(same);
    }
    match draw_entries::of_person(engine.database.connection(), draw.id, person).await? {
        Some(_) => Err(DrawRefusal::EnteredBefore.into()),
        None => Ok(None),
    }
}

/// The entry of the person, if it says already what staff state and rests on no less. Nothing is written.
///
/// # Errors
/// The person entered online, the wishes cannot be meant, or the database does not answer.
async fn entry_as_stated(
    engine: &Engine,
    draw: &Draw,
    request: SeatRequest,
) -> Result<Option<OwnEntry>, AppError> {
    let db = engine.database.connection();
    if !draw.is_open(engine.now()) {
        return Ok(None);
    }
    let Some(before) = draw_entries::of_person(db, draw.id, request.person).await? else {
        return Ok(None);
    };
    request.may_change(before.binding)?;
    if !before.binding.includes(request.binding) {
        return Ok(None);
    }
    let services = std::slice::from_ref(&draw.service);
    require_level_for(engine, services, before.level, request.level)?;
    let attendee = request.attendee(engine).await?;
    let request = SeatRequest { binding: before.binding, ..request };
    let announced = Announced::of(engine, draw).await?;
    let standing = Standing::of(engine, draw, &announced.announcement, request.person).await?;
    let replaced = earlier::to_replace(engine, draw, &announced.pool, &request).await?;
    let draw = draw.clone();
    let repeated = Entering { engine, request: &request, ticket: None, draw, announced, replaced };
    if repeated.changed(&before, &attendee, &standing)?.public.wishes != before.public.wishes {
        return Ok(None);
    }
    repeated.own(before).await.map(Some)
}
