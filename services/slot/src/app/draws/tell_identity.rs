//! Identity learns what was announced, so that people get tickets.

use draw::Announcement;

use super::{announcement, settle_draw::Step};
use crate::{
    app::{AppError, Engine},
    domain::draw::Draw,
    store::draws::{self, DocumentKind},
};

/// Tells identity of the draw, once. What it was told before it takes again, so that a process that
/// dies in between changes nothing.
///
/// # Errors
/// Identity or the database does not answer.
pub(super) async fn tell_identity(step: &Step<'_>) -> Result<(), AppError> {
    let (engine, draw) = (step.engine, step.draw);
    if engine.draws.identity.is_none() || is_told(engine, draw).await? {
        return Ok(());
    }
    let announcement = announcement(engine, draw.id).await?;
    if announcement.identity.independent {
        tell(engine, draw, &announcement).await?;
    }
    let Some(unit) = step.begin().await? else { return Ok(()) };
    let text = announcement.digest().to_string();
    draws::keep(unit.transaction(), draw.id, DocumentKind::ToldToIdentity, text).await?;
    Ok(unit.commit().await?)
}

async fn is_told(engine: &Engine, draw: &Draw) -> Result<bool, AppError> {
    let db = engine.database.connection();
    Ok(draws::document(db, draw.id, DocumentKind::ToldToIdentity).await?.is_some())
}

async fn tell(engine: &Engine, draw: &Draw, announcement: &Announcement) -> Result<(), AppError> {
    let Some(identity) = &engine.draws.identity else { return Ok(()) };
    let catalogue = engine.catalogue();
    // The terms stay while a draw is open.
    let level = catalogue.service(&draw.service).map(catalogue::Service::trust_level);
    let authority = &catalogue.authority.id;
    let told = identity.announce(authority, draw.id, announcement, level.unwrap_or_default()).await;
    told.map_err(|error| AppError::Unavailable(error.into()))
}
