//! Identity says how many tickets it gave for the frozen list, and shows the key of their stamps.

use draw::{Announcement, Bytes, Channels, Entry, Freeze, Tickets, Version, check, signed};
use jiff::SignedDuration;

use super::{
    announcement, document, lost_secrets, settle_draw::Step, tell_identity::tell_identity,
};
use crate::{
    app::{AppError, Engine},
    domain::draw::{Draw, DrawStatus},
    store::draws::{self, DocumentKind},
};

/// How long the draw waits for identity before it is void.
const TIMEOUT: SignedDuration = SignedDuration::from_hours(24);

/// The note where the authority gives the tickets itself; `None` where identity signs it.
pub(super) fn own_note(
    engine: &Engine,
    draw: &Draw,
    announcement: &Announcement,
    (entries, freeze): (&[Entry], &Freeze),
) -> Result<Option<String>, AppError> {
    if announcement.identity.independent {
        return Ok(None);
    }
    let secrets = lost_secrets::with_stamp_key(engine, draw)?;
    let tickets = Tickets {
        announcement: announcement.digest(),
        given: Channels::of(entries),
        key: secrets.own_stamp_key()?,
        root: freeze.root,
        version: Version::V1,
    };
    Ok(Some(signed(&tickets, &engine.draws.keys.tickets).to_string()))
}

/// Asks identity for its note, once the list is published and cannot change any more. `false`: the
/// draw does not go on yet, or is void.
///
/// # Errors
/// Identity or the database does not answer; the next call asks again, for the same list.
pub(super) async fn countersign_list(step: &Step<'_>) -> Result<bool, AppError> {
    let (engine, draw) = (step.engine, step.draw);
    let db = engine.database.connection();
    if draws::document(db, draw.id, DocumentKind::Tickets).await?.is_some() {
        return Ok(true);
    }
    let freeze: Freeze = document(engine, draw.id, DocumentKind::Freeze).await?;
    let note = match ask(step, &freeze.root).await {
        Ok(note) => note,
        Err(error) if engine.now().duration_since(draw.closes) > TIMEOUT => {
            step.void(&format!("the list was not countersigned in time: {error}")).await?;
            return Ok(false);
        }
        Err(error) => return Err(error),
    };
    if let Some(why) = disagreement(step, &freeze.root, note.clone()).await? {
        step.void(&why).await?;
        return Ok(false);
    }
    let Some(unit) = step.begin().await? else { return Ok(false) };
    // The draw stays where it is, and has one document more.
    step.advance(unit, DrawStatus::Frozen, vec![(DocumentKind::Tickets, note)]).await?;
    Ok(true)
}

async fn ask(step: &Step<'_>, root: &Bytes<32>) -> Result<String, AppError> {
    let engine = step.engine;
    let Some(identity) = &engine.draws.identity else {
        return Err(AppError::Unavailable("`tickets` names no identity any more".into()));
    };
    // If it was away for the whole window.
    tell_identity(step).await?;
    let catalogue = engine.catalogue();
    let note = identity.countersign(&catalogue.authority.id, step.draw.id, root).await;
    note.map_err(|error| AppError::Unavailable(error.into()))
}

/// What a stranger would find wrong with the note.
async fn disagreement(
    step: &Step<'_>,
    root: &Bytes<32>,
    note: String,
) -> Result<Option<String>, AppError> {
    let (engine, id, root) = (step.engine, step.draw.id, *root);
    let announcement = announcement(engine, id).await?;
    let entries: Vec<Entry> = document(engine, id, DocumentKind::Entries).await?;
    let checked = tokio::task::spawn_blocking(move || {
        check::countersigned(&announcement, &entries, &root, &note).err()
    });
    let wrong = checked.await.map_err(|panicked| AppError::Internal(panicked.into()))?;
    Ok(wrong.map(|why| why.to_string()))
}
