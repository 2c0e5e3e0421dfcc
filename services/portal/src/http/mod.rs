//! The pages. One file per page or action; its [`Request`](request::Request) says who may ask, where
//! and for what; it asks the services, and renders.

mod after_login;
mod appointments;
mod asked;
mod assets;
mod barring;
mod calendar;
mod choice;
mod confirm;
mod confirm_email;
mod day;
mod days;
mod desk;
mod draws;
mod entitlement;
mod explained;
mod found;
mod frame;
mod head;
mod hold;
mod link;
mod login;
mod moving;
mod my_data;
mod nearest;
mod other_booking;
mod page_error;
mod part_of_day;
mod person_name;
mod recover_holds;
mod request;
mod search;
mod search_frame;
mod security;
mod service_page;
mod session_cookie;
mod start;
mod statistics;
mod swap;
mod visit;
mod visit_form;
mod visit_limits;
mod visitor;
mod waiting_list;
mod without_online_id;

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
            .wrap(from_fn(head::middleware))
            .route("/", web::get().to(start::root))
            .route("/assets/{path:.*}", web::get().to(assets::show))
            .route("/appointments", web::get().to(appointments::list::without_language))
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
                    .route("/without-online-id", web::get().to(without_online_id::show))
                    .route("/confirm", web::get().to(confirm::show))
                    .route("/confirm", web::post().to(confirm::book))
                    .route("/release", web::post().to(hold::release))
                    .route("/appointments", web::get().to(appointments::list::show))
                    .route("/my-data", web::get().to(my_data::show))
                    .route("/my-data/download.json", web::get().to(my_data::download))
                    .service(authority_pages())
                    .default_service(web::to(no_page)),
            )
            .default_service(web::to(no_page)),
    );
}

fn authority_pages() -> actix_web::Scope {
    web::scope("/{authority}")
        .route("/services/{service}", web::get().to(service_page::show))
        .route("/days", web::get().to(days::show))
        .route("/day", web::get().to(day::show))
        .route("/visit", web::get().to(visit_form::show))
        .route("/choice", web::get().to(choice::show))
        .route("/hold", web::post().to(hold::take))
        .route("/entitlement", web::get().to(entitlement::ask))
        .route("/entitlement", web::post().to(entitlement::claim))
        .service(draw_pages())
        .route("/statistics", web::get().to(statistics::show))
        .route("/statistics.csv", web::get().to(statistics::table))
        .service(waiting_list_pages())
        .route("/desk", web::get().to(desk::show::show))
        .route("/desk/{booking}", web::post().to(desk::act::act))
        .route("/appointments/{booking}", web::get().to(appointments::detail::show))
        .route("/appointments/{booking}/cancel", web::get().to(appointments::cancel::ask))
        .route("/appointments/{booking}/cancel", web::post().to(appointments::cancel::cancel))
        .route("/appointments/{booking}/email", web::get().to(appointments::email::ask))
        .route("/appointments/{booking}/email", web::post().to(appointments::email::prove))
        .route("/appointments/{booking}/email/code", web::post().to(appointments::email::again))
        .route("/address", web::get().to(appointments::address::ask))
        .route("/address", web::post().to(appointments::address::state))
        .route("/address/none", web::post().to(appointments::address::clear))
        .route("/address/code", web::get().to(appointments::email::ask))
        .route("/address/code", web::post().to(appointments::email::prove))
        .route("/address/code/code", web::post().to(appointments::email::again))
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

fn waiting_list_pages() -> actix_web::Scope {
    use waiting_list::{accept, answer, join, leave, place};
    web::scope("/waiting-list")
        .route("/join", web::get().to(join::ask))
        .route("/join", web::post().to(join::join))
        .route("/answer", web::get().to(answer::ask))
        .route("/answer", web::post().to(answer::answer))
        .route("/places/{place}", web::get().to(place::show))
        .route("/places/{place}/still-waiting", web::post().to(place::still_waiting))
        .route("/places/{place}/leave", web::get().to(leave::ask))
        .route("/places/{place}/leave", web::post().to(leave::leave))
        .route("/offers/{offer}", web::get().to(accept::ask))
        .route("/offers/{offer}", web::post().to(accept::accept))
        .route("/offers/{offer}/decline", web::post().to(accept::decline))
        .default_service(web::to(no_page))
}

/// Each scope names it: actix asks no outer one.
async fn no_page() -> Result<&'static str, PageError> {
    Err(PageError::NotFound)
}
