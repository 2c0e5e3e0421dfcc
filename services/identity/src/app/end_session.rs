//! A session ends before its time.

use ::store::StoreError;
use ids::SessionId;
use messaging::{Event, UnitOfWork};
use proto::session::v1::SessionRevoked;
use vocabulary::urn_of;

use super::Context;
use crate::store::{ended_tokens, sessions};

/// Ends the session and informs every authority, so that its tokens end before they expire. Ending
/// one that has ended changes nothing.
pub(crate) async fn end_session(context: &Context, session: SessionId) -> Result<(), StoreError> {
    let mut unit = context.begin().await?;
    end_session_within(context, &mut unit, session).await?;
    unit.commit().await
}

/// The same within the caller's unit of work.
pub(crate) async fn end_session_within(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    session: SessionId,
) -> Result<(), StoreError> {
    if !sessions::end(unit.transaction(), session, context.now()).await? {
        return Ok(());
    }
    tell_end(context, unit, session).await
}

/// Ends an agency's own token, which belongs to no log-in: `token` is its id of the kind that sessions have.
pub(crate) async fn end_own_token(context: &Context, token: SessionId) -> Result<(), StoreError> {
    let mut unit = context.begin().await?;
    if ended_tokens::end(unit.transaction(), token, context.now()).await? {
        tell_end(context, &mut unit, token).await?;
    }
    unit.commit().await
}

async fn tell_end(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    session: SessionId,
) -> Result<(), StoreError> {
    let last_token = context.in_minutes(context.session.token_minutes);
    let (clock, entropy) = (&*context.clock, &*context.entropy);
    let authorities = context.authorities.iter().map(|authority| &authority.id);
    let events: Vec<_> = authorities
        .map(|authority| {
            let called = context.secrets.session_for(&urn_of(authority), session);
            let message = SessionRevoked {
                session_id: called.to_string(),
                expires_at_ms: last_token.as_millisecond(),
            };
            Event::new(authority, called, &message, clock, entropy)
        })
        .collect();
    unit.publish_all(&events).await
}
