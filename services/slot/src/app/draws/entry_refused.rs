//! Why an entry could not be added, truthfully, and without a word about anybody else.

use crate::{
    app::{AppError, DrawRefusal, Engine, SeatRequest, required_level::require_level_for},
    domain::draw::{Draw, DrawEntry},
    store::{
        Failure,
        draw_entries::{self, EntryObstacle},
        draws,
    },
};

/// The refusal of an entry that failed to be added. Asked outside of its transaction.
pub(super) async fn entry_refused(
    engine: &Engine,
    draw: &Draw,
    request: &SeatRequest,
    failure: Failure,
) -> AppError {
    let refusal = match draw_entries::refused_by(&failure) {
        Some(EntryObstacle::Doubt) => Ok(AppError::from(DrawRefusal::InDoubt)),
        Some(EntryObstacle::OtherDraw) => elsewhere(engine, draw, request).await,
        Some(EntryObstacle::Ticket) => Ok(AppError::from(DrawRefusal::TicketInvalid(
            "somebody else has entered with it".to_owned(),
        ))),
        // Another request of the same person came first: theirs is changed.
        Some(EntryObstacle::SameDraw) => Ok(AppError::EntryChanged),
        None => Ok(failure.into()),
    };
    refusal.unwrap_or_else(|error| error)
}

/// Nobody enters while a drawn seat of the group is kept for them until they answer.
pub(super) fn unless_kept(kept: Option<DrawEntry>) -> Result<(), AppError> {
    kept.map_or(Ok(()), |other| Err(DrawRefusal::AlreadyEntered(other.draw).into()))
}

/// The same of the seat that is kept for the person now. It may wait for its end alone.
pub(super) async fn unless_one_is_kept(
    engine: &Engine,
    draw: &Draw,
    request: &SeatRequest,
) -> Result<(), AppError> {
    let db = engine.database.connection();
    let kept = draw_entries::offered::open_in_group(db, request.person, &draw.group).await?;
    if let Some(other) = &kept {
        let services = std::slice::from_ref(&draw.service);
        require_level_for(engine, services, other.level, request.level)?;
    }
    unless_kept(kept)
}

/// Which draw of the group the person has entered. If it is this one by now, or none any more, the entry is
/// tried again.
async fn elsewhere(
    engine: &Engine,
    draw: &Draw,
    request: &SeatRequest,
) -> Result<AppError, AppError> {
    let db = engine.database.connection();
    let other = draw_entries::open_in_group(db, request.person, &draw.group).await?;
    let Some(other) = other.filter(|other| other.draw != draw.id) else {
        return Ok(AppError::EntryChanged);
    };
    let entered = draws::find(db, other.draw).await?.ok_or(DrawRefusal::NotFound)?;
    require_level_for(engine, &[entered.service], other.level, request.level)?;
    Ok(AppError::from(DrawRefusal::AlreadyEntered(other.draw)))
}
