//! `POST /token` (RFC 6749 section 3.2).

use actix_web::{HttpRequest, HttpResponse, http::header::AUTHORIZATION, web};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;

use crate::app::{
    ClientProof, CodeExchange, Context, OAuthError, authenticate_client, exchange_code, refresh,
};

#[derive(Deserialize)]
pub(super) struct Parameters {
    grant_type: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    refresh_token: Option<String>,
    resource: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

pub(super) async fn token(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Form<Parameters>,
) -> Result<HttpResponse, OAuthError> {
    let client = authenticate_client(&context, &proof(&request, &parameters)?)?;
    let resource = parameters.resource.as_deref();
    let required = |value: &Option<String>, missing| match value {
        Some(value) => Ok(value.clone()),
        None => Err(OAuthError::InvalidRequest(missing)),
    };
    let response = match parameters.grant_type.as_deref() {
        Some("authorization_code") => {
            let code = required(&parameters.code, "`code` is missing.")?;
            let redirect_uri = required(&parameters.redirect_uri, "`redirect_uri` is missing.")?;
            let verifier = required(&parameters.code_verifier, "`code_verifier` is missing.")?;
            let exchange = CodeExchange {
                code: &code,
                redirect_uri: &redirect_uri,
                verifier: &verifier,
                resource,
            };
            exchange_code(&context, client, exchange).await?
        }
        Some("refresh_token") => {
            let token = required(&parameters.refresh_token, "`refresh_token` is missing.")?;
            refresh(&context, client, &token, resource).await?
        }
        _ => return Err(OAuthError::UnsupportedGrantType),
    };
    Ok(HttpResponse::Ok().json(response))
}

fn proof(request: &HttpRequest, parameters: &Parameters) -> Result<ClientProof, OAuthError> {
    if let Some(header) = request.headers().get(AUTHORIZATION) {
        return basic(header.to_str().unwrap_or_default()).ok_or(OAuthError::InvalidClient);
    }
    Ok(match (&parameters.client_id, &parameters.client_secret) {
        (Some(client), Some(secret)) => {
            ClientProof::Secret { client: client.clone(), secret: secret.clone() }
        }
        _ => ClientProof::None,
    })
}

/// `client_secret_basic`: both parts are form-encoded before they are joined (section 2.3.1).
fn basic(header: &str) -> Option<ClientProof> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let joined = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client, secret) = joined.split_once(':')?;
    Some(ClientProof::Secret { client: decode(client)?, secret: decode(secret)? })
}

fn decode(text: &str) -> Option<String> {
    let pairs = format!("v={text}");
    url::form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, value)| value.into_owned())
}
