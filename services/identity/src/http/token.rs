//! `POST /token` (RFC 6749 section 3.2).

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::basic;
use crate::app::{
    ClientProof, CodeExchange, Context, OAuthError, authenticate_client, exchange_code,
    grant_agency, refresh,
};

#[derive(Deserialize)]
pub(super) struct Parameters {
    grant_type: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    refresh_token: Option<String>,
    resource: Option<String>,
    scope: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    client_assertion_type: Option<String>,
    client_assertion: Option<String>,
}

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(super) async fn token(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Form<Parameters>,
) -> Result<HttpResponse, OAuthError> {
    let client = authenticate_client(&context, &proof(&request, &parameters)?).await?;
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
        Some("client_credentials") => {
            grant_agency(&context, client, parameters.scope.as_deref(), resource)?
        }
        _ => return Err(OAuthError::UnsupportedGrantType),
    };
    Ok(HttpResponse::Ok().json(response))
}

fn proof(request: &HttpRequest, parameters: &Parameters) -> Result<ClientProof, OAuthError> {
    if let Some(given) = basic::credentials(request) {
        let (client, secret) = given.ok_or(OAuthError::InvalidClient)?;
        return Ok(ClientProof::Secret { client, secret });
    }
    if let Some(assertion) = &parameters.client_assertion {
        return match parameters.client_assertion_type.as_deref() {
            Some(JWT_BEARER) => Ok(ClientProof::Assertion(assertion.clone())),
            _ => Err(OAuthError::InvalidRequest("`client_assertion_type` must be jwt-bearer.")),
        };
    }
    Ok(match (&parameters.client_id, &parameters.client_secret) {
        (Some(client), Some(secret)) => {
            ClientProof::Secret { client: client.clone(), secret: secret.clone() }
        }
        _ => ClientProof::None,
    })
}
