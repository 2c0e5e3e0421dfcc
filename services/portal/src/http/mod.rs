//! The pages. One file per page or action; its [`Request`](request::Request) says who may ask, where
//! and for what; it asks the services, and renders.

mod appointments;
mod asked;
mod assets;
mod choice;
mod confirm;
mod day;
mod days;
mod desk;
mod draws;
mod entitlement;
mod explained;
mod frame;
mod hold;
mod link;
mod login;
mod page_error;
mod request;
mod search;
mod security;
mod session_cookie;
mod start;
mod statistics;
mod visit;
mod visitor;

use actix_web::{
    middleware::{Compress, from_fn},
    web,
};

use self::page_error::PageError;
use crate::portal::Portal;

/// Forms hold a few fields, in bytes.
const LONGEST_FORM: usize = 16 << 10;

/// All routes, inside the middleware that every answer passes.
pub(crate) fn routes(config: &mut web::ServiceConfig, portal: &web::Data<Portal>) {
    config
        .app_data(web::PayloadConfig::new(LONGEST_FORM))
        .app_data(security::policy(&portal.identity_url))
        .app_data(portal.clone());
    config.service(
        web::scope("")
            .wrap(from_fn(explained::middleware))
            .wrap(from_fn(session_cookie::middleware))
            .wrap(from_fn(security::middleware))
            .wrap(Compress::default())
            .route("/", web::get().to(start::root))
            .route("/assets/{path:.*}", web::get().to(assets::show))
            .route("/login/callback", web::get().to(login::callback::receive))
            .service(
                web::scope("/{language}")
                    .route("", web::get().to(start::show))
                    .route("/about", web::get().to(start::about))
                    .route("/check-draw", web::get().to(draws::check::show))
                    .route("/login", web::get().to(login::explain::show))
                    .route("/login/start", web::get().to(login::start::begin))
                    .route("/logout", web::post().to(login::logout::leave))
                    .route("/goodbye", web::get().to(login::logout::goodbye))
                    .route("/confirm", web::get().to(confirm::show))
                    .route("/confirm", web::post().to(confirm::book))
                    .route("/release", web::post().to(hold::release))
                    .route("/appointments", web::get().to(appointments::list::show))
                    .service(authority_pages())
                    .default_service(web::to(no_page)),
            )
            .default_service(web::to(no_page)),
    );
}

fn authority_pages() -> actix_web::Scope {
    web::scope("/{authority}")
        .route("/days", web::get().to(days::show))
        .route("/day", web::get().to(day::show))
        .route("/choice", web::get().to(choice::show))
        .route("/hold", web::post().to(hold::take))
        .route("/entitlement", web::get().to(entitlement::ask))
        .route("/entitlement", web::post().to(entitlement::claim))
        .service(draw_pages())
        .route("/statistics", web::get().to(statistics::show))
        .route("/statistics.csv", web::get().to(statistics::table))
        .route("/desk", web::get().to(desk::show::show))
        .route("/desk/{booking}", web::post().to(desk::act::act))
        .route("/appointments/{booking}", web::get().to(appointments::detail::show))
        .route("/appointments/{booking}/cancel", web::get().to(appointments::cancel::ask))
        .route("/appointments/{booking}/cancel", web::post().to(appointments::cancel::cancel))
        .route("/appointments/{booking}/email", web::get().to(appointments::email::ask))
        .route("/appointments/{booking}/email", web::post().to(appointments::email::prove))
        .route("/appointments/{booking}/email/code", web::post().to(appointments::email::again))
        .route("/appointments/{booking}/calendar.ics", web::get().to(appointments::calendar::file))
        .default_service(web::to(no_page))
}

fn draw_pages() -> actix_web::Scope {
    web::scope("/draws/{draw}")
        .route("", web::get().to(draws::public::show))
        .route("/proof.json", web::get().to(draws::check::proof))
        .route("/entry", web::get().to(draws::entry::show))
        .route("/receipt.txt", web::get().to(draws::entry::receipt))
        .route("/wishes", web::get().to(draws::enter::ask))
        .route("/wishes", web::post().to(draws::enter::enter))
        .route("/leave", web::get().to(draws::leave::ask))
        .route("/leave", web::post().to(draws::leave::leave))
        .default_service(web::to(no_page))
}

/// Each scope names it: actix asks no outer one.
async fn no_page() -> Result<&'static str, PageError> {
    Err(PageError::NotFound)
}
