//! A program gives a token back (RFC 7009).

use super::{Context, OAuthError, end_own_token, end_session};
use crate::{secrets::Opaque, settings::ClientSettings, store::refresh_tokens};

/// Ends the log-in that the token belongs to, with everything that came of it: a refresh token, or an
/// access token. An agency's token in its own name belongs to none: it ends alone. An unknown or expired
/// token counts as revoked.
pub(crate) async fn revoke_token(
    context: &Context,
    client: &ClientSettings,
    token: &str,
) -> Result<(), OAuthError> {
    let db = context.database.connection();
    let grant = refresh_tokens::find(db, &Opaque::received(token), context.now()).await?;
    let (owner, session, is_own) = match grant {
        Some(grant) => (grant.client, Some(grant.session), false),
        None => match context.own_access_token(token) {
            Ok(claims) => {
                let is_own = claims.sub == claims.client_id.as_str();
                (claims.client_id, claims.sid, is_own)
            }
            Err(_) => return Ok(()),
        },
    };
    if owner != client.id {
        return Err(OAuthError::InvalidGrant("The token was issued to another client."));
    }
    // Without an id it was signed by an earlier edition, and ends in ten minutes.
    let session = session.ok_or(OAuthError::UnsupportedTokenType)?;
    match is_own {
        true => Ok(end_own_token(context, session).await?),
        false => Ok(end_session(context, session).await?),
    }
}
