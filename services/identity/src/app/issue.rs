//! Making tokens.

use auth::{AccessClaims, KeyError, Reach, TokenType, authority_of, urn_of};
use ids::{AuthorityId, TokenId};
use serde::Serialize;
use serde_json::json;

use super::{Context, OAuthError};
use crate::{settings::ClientSettings, store::sessions::Session};

/// The answer of the token endpoint (RFC 6749 section 5.1).
#[derive(Debug, Serialize)]
pub(crate) struct TokenResponse {
    pub(crate) access_token: String,
    pub(crate) token_type: &'static str,
    pub(crate) expires_in: i64,
    pub(crate) scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id_token: Option<String>,
}

/// For whom an access token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Ourselves: for userinfo about the log-in itself.
    Identity,
    /// One authority.
    Authority(AuthorityId),
}

impl Audience {
    /// Reads a `resource` parameter (RFC 8707): an authority that this client may reach.
    pub(crate) fn of(
        context: &Context,
        client: &ClientSettings,
        resource: Option<&str>,
    ) -> Result<Self, OAuthError> {
        let Some(resource) = resource else { return Ok(Self::Identity) };
        let authority = authority_of(resource)
            .filter(|id| context.authorities.contains(id) && client.may_reach(id));
        authority.map(Self::Authority).ok_or(OAuthError::InvalidTarget)
    }
}

/// An access token of `session` for `audience`.
pub(crate) fn access_token(
    context: &Context,
    session: &Session,
    audience: &Audience,
    scope: &str,
) -> Result<TokenResponse, OAuthError> {
    let now = context.now().as_second();
    // A token never outlives its session.
    let lifetime = i64::from(context.session.token_minutes) * 60;
    let exp = (now + lifetime).min(session.expires_at.as_second());
    let (aud, sub) = match audience {
        Audience::Identity => (
            context.issuer.clone(),
            context.secrets.client_subject(&session.client, session.person),
        ),
        Audience::Authority(authority) => {
            (urn_of(authority), context.secrets.pseudonym(authority, session.person))
        }
    };
    let claims = AccessClaims {
        iss: context.issuer.clone(),
        sub: sub.to_string(),
        aud,
        exp,
        iat: now,
        nbf: None,
        jti: TokenId::mint(&*context.clock, &*context.entropy),
        client_id: session.client.clone(),
        scope: scope.to_owned(),
        acr: Some(session.level),
        auth_time: Some(session.auth_time.as_second()),
        sid: Some(session.id),
        roles: Vec::new(),
        locations: Reach::default(),
    };
    Ok(TokenResponse {
        access_token: sign(context, TokenType::Access, &claims)?,
        token_type: "Bearer",
        expires_in: exp - now,
        scope: scope.to_owned(),
        refresh_token: None,
        id_token: None,
    })
}

/// An ID token for the program that asked for the log-in. It names nobody.
pub(crate) fn id_token(
    context: &Context,
    session: &Session,
    nonce: Option<&str>,
) -> Result<String, OAuthError> {
    let now = context.now().as_second();
    let mut claims = json!({
        "iss": context.issuer,
        "sub": context.secrets.client_subject(&session.client, session.person),
        "aud": session.client,
        "exp": now + i64::from(context.session.token_minutes) * 60,
        "iat": now,
        "auth_time": session.auth_time.as_second(),
        "acr": session.level,
        "sid": session.id,
    });
    if let Some(nonce) = nonce {
        claims["nonce"] = nonce.into();
    }
    sign(context, TokenType::Id, &claims)
}

pub(crate) fn sign<T: Serialize>(
    context: &Context,
    typ: TokenType,
    claims: &T,
) -> Result<String, OAuthError> {
    context.keys.current().sign(typ, claims).map_err(|error: KeyError| OAuthError::server(error))
}
