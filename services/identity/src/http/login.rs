//! `GET /login`: a person chooses where to log in.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::LOCATION},
    web,
};
use serde::Deserialize;
use texts::Language;

use super::{browser, callback, pages};
use crate::{
    app::{Context, FailedLogin, LoginFailure, choose_provider},
    login_request::LoginRequest,
    pages::{ChoicePage, ErrorPage, Frame},
    provider::Provider,
    secrets::Opaque,
    settings::ProviderId,
};

#[derive(Deserialize)]
pub(super) struct Parameters {
    attempt: String,
    provider: String,
}

pub(super) async fn login(
    context: web::Data<Context>,
    request: HttpRequest,
    parameters: web::Query<Parameters>,
) -> HttpResponse {
    let language = pages::language(&context, &request);
    let provider: Option<ProviderId> = parameters.provider.parse().ok();
    let provider = provider.and_then(|id| context.provider(&id));
    let known = browser::known(&context, &request);
    let Some(browser) = known else {
        let page = ErrorPage::no_cookies(pages::frame_of(&context, &request));
        return pages::failure(StatusCode::BAD_REQUEST, &page);
    };
    let Some(provider) = provider else {
        let failed = FailedLogin::from(LoginFailure::NoSuchAttempt);
        return callback::failed(&context, &failed, language);
    };
    let attempt = Opaque::received(&parameters.attempt);
    redirect_to_provider(&context, &attempt, &browser, provider, language).await
}

/// Offers the providers, or goes straight to the only one. If a program that acts for people asks, the person
/// always reads its name first, for any scope: it learns the person's name as well.
pub(super) async fn offer(
    context: &Context,
    attempt: &Opaque,
    browser: &Opaque,
    request: &LoginRequest,
    frame: Frame,
) -> HttpResponse {
    let for_staff = request.is_for_staff();
    let providers: Vec<&Provider> =
        context.providers.iter().filter(|provider| provider.is_for_staff() == for_staff).collect();
    let acting = context
        .client(&request.client)
        .filter(|client| request.is_to_act() || (client.acts_for_people() && !for_staff))
        .and_then(|client| client.name.as_deref());
    if let ([only], None) = (&providers[..], acting) {
        return redirect_to_provider(context, attempt, browser, only, request.language).await;
    }
    let back = request.back(&context.issuer, &[("error", "access_denied")]);
    let page = match acting {
        Some(program) => ChoicePage::to_allow(program, context.session.minutes, frame),
        None => ChoicePage::to_log_in(request.level, frame),
    };
    pages::choice(&page.with(&providers, request.level, attempt.as_str(), &back))
}

async fn redirect_to_provider(
    context: &Context,
    attempt: &Opaque,
    browser: &Opaque,
    provider: &Provider,
    language: Language,
) -> HttpResponse {
    match choose_provider(context, attempt, browser, provider).await {
        Ok(url) => HttpResponse::SeeOther().insert_header((LOCATION, url.as_str())).finish(),
        Err(failed) => callback::failed(context, &failed, language),
    }
}
