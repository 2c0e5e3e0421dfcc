//! Why to log in, and what for, before the identity service is opened.

use actix_web::HttpResponse;
use askama::Template;
use client::TrustLevel;

use crate::http::{
    form::{Query, field},
    link::own_path,
    visitor::{Frame, Visitor, go_to},
};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    frame: Frame,
    start: String,
}

pub(crate) async fn show(visitor: Visitor, Query(fields): Query) -> HttpResponse {
    let back = own_path(field(&fields, "back").unwrap_or_default(), visitor.links);
    if visitor.session.read().login.is_some() {
        return go_to(back);
    }
    let start = visitor.links.login_start(&back, level(&fields));
    visitor.page(&LoginPage { frame: visitor.frame(visitor.texts.text("login-title")), start })
}

/// The level asked for in the query.
pub(super) fn level(fields: &[(String, String)]) -> Option<TrustLevel> {
    field(fields, "level")?.parse().ok()
}
