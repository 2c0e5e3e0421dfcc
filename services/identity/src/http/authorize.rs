//! `GET /authorize`: a client requests a log-in (OpenID Connect Core section 3.1.2).

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::LOCATION},
    web,
};
use serde::Deserialize;
use texts::Language;
use url::Url;
use vocabulary::TrustLevel;

use super::{browser, login, pages};
use crate::{
    app::{Context, begin_login},
    login_request::LoginRequest,
    pages::ErrorPage,
    settings::ClientSettings,
    text::language_of,
};

/// A PKCE challenge is a SHA-256 in base 64.
const CHALLENGE_LENGTH: usize = 43;

#[derive(Deserialize)]
pub(super) struct Parameters {
    client_id: String,
    redirect_uri: String,
    response_type: Option<String>,
    response_mode: Option<String>,
    scope: Option<String>,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    acr_values: Option<String>,
    max_age: Option<u64>,
    prompt: Option<String>,
    ui_locales: Option<String>,
}

pub(super) async fn authorize(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Query<Parameters>,
) -> HttpResponse {
    let language = language_of(parameters.ui_locales.as_deref(), &request);
    // Without a known client and redirect URI there is no redirect: no open redirector.
    let Some((client, redirect_uri)) = destination(&context, &parameters) else {
        let page = ErrorPage::wrong_link(pages::frame(&context, language));
        return pages::failure(StatusCode::BAD_REQUEST, &page);
    };
    let login_request = match read(client, redirect_uri, &parameters, language) {
        Ok(login_request) => login_request,
        Err(back) => return redirect(&context, &back.0, back.1),
    };
    let secret = browser::known(&context, &request).unwrap_or_else(|| browser::fresh(&context));
    let begun = match begin_login(&context, &login_request, &secret).await {
        Ok(begun) => begun,
        Err(error) => {
            tracing::error!(%error, "cannot store the log-in attempt; the person sees an error page");
            return redirect(&context, &login_request, "server_error");
        }
    };
    let mut response = login::offer(&context, &begun.attempt, &secret, &login_request).await;
    let cookie = browser::cookie(&context, &secret);
    if let Err(error) = response.add_cookie(&cookie) {
        tracing::error!(%error, "cannot set the browser cookie; the log-in cannot begin");
    }
    response
}

fn destination<'a>(
    context: &'a Context,
    parameters: &Parameters,
) -> Option<(&'a ClientSettings, Url)> {
    let client = context.client(&parameters.client_id.parse().ok()?)?;
    let wanted: Url = parameters.redirect_uri.parse().ok()?;
    client.redirect_uris.contains(&wanted).then_some((client, wanted))
}

/// The checked request, or the error for the client.
fn read(
    client: &ClientSettings,
    redirect_uri: Url,
    parameters: &Parameters,
    language: Language,
) -> Result<LoginRequest, Box<(LoginRequest, &'static str)>> {
    let asked = parameters.scope.as_deref().unwrap_or_default();
    let challenge = parameters.code_challenge.clone().unwrap_or_default();
    let request = LoginRequest {
        client: client.id.clone(),
        redirect_uri,
        state: parameters.state.clone(),
        nonce: parameters.nonce.clone(),
        scope: granted_scope(client, asked),
        level: wanted_level(parameters.acr_values.as_deref()),
        max_age_seconds: parameters.max_age,
        language,
        challenge,
    };
    let error = if parameters.response_type.as_deref() != Some("code") {
        "unsupported_response_type"
    } else if parameters.code_challenge_method.as_deref() != Some("S256")
        || request.challenge.len() != CHALLENGE_LENGTH
        || parameters.response_mode.as_deref().is_some_and(|mode| mode != "query")
    {
        "invalid_request"
    } else if !asked.split_whitespace().any(|scope| scope == "openid") {
        "invalid_scope"
    } else if parameters.prompt.as_deref() == Some("none") {
        // There is no session cookie: a shared computer must not know the last person.
        "login_required"
    } else {
        return Ok(request);
    };
    Err(Box::new((request, error)))
}

/// What was asked for, as far as the client may have it; what it may have for citizens if it
/// asked for nothing beyond OpenID Connect (RFC 6749 section 3.3).
fn granted_scope(client: &ClientSettings, asked: &str) -> String {
    let protocol = ["openid", "offline_access"];
    let (standard, own): (Vec<&str>, Vec<&str>) =
        asked.split_whitespace().partition(|scope| protocol.contains(scope));
    let allowed = client.scopes.iter().map(String::as_str);
    let own: Vec<&str> = match own[..] {
        [] => allowed.filter(|scope| *scope != auth::scope::DESK).collect(),
        _ => allowed.filter(|scope| own.contains(scope)).collect(),
    };
    [standard, own].concat().join(" ")
}

/// The first level in `acr_values` (they stand in order of preference) is the least that will do.
fn wanted_level(acr_values: Option<&str>) -> TrustLevel {
    let mut wanted = acr_values.unwrap_or_default().split_whitespace();
    wanted.find_map(|value| value.parse().ok()).unwrap_or(TrustLevel::Basic)
}

fn redirect(context: &Context, request: &LoginRequest, error: &str) -> HttpResponse {
    let url = request.back(&context.issuer, &[("error", error)]);
    HttpResponse::SeeOther().insert_header((LOCATION, url.as_str())).finish()
}
