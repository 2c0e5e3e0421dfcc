//! An authority is about to announce a draw and asks for what identity has to say in it.

use draw::{Bytes, Secret, Seed};
use tlog::VerifierKey;

use super::DrawError;
use crate::{
    app::Context,
    store::ticket_draws,
    ticket_draw::{DrawKey, TicketDraw},
};

/// Identity's part of an announcement.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    /// Signs the tickets, and what is said about all of them.
    pub(crate) key: VerifierKey,
    /// Binds identity to the key of the stamps.
    pub(crate) stamp: Bytes<32>,
}

/// Makes the key of the stamps of a draw, once: asked again, the answer is the same.
pub(crate) async fn prepare_draw(context: &Context, key: &DrawKey) -> Result<Prepared, DrawError> {
    let fresh: [u8; 32] = context.entropy.bytes();
    let sealed = context.secrets.data.seal(&fresh, &sealed_for(key), &*context.entropy)?;
    let unit = context.begin().await?;
    let db = unit.transaction();
    ticket_draws::insert(db, key, sealed, context.now()).await?;
    let draw = ticket_draws::keep(db, key).await?.ok_or(DrawError::NoSuchDraw)?;
    let stamp_key = stamp_key(context, &draw)?;
    unit.commit().await?;
    let stamp = Secret::StampKey.commitment(&key.draw.to_string(), &stamp_key);
    Ok(Prepared { key: context.tickets.verifier().clone(), stamp })
}

/// The key of the stamps, which is published once a list is countersigned.
pub(super) fn stamp_key(context: &Context, draw: &TicketDraw) -> Result<Seed, DrawError> {
    let plain = context.secrets.data.open(&draw.sealed_stamp_key, &sealed_for(&draw.key))?;
    let bytes = plain.try_into().map_err(|_| messaging::SealError::Key)?;
    Ok(Bytes(bytes))
}

/// So that the keys of two draws cannot be exchanged in the database.
fn sealed_for(key: &DrawKey) -> String {
    format!("stamp-key/{key}")
}
