//! Draws: seats that are given away by lottery, so that being fast gains nothing.
//!
//! [`open_draw`] announces a draw and keeps its seats, [`enter_draw`] takes entries until it closes,
//! and [`settle_draw`] does the rest, step by step. Each step is one transaction (or many small ones
//! that each finish something), so that a process that dies anywhere leaves a state from which the
//! next one goes on, to the same end. Where winners must confirm, their seats are kept until they answer
//! ([`accept_seat`], [`decline_seat`], [`end_seats`]). `libs/draw` says what is published and why it can be trusted.

pub mod accept_seat;
mod announced;
mod book_winners;
mod candidates;
mod countersign_list;
pub mod decline_seat;
mod declining;
pub mod delete_entries;
mod earlier;
pub mod end_seats;
pub mod enter_at_desk;
mod enter_at_once;
pub mod enter_draw;
mod entry_phone;
mod entry_queue;
mod entry_refused;
mod entry_ticket;
mod events;
pub mod find_entry;
mod freeze_list;
mod give_back;
mod lost_secrets;
pub mod merge_seats;
pub mod open_draw;
pub mod own_entry;
pub mod phone_winners;
pub mod read_draws;
pub mod read_end;
mod receipts;
mod repeat_at_desk;
pub mod restore_entries;
mod secrets;
pub mod settle_draw;
mod standing;
mod tell_identity;
pub mod tell_winners;
mod terms;
mod ticket_terms;
pub mod watch_draws;
mod winners_seat;
mod winners_visit;
mod wishes;
pub mod withdraw_entry;

pub use announced::AnnouncedDraws;
pub use entry_queue::{EntryQueue, EntryWorker};
pub(in crate::app) use open_draw::seconds;
pub use secrets::DrawKeys;
pub(in crate::app) use secrets::derive;
pub use terms::{confirm_within, in_the_way, needs_appointment};
pub use winners_seat::KeptSeat;

use draw::{Announcement, canonical};
use ids::DrawId;
use serde::de::DeserializeOwned;

use super::{AppError, Engine};
use crate::{
    domain::draw::Pool,
    store::draws::{self, DocumentKind},
};

/// A document that a draw in this state has, as text.
async fn text(engine: &Engine, id: DrawId, kind: DocumentKind) -> Result<String, AppError> {
    let found = draws::document(engine.database.connection(), id, kind).await?;
    found.ok_or_else(|| AppError::Internal(format!("draw {id} lacks its {kind:?}").into()))
}

/// The same, read.
async fn document<T: DeserializeOwned>(
    engine: &Engine,
    id: DrawId,
    kind: DocumentKind,
) -> Result<T, AppError> {
    let text = text(engine, id, kind).await?;
    serde_json::from_str(&text)
        .map_err(|error| AppError::Internal(format!("{kind:?} of draw {id}: {error}").into()))
}

async fn announcement(engine: &Engine, id: DrawId) -> Result<Announcement, AppError> {
    document(engine, id, DocumentKind::Announcement).await
}

async fn pool(engine: &Engine, id: DrawId) -> Result<Pool, AppError> {
    document(engine, id, DocumentKind::Pool).await
}

/// The canonical form of a document, as text.
fn canonical_text<T: serde::Serialize>(document: &T) -> Result<String, AppError> {
    String::from_utf8(canonical::write(document)).map_err(|error| AppError::Internal(error.into()))
}
