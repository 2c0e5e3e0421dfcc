//! A program asks for a further access token of a session, for example for another authority.

use auth::Thumbprint;

use super::{
    Context, OAuthError, TokenResponse, end_session,
    issue::{Audience, access_token},
    publish_contact::publish_contact,
    staff_grants::with_present_grants,
};
use crate::{
    secrets::Opaque,
    settings::ClientSettings,
    store::{refresh_tokens, sessions},
};

/// An access token for `resource` (RFC 8707), or for ourselves without one.
pub(crate) async fn refresh(
    context: &Context,
    client: &ClientSettings,
    token: &str,
    resource: Option<&str>,
    key: Option<&Thumbprint>,
) -> Result<TokenResponse, OAuthError> {
    let audience = Audience::of(context, client, resource)?;
    let (db, now) = (context.database.connection(), context.now());
    let refused = OAuthError::InvalidGrant("The refresh token is not valid any longer.");
    let Some(grant) = refresh_tokens::find(db, &Opaque::received(token), now).await? else {
        return Err(refused);
    };
    if grant.client != client.id {
        return Err(refused);
    }
    let Some(session) = sessions::find_live(db, grant.session, now).await? else {
        return Err(refused);
    };
    let Some(session) = with_present_grants(context, session) else {
        end_session(context, grant.session).await?;
        return Err(refused);
    };
    publish_contact(context, &session.who, &audience).await?;
    access_token(context, &session, &audience, &grant.scope, key)
}
