//! What a person sees.

use actix_web::{HttpResponse, http::StatusCode, http::header};
use askama::Template;

use texts::Language;

use crate::{
    app::Context,
    pages::{ChoicePage, FailurePage, Frame, GoodbyePage},
};

/// What stands around the pages of this process.
pub(super) fn frame(context: &Context, language: Language) -> Frame {
    Frame::new(language, context.mode)
}

pub(super) fn choice(page: &ChoicePage<'_>) -> HttpResponse {
    render(StatusCode::OK, page)
}

pub(super) fn failure(status: StatusCode, page: &FailurePage) -> HttpResponse {
    render(status, page)
}

pub(super) fn goodbye(page: &GoodbyePage) -> HttpResponse {
    render(StatusCode::OK, page)
}

fn render(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(html) => HttpResponse::build(status)
            .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
            .body(html),
        Err(error) => {
            tracing::error!(%error, "a page cannot be rendered");
            HttpResponse::InternalServerError().finish()
        }
    }
}
