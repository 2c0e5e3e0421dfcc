//! What a person sees.

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError as _,
    error::{InternalError, QueryPayloadError},
    http::{StatusCode, header},
    web,
};
use askama::Template;
use problem::{Problem, types};
use texts::Language;

use super::browser;
use crate::{
    app::Context,
    pages::{ChoicePage, ErrorPage, Frame, GoodbyePage},
    text::{asked_for, language_of},
};

/// What stands around the pages of this process.
pub(super) fn frame(context: &Context, language: Language) -> Frame {
    Frame::new(language, context.mode).of_portal(context.portal())
}

/// The same for the page at the address of `request`, in the language that it asks for.
pub(super) fn frame_of(context: &Context, request: &HttpRequest) -> Frame {
    frame(context, language(context, request)).translated(request.path(), request.query_string())
}

/// The language that the address asks for, or in which this browser began a log-in, or which it accepts.
pub(super) fn language(context: &Context, request: &HttpRequest) -> Language {
    let wanted = wanted_languages(request).as_deref().and_then(asked_for);
    let wanted = wanted.or_else(|| browser::language(context, request));
    wanted.unwrap_or_else(|| language_of(None, request))
}

/// The parameter `ui_locales`.
fn wanted_languages(request: &HttpRequest) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(request.query_string().as_bytes());
    pairs.find(|(key, _)| key == "ui_locales").map(|(_, value)| value.into_owned())
}

/// `GET /`: there is nothing to see here; people book elsewhere.
pub(super) async fn root(context: web::Data<Context>, request: HttpRequest) -> HttpResponse {
    match context.portal() {
        Some(portal) => {
            HttpResponse::SeeOther().insert_header((header::LOCATION, portal.as_str())).finish()
        }
        None => no_page(context, request).await,
    }
}

pub(super) fn choice(page: &ChoicePage<'_>) -> HttpResponse {
    render(StatusCode::OK, page)
}

pub(super) fn failure(status: StatusCode, page: &ErrorPage) -> HttpResponse {
    render(status, page)
}

pub(super) fn goodbye(page: &GoodbyePage) -> HttpResponse {
    render(StatusCode::OK, page)
}

/// The error page for an incomplete link, in the person's language.
pub(super) fn unreadable_query(error: QueryPayloadError, request: &HttpRequest) -> Error {
    let Some(context) = request.app_data::<web::Data<Context>>() else { return error.into() };
    let page = ErrorPage::wrong_link(frame_of(context, request));
    InternalError::from_response(error, failure(StatusCode::BAD_REQUEST, &page)).into()
}

/// Nothing is at this address: a page for a browser, a problem document for a program.
pub(super) async fn no_page(context: web::Data<Context>, request: HttpRequest) -> HttpResponse {
    let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    if !accepted.is_some_and(|accepted| accepted.contains("text/html")) {
        return Problem::new(&types::NOT_FOUND).error_response();
    }
    let page = ErrorPage::no_page(frame_of(&context, &request));
    failure(StatusCode::NOT_FOUND, &page)
}

fn render(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(html) => HttpResponse::build(status)
            .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
            .body(html),
        Err(error) => {
            tracing::error!(%error, "cannot render a page; the browser gets 500");
            HttpResponse::InternalServerError().finish()
        }
    }
}
