//! A session ends before its time.

use ::store::StoreError;
use ids::SessionId;
use messaging::{Event, Outbox};
use proto::session::v1::SessionRevoked;

use super::Context;
use crate::store::sessions;

/// Ends the session and tells every authority, so that its tokens die before they expire.
/// Ending one that has ended changes nothing.
pub(crate) async fn end_session(context: &Context, session: SessionId) -> Result<(), StoreError> {
    let transaction = context.database.begin().await?;
    if !sessions::end(&transaction, session, context.now()).await? {
        return Ok(());
    }
    let last_token = context.in_minutes(context.session.token_minutes);
    let message = SessionRevoked {
        session_id: session.to_string(),
        expires_at_ms: last_token.as_millisecond(),
    };
    let events: Vec<_> = context
        .authorities
        .iter()
        .map(|authority| {
            Event::new(authority, session, &message, &*context.clock, &*context.entropy)
        })
        .collect();
    Outbox::enqueue_all(&transaction, &events).await?;
    transaction.commit().await?;
    context.wake.wake();
    Ok(())
}
