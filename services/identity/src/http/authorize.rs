//! `GET /authorize`: a client requests a log-in (OpenID Connect Core section 3.1.2, RFC 9126).

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::LOCATION},
    web,
};
use serde::Deserialize;
use texts::Language;

use super::{authorization_parameters::AuthorizationParameters, browser, login, pages};
use crate::{
    app::{Context, begin_login, pushed_request},
    login_request::{LoginRequest, RequestError},
    pages::ErrorPage,
    text::language_of,
};

#[derive(Deserialize)]
pub(super) struct Parameters {
    client_id: String,
    /// Names a pushed request; then no other parameter counts.
    request_uri: Option<String>,
    #[serde(flatten)]
    sent: AuthorizationParameters,
}

/// Why no log-in begins.
enum Refused {
    /// The client or its address is not known: the person reads a page.
    WrongLink,
    /// The browser goes back to the client with an error.
    Back(Box<(LoginRequest, RequestError)>),
}

/// Log a person in
///
/// Send the person's browser here (OpenID Connect Core section 3.1.2). Agencies' programs push their request first
/// and send `client_id` and `request_uri` only. Errors are sent to the `redirect_uri` with `error` and
/// `iss` (RFC 9207). If the `redirect_uri` is not registered for the client, the person reads a page instead.
#[utoipa::path(
    get, path = "/authorize", tag = "Browser", operation_id = "authorize",
    params(
        ("client_id" = String, Query, description = "The client."),
        ("request_uri" = Option<String>, Query, description = "From `POST /par`. Nothing else counts then."),
        ("redirect_uri" = Option<String>, Query, description = "One that is registered, character by character."),
        ("response_type" = Option<String>, Query, description = "`code`."),
        ("response_mode" = Option<String>, Query, description = "`query`, or left out."),
        ("scope" = Option<String>, Query, description = "With `openid`."),
        ("state" = Option<String>, Query, description = "Comes back with the code."),
        ("nonce" = Option<String>, Query, description = "Comes back in the ID token."),
        ("code_challenge" = Option<String>, Query, description = "Of PKCE (RFC 7636)."),
        ("code_challenge_method" = Option<String>, Query, description = "`S256`."),
        ("acr_values" = Option<String>, Query, description = "The trust level that is needed: `basic`, `substantial` or `high`."),
        ("max_age" = Option<String>, Query, description = "How old a log-in at the provider may be, in seconds."),
        ("prompt" = Option<String>, Query, description = "`none` is refused: no browser stays logged in."),
        ("ui_locales" = Option<String>, Query, description = "In which languages the person reads, the best first."),
        ("dpop_jkt" = Option<String>, Query, description = "The thumbprint of the key that the tokens are to be bound to (RFC 9449 section 10)."),
    ),
    responses(
        (status = 200, description = "Where the person chooses how to log in.", body = String, content_type = "text/html"),
        (status = 303, description = "Back to the program with `error`, `state` and `iss`, to the `redirect_uri`."),
    ),
    extensions(("x-errors" = json!("page"))),
)]
pub(super) async fn authorize(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Query<Parameters>,
) -> HttpResponse {
    let language = language_of(parameters.sent.ui_locales.as_deref(), &request);
    let login_request = match requested(&context, &parameters, language).await {
        Ok(login_request) => login_request,
        Err(Refused::Back(back)) => return redirect(&context, &back.0, &back.1),
        Err(Refused::WrongLink) => {
            let page = ErrorPage::wrong_link(pages::frame(&context, language));
            return pages::failure(StatusCode::BAD_REQUEST, &page);
        }
    };
    let secret = browser::known(&context, &request).unwrap_or_else(|| browser::fresh(&context));
    let begun = match begin_login(&context, &login_request, &secret).await {
        Ok(begun) => begun,
        Err(error) => {
            tracing::error!(%error, "cannot store the log-in attempt; the person sees an error page");
            return redirect(&context, &login_request, &RequestError::Server);
        }
    };
    let frame = pages::frame(&context, login_request.language);
    // A pushed request that names its language has it whatever the address says.
    let is_fixed = parameters.request_uri.is_some() && !login_request.is_language_open;
    let frame =
        if is_fixed { frame } else { frame.translated(request.path(), request.query_string()) };
    let mut response = login::offer(&context, &begun.attempt, &secret, &login_request, frame).await;
    for cookie in browser::cookies(&context, &secret, login_request.language) {
        if let Err(error) = response.add_cookie(&cookie) {
            tracing::error!(%error, "cannot set the browser cookie; the log-in cannot begin");
        }
    }
    response
}

/// The checked request: what the client pushed, or what the browser brings from one of our own programs.
async fn requested(
    context: &Context,
    parameters: &Parameters,
    language: Language,
) -> Result<LoginRequest, Refused> {
    let client = parameters.client_id.parse().ok().and_then(|id| context.client(&id));
    let client = client.ok_or(Refused::WrongLink)?;
    if let Some(request_uri) = &parameters.request_uri {
        let pushed = pushed_request(context, client, request_uri).await;
        return pushed
            .inspect_err(|error| tracing::error!(%error, "cannot read a pushed request; the person sees an error page"))
            .ok()
            .flatten()
            .map(|request| request.read_in(language))
            .ok_or(Refused::WrongLink);
    }
    let sent = &parameters.sent;
    let redirect_uri = sent.destination(client).ok_or(Refused::WrongLink)?;
    let request = sent.read(client, redirect_uri, language).map_err(Refused::Back)?;
    if client.is_agency() {
        return Err(Refused::Back(Box::new((request, RequestError::NotPushed))));
    }
    Ok(request)
}

fn redirect(context: &Context, request: &LoginRequest, error: &RequestError) -> HttpResponse {
    let sentence = error.sentence();
    let parameters = [("error", error.code()), ("error_description", &*sentence)];
    let url = request.back(&context.issuer, &parameters);
    HttpResponse::SeeOther().insert_header((LOCATION, url.as_str())).finish()
}
