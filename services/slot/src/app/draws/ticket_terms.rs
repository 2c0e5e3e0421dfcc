//! What an announcement says about tickets: which body gives them.

use draw::{Bytes, Identity, Secret, Seed};
use ids::{AuthorityId, DrawId};

use crate::app::{AppError, Engine};

/// The body that gives the tickets of a draw.
pub(super) struct TicketTerms {
    /// As it is announced.
    pub identity: Identity,
    /// The key of the stamps, if the authority gives the tickets itself.
    pub stamp_key: Option<Seed>,
}

/// What to announce: identity's part, where another body runs it.
///
/// # Errors
/// Identity does not answer. Asked again, it says the same.
pub(super) async fn ticket_terms(
    engine: &Engine,
    authority: &AuthorityId,
    draw: DrawId,
) -> Result<TicketTerms, AppError> {
    if let Some(identity) = &engine.draws.identity {
        let identity = identity.prepare(authority, draw).await;
        let identity = identity.map_err(|error| AppError::Unavailable(error.into()))?;
        return Ok(TicketTerms { identity, stamp_key: None });
    }
    let stamp_key = Bytes(engine.entropy.bytes());
    let identity = Identity {
        independent: false,
        key: engine.draws.keys.tickets.verifier().to_string(),
        stamp: Secret::StampKey.commitment(&draw.to_string(), &stamp_key),
    };
    Ok(TicketTerms { identity, stamp_key: Some(stamp_key) })
}
