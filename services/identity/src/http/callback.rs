//! `GET /callback/{provider}`: a person comes back from a provider.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::LOCATION},
    web,
};
use serde::Deserialize;
use texts::Language;

use super::{browser, pages};
use crate::{
    app::{Context, FailedLogin, LoginFailure, Returned, finish_login},
    pages::ErrorPage,
    provider::LoginError,
    settings::ProviderId,
};

/// Tells the program that the person has read here why the log-in failed (RFC 6749 section 4.1.2.1).
const EXPLAINED: &str = "explained";

/// Tells the program that this log-in was answered before.
const OVER: &str = "over";

#[derive(Deserialize)]
pub(super) struct Parameters {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

pub(super) async fn callback(
    context: web::Data<Context>,
    request: HttpRequest,
    provider: web::Path<String>,
    parameters: web::Query<Parameters>,
) -> HttpResponse {
    let language = pages::language(&context, &request);
    let provider: Option<ProviderId> = provider.parse().ok();
    let known = browser::known(&context, &request);
    let (Some(provider), Some(browser), Some(state)) = (provider, known, &parameters.state) else {
        let failed = FailedLogin::from(LoginFailure::NoSuchAttempt);
        return self::failed(&context, &failed, language);
    };
    let error = parameters.error.as_deref().unwrap_or("code is missing");
    let returned = Returned {
        provider: &provider,
        state,
        issuer: parameters.iss.as_deref(),
        outcome: parameters.code.as_deref().ok_or(error),
    };
    match finish_login(&context, returned, &browser).await {
        Ok(url) => HttpResponse::SeeOther().insert_header((LOCATION, url.as_str())).finish(),
        Err(failed) => self::failed(&context, &failed, language),
    }
}

/// A page that says what to do, and a line in the log without personal data.
pub(super) fn failed(context: &Context, failed: &FailedLogin, language: Language) -> HttpResponse {
    let failure = &failed.failure;
    let status = match failure {
        LoginFailure::Store(_) | LoginFailure::Seal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        LoginFailure::Provider(LoginError::ProviderAway | LoginError::Unreadable) => {
            StatusCode::BAD_GATEWAY
        }
        LoginFailure::NoSuchAttempt | LoginFailure::AlreadyAnswered => StatusCode::BAD_REQUEST,
        LoginFailure::Refused | LoginFailure::Provider(_) | LoginFailure::NoRole => {
            StatusCode::FORBIDDEN
        }
    };
    if status.is_server_error() {
        tracing::error!(error = %failure, "log-in failed; the person sees an error page");
    } else {
        tracing::warn!(reason = %failure, "log-in refused");
    }
    let request = failed.request.as_deref();
    if let (LoginFailure::Refused, Some(request)) = (failure, request) {
        // The person broke it off where they know it: the program says what follows, once.
        let url = request.back(&context.issuer, &[("error", "access_denied")]);
        return HttpResponse::SeeOther().insert_header((LOCATION, url.as_str())).finish();
    }
    if let (LoginFailure::AlreadyAnswered, Some(request)) = (failure, request) {
        // They went back and answered again: the program knows whether they are logged in, and leads on.
        let over = [("error", "access_denied"), ("error_description", OVER)];
        let url = request.back(&context.issuer, &over);
        return HttpResponse::SeeOther().insert_header((LOCATION, url.as_str())).finish();
    }
    let language = request.map_or(language, |request| request.language);
    let denied = [("error", "access_denied"), ("error_description", EXPLAINED)];
    let back = request.map(|request| request.back(&context.issuer, &denied));
    let level = request.map(|request| request.level);
    let page = ErrorPage::of(failure, level, pages::frame(context, language), back);
    pages::failure(status, &page)
}
