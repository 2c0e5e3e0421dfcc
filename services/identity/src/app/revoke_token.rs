//! A program gives a token back (RFC 7009).

use super::{Context, OAuthError, end_session};
use crate::{secrets::Opaque, settings::ClientSettings, store::refresh_tokens};

/// Ends the log-in that the token belongs to, with everything that came of it: a refresh token, or an
/// access token. An unknown or expired token counts as revoked.
pub(crate) async fn revoke_token(
    context: &Context,
    client: &ClientSettings,
    token: &str,
) -> Result<(), OAuthError> {
    let db = context.database.connection();
    let grant = refresh_tokens::find(db, &Opaque::received(token), context.now()).await?;
    let (owner, session) = match grant {
        Some(grant) => (grant.client, Some(grant.session)),
        None => match context.own_access_token(token) {
            Ok(claims) => (claims.client_id, claims.sid),
            Err(_) => return Ok(()),
        },
    };
    if owner != client.id {
        return Err(OAuthError::InvalidGrant("The token was issued to another client."));
    }
    // An agency's own token belongs to no log-in: it ends in ten minutes, or with the agency.
    let session = session.ok_or(OAuthError::UnsupportedTokenType)?;
    Ok(end_session(context, session).await?)
}
