//! `POST /token` (RFC 6749 section 3.2, RFC 8693, RFC 9449 section 5).

use actix_web::{HttpRequest, HttpResponse, web};
use auth::{DpopError, Thumbprint};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    client_proof::{Credentials, require_utf_8},
    dpop,
};
use crate::app::{
    ACCESS_TOKEN, CodeExchange, Context, OAuthError, TokenExchange, act_for_person, exchange_code,
    grant_agency, refresh,
};

/// A request for a token, with what proves the client. Which parameters it needs depends on the grant.
#[derive(Deserialize, ToSchema)]
#[schema(as = TokenRequest)]
pub(super) struct Parameters {
    /// `authorization_code`, `refresh_token`, `client_credentials` or
    /// `urn:ietf:params:oauth:grant-type:token-exchange` (RFC 8693).
    #[schema(required, nullable = false)]
    grant_type: Option<String>,
    /// Of the log-in.
    code: Option<String>,
    /// The same as in the request for the log-in.
    redirect_uri: Option<String>,
    /// Of PKCE (RFC 7636).
    code_verifier: Option<String>,
    refresh_token: Option<String>,
    /// The authority that the token is for (RFC 8707): `urn:fairtermin:authority:<id>`.
    resource: Option<String>,
    /// Of those that the client is registered for.
    scope: Option<String>,
    #[serde(flatten)]
    client: Credentials,
    /// Of a token exchange: the person's access token.
    subject_token: Option<String>,
    /// `urn:ietf:params:oauth:token-type:access_token`.
    subject_token_type: Option<String>,
    /// The same, or left out.
    requested_token_type: Option<String>,
    /// Refused: the client itself acts.
    actor_token: Option<String>,
    /// Refused: use `resource`.
    audience: Option<String>,
}

/// Tokens (RFC 6749 section 5.1).
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what `app::TokenResponse` writes")]
struct Tokens {
    access_token: String,
    /// Of a token exchange.
    #[schema(required = false)]
    issued_token_type: Option<String>,
    /// `Bearer`, or `DPoP` for a token that is bound to a key.
    token_type: String,
    /// In seconds.
    expires_in: i64,
    scope: String,
    refresh_token: Option<String>,
    id_token: Option<String>,
}

const TOKEN_EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

/// Get tokens
///
/// Codes, refresh tokens, agencies in their own name (`client_credentials`), and agencies for a
/// person who allowed it (token exchange). Agencies send a DPoP proof (RFC 9449).
#[utoipa::path(
    post, path = "/token", tag = "OAuth", operation_id = "getTokens",
    params(("DPoP" = Option<String>, Header, description = "A proof of the key that the token is to be bound to.")),
    request_body(content = Parameters, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "Tokens.", body = Tokens)),
    security((), ("client" = [])),
    extensions(("x-errors" = json!("oauth"))),
)]
pub(super) async fn token(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Form<Parameters>,
) -> Result<HttpResponse, OAuthError> {
    require_utf_8(&request)?;
    // Before anybody proves anything: an empty form is no wrong proof.
    let grant_type = parameters.grant_type.as_deref();
    let grant_type = grant_type.ok_or(OAuthError::InvalidRequest("`grant_type` is missing."))?;
    let client = parameters.client.authenticate(&context, &request).await?;
    let key = dpop::proven_key(&context, &request).await?;
    if client.is_agency() && key.is_none() {
        return Err(OAuthError::InvalidDpopProof(DpopError::Missing));
    }
    let (key, resource) = (key.as_ref(), parameters.resource.as_deref());
    let required = |value: &Option<String>, missing| match value {
        Some(value) => Ok(value.clone()),
        None => Err(OAuthError::InvalidRequest(missing)),
    };
    let response = match grant_type {
        "authorization_code" => {
            let code = required(&parameters.code, "`code` is missing.")?;
            let redirect_uri = required(&parameters.redirect_uri, "`redirect_uri` is missing.")?;
            let verifier = required(&parameters.code_verifier, "`code_verifier` is missing.")?;
            let exchange = CodeExchange {
                code: &code,
                redirect_uri: &redirect_uri,
                verifier: &verifier,
                resource,
                key,
            };
            exchange_code(&context, client, exchange).await?
        }
        "refresh_token" => {
            let token = required(&parameters.refresh_token, "`refresh_token` is missing.")?;
            refresh(&context, client, &token, resource, key).await?
        }
        "client_credentials" => {
            grant_agency(&context, client, parameters.scope.as_deref(), resource, key)?
        }
        TOKEN_EXCHANGE => {
            act_for_person(&context, client, token_exchange(&parameters, key)?).await?
        }
        _ => return Err(OAuthError::UnsupportedGrantType),
    };
    Ok(HttpResponse::Ok().json(response))
}

/// Access tokens for access tokens, and nothing else of what RFC 8693 section 2.1 has to offer.
fn token_exchange<'a>(
    parameters: &'a Parameters,
    key: Option<&'a Thumbprint>,
) -> Result<TokenExchange<'a>, OAuthError> {
    let subject_token = parameters.subject_token.as_deref();
    let subject_token =
        subject_token.ok_or(OAuthError::InvalidRequest("`subject_token` is missing."))?;
    let requested = parameters.requested_token_type.as_deref();
    if parameters.subject_token_type.as_deref() != Some(ACCESS_TOKEN)
        || requested.is_some_and(|requested| requested != ACCESS_TOKEN)
    {
        return Err(OAuthError::InvalidRequest(
            "The token types must be urn:ietf:params:oauth:token-type:access_token.",
        ));
    }
    if parameters.actor_token.is_some() {
        return Err(OAuthError::InvalidRequest("The client itself acts; leave out `actor_token`."));
    }
    if parameters.audience.is_some() {
        return Err(OAuthError::InvalidTarget);
    }
    Ok(TokenExchange {
        subject_token,
        resource: parameters.resource.as_deref(),
        scope: parameters.scope.as_deref(),
        key,
    })
}
