//! An agency's program asks for a token in its own name.

use auth::{Thumbprint, scope};

use super::{
    Context, OAuthError, TokenResponse,
    issue::{Audience, agency_token},
};
use crate::{scope_name::ScopeName, settings::ClientSettings};

/// A token for `resource` with the scopes that were asked for, or all that it may have. Only
/// programs with a key of their own get one: a shared secret does not authenticate one party.
pub(crate) fn grant_agency(
    context: &Context,
    client: &ClientSettings,
    asked: Option<&str>,
    resource: Option<&str>,
    key: Option<&Thumbprint>,
) -> Result<TokenResponse, OAuthError> {
    if !client.is_agency() {
        return Err(OAuthError::UnauthorizedClient);
    }
    let allowed = client.scopes.iter().map(String::as_str);
    let allowed: Vec<&str> = allowed.filter(|own| scope::IN_OWN_NAME.contains(own)).collect();
    let asked: Vec<&str> = asked.unwrap_or_default().split_whitespace().collect();
    if let Some(refused) = asked.iter().find(|scope| !allowed.contains(scope)) {
        let (name, is_registered) = (ScopeName::of(refused), client.has_scope(refused));
        let why = if is_registered { OAuthError::NeedsPerson } else { OAuthError::InvalidScope };
        return Err(why(name));
    }
    let scope = if asked.is_empty() { allowed } else { asked }.join(" ");
    let audience = Audience::of(context, client, resource)?;
    agency_token(context, client, &audience, &scope, key)
}
