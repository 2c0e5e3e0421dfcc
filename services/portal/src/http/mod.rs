//! The pages. One file per page or action. Its [`Request`](request::Request) says which caller may
//! ask, where and for what; then it asks the services, and renders.

mod after_login;
mod another_time;
mod application;
mod appointments;
mod asked;
mod assets;
mod assigned_dates;
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
mod hold;
mod in_language;
mod kept_seat;
mod link;
mod login;
mod moving;
mod my_data;
mod nearest;
mod next_appointment;
mod other_booking;
mod own_contact;
mod own_desks;
mod own_holds;
mod page_error;
mod part_of_day;
mod person_name;
mod recover_holds;
mod refused;
mod request;
mod same_time;
mod search;
mod search_frame;
mod security;
mod service_page;
mod session_cookie;
mod start;
mod statistics;
mod swap;
mod switch_language;
mod visit;
mod visit_form;
mod visit_limits;
mod visitor;
mod waiting_list;
mod without_online_id;

use actix_web::{
    FromRequest, Handler, Resource, Responder,
    middleware::{Compress, from_fn},
    web,
};
use problem::resource;

use self::{page_error::PageError, visitor::OwnPage};
use crate::portal::Portal;

/// Forms hold a few fields, in bytes.
const LONGEST_FORM: usize = 16 << 10;

/// All routes, inside the middleware that every answer passes.
pub(crate) fn routes(config: &mut web::ServiceConfig, portal: &web::Data<Portal>) {
    config
        .app_data(web::PayloadConfig::new(LONGEST_FORM))
        .app_data(security::policy(&portal.identity_url))
        .app_data(service::RefusalForm(refused::page))
        .app_data(portal.clone());
    config.service(
        web::scope("")
            .wrap(from_fn(explained::middleware))
            .wrap(from_fn(session_cookie::middleware))
            .wrap(from_fn(security::middleware))
            .wrap(Compress::default())
            .service(page("/", start::root))
            .service(page("/assets/{path:.*}", assets::show))
            .service(page("/appointments", appointments::list::without_language))
            .service(page("/login/callback", login::callback::receive))
            .service(
                web::scope("/{language}")
                    .service(page("", start::show))
                    .service(page("/about", start::about))
                    .service(page("/check-draw", draws::check::show))
                    .service(page("/login", login::explain::show))
                    .service(page("/login/start", login::start::begin))
                    .service(action("/language", switch_language::switch))
                    .service(action("/logout", login::logout::leave))
                    .service(page("/goodbye", login::logout::goodbye))
                    .service(page("/without-online-id", without_online_id::show))
                    .service(form("/confirm", confirm::show, confirm::book))
                    .service(action("/release", hold::release))
                    .service(page("/appointments", appointments::list::show))
                    .service(page("/my-data", my_data::show))
                    .service(page("/my-data/download.json", my_data::download))
                    .service(authority_pages())
                    .default_service(web::to(no_page)),
            )
            .default_service(web::to(no_page)),
    );
}

fn authority_pages() -> actix_web::Scope {
    web::scope("/{authority}")
        .service(page("", start::of_authority))
        .service(page("/services/{service}", service_page::show))
        .service(page("/days", days::show))
        .service(page("/day", day::show))
        .service(page("/visit", visit_form::show))
        .service(page("/choice", choice::show))
        .service(action("/hold", hold::take))
        .service(form("/entitlement", entitlement::ask, entitlement::claim))
        .service(draw_pages())
        .service(page("/statistics", statistics::show))
        .service(page("/statistics.csv", statistics::table))
        .service(waiting_list_pages())
        .service(form(
            "/assigned-dates/{date}",
            assigned_dates::accept::ask,
            assigned_dates::accept::accept,
        ))
        .service(form(
            "/assigned-dates/{date}/decline",
            assigned_dates::decline::ask,
            assigned_dates::decline::decline,
        ))
        .service(desk_pages())
        .service(page("/appointments/{booking}", appointments::detail::show))
        .service(form(
            "/appointments/{booking}/cancel",
            appointments::cancel::ask,
            appointments::cancel::cancel,
        ))
        .service(form(
            "/appointments/{booking}/email",
            appointments::email::ask,
            appointments::email::prove,
        ))
        .service(action("/appointments/{booking}/email/code", appointments::email::again))
        .service(form("/address", appointments::address::ask, appointments::address::state))
        .service(action("/address/none", appointments::address::clear))
        .service(form("/address/code", appointments::email::ask, appointments::email::prove))
        .service(action("/address/code/code", appointments::email::again))
        .service(page("/appointments/{booking}/calendar.ics", appointments::calendar::file))
        .default_service(web::to(no_page))
}

fn desk_pages() -> actix_web::Scope {
    use desk::{
        accept_date, act, answer_call, ask_missed, ask_told, book_for_person, booked, calls,
        cancel_visit, cases, decline_drawn, enter_draw, find_entry, give_date, join_list,
        leave_draw, leave_list, show, take_date_back,
    };
    web::scope("/desk")
        .service(page("", show::show))
        .service(form("/assigned-dates", give_date::ask, give_date::give))
        .service(form("/assigned-dates/{date}/accept", accept_date::ask, accept_date::accept))
        .service(form(
            "/assigned-dates/{date}/withdraw",
            take_date_back::ask,
            take_date_back::take_back,
        ))
        .service(form("/book", book_for_person::ask, book_for_person::book))
        .service(form("/calls", calls::show, answer_call::answer))
        .service(form("/cases", cases::show, cases::agree))
        .service(page("/draw-entries", find_entry::show))
        .service(form("/draws/{draw}", enter_draw::ask, enter_draw::enter))
        .service(form("/draws/{draw}/leave", leave_draw::ask, leave_draw::leave))
        .service(form(
            "/draws/{draw}/entries/{entry}/decline",
            decline_drawn::ask,
            decline_drawn::decline,
        ))
        .service(page("/draws/{draw}/entries/{entry}/told", ask_told::ask))
        .service(form("/waiting-list/leave", leave_list::ask, leave_list::leave))
        .service(form("/waiting-lists/{service}", join_list::ask, join_list::join))
        .service(form("/{booking}/cancel", cancel_visit::ask, cancel_visit::cancel))
        .service(page("/{booking}/missed", ask_missed::ask))
        .service(page("/{booking}/booked", booked::show))
        .service(action("/{booking}", act::act))
        .default_service(web::to(no_page))
}

fn draw_pages() -> actix_web::Scope {
    web::scope("/draws/{draw}")
        .service(page("", draws::public::show))
        .service(page("/proof.json", draws::check::proof))
        .service(page("/checkpoint", draws::log::checkpoint))
        .service(page("/entry", draws::entry::show))
        .service(page("/receipt.txt", draws::entry::receipt))
        .service(form("/wishes", draws::enter::ask, draws::enter::enter))
        .service(form("/leave", draws::leave::ask, draws::leave::leave))
        .service(form("/seat", draws::seat::ask, draws::seat::accept))
        .service(form("/seat/decline", draws::seat::ask_to_decline, draws::seat::decline))
        .default_service(web::to(no_page))
}

fn waiting_list_pages() -> actix_web::Scope {
    use waiting_list::{accept, answer, decline, join, leave, place};
    web::scope("/waiting-list")
        .service(form("/join", join::ask, join::join))
        .service(form("/answer", answer::ask, answer::answer))
        .service(page("/places/{place}", place::show))
        .service(action("/places/{place}/still-waiting", place::still_waiting))
        .service(form("/places/{place}/leave", leave::ask, leave::leave))
        .service(form("/offers/{offer}", accept::ask, accept::accept))
        .service(form("/offers/{offer}/decline", decline::ask, decline::decline))
        .default_service(web::to(no_page))
}

/// An address that is only read.
fn page<Args, F>(path: &str, show: F) -> Resource
where
    Args: FromRequest + 'static,
    F: Handler<Args, Output: Responder + 'static>,
{
    resource(path, "GET").route(web::get().to(show))
}

/// An address to which a form is sent.
fn action<Args, F>(path: &str, act: F) -> Resource
where
    Args: FromRequest + 'static,
    F: Handler<Args, Output: Responder + 'static>,
{
    resource(path, "POST").route(web::post().to(act))
}

/// A page with a form that is sent to its own address.
fn form<Shown, Show, Sent, Act>(path: &str, show: Show, act: Act) -> Resource
where
    Shown: FromRequest + 'static,
    Show: Handler<Shown, Output: Responder + 'static>,
    Sent: FromRequest + 'static,
    Act: Handler<Sent, Output: Responder + 'static>,
{
    resource(path, "GET, POST")
        .app_data(OwnPage)
        .route(web::get().to(show))
        .route(web::post().to(act))
}

/// Each scope names it: actix asks no outer one.
async fn no_page() -> Result<&'static str, PageError> {
    Err(PageError::NotFound)
}
