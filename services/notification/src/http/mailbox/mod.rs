//! The mailbox of a demo: pages for people, JSON for the tour.

mod assets;
mod list;
mod messages;
mod show;

use actix_web::{
    HttpResponse,
    http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, ContentType, REFERRER_POLICY,
        X_CONTENT_TYPE_OPTIONS,
    },
    web,
};

/// Everything from here, no script; KERN's icons are `data:` images.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The routes of the mailbox.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/", web::get().to(async || web::Redirect::to("/mailbox")))
        .route("/mailbox", web::get().to(list::page))
        .route("/mailbox/messages", web::get().to(messages::list))
        .route("/mailbox/assets/{file}", web::get().to(assets::file))
        .route("/mailbox/{id}", web::get().to(show::page))
        .route("/mailbox/{id}/letter", web::get().to(show::letter))
        .route("/mailbox/{id}/termin.ics", web::get().to(show::calendar));
}

fn page(html: String) -> HttpResponse {
    document(html, PAGE_POLICY)
}

fn document(html: String, policy: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(html)
}
