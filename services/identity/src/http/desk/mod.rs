//! For front-desk programs: JSON, with a staff member's access token for their authority.

pub(super) mod callers;
pub(super) mod cases;
pub(super) mod persons;
mod problem;
mod staff;
pub(super) mod tickets;

use ::problem::resource_without_query;
use actix_web::web;

/// Adds the routes below `/desk`.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(
            resource_without_query("/desk/persons", "POST")
                .route(web::post().to(persons::identify)),
        )
        .service(
            resource_without_query("/desk/persons/email-proof", "POST")
                .route(web::post().to(persons::prove_email)),
        )
        .service(
            resource_without_query("/desk/persons/{pseudonym}/case", "GET")
                .route(web::get().to(cases::read_of_person)),
        )
        .service(
            resource_without_query("/desk/callers", "POST")
                .route(web::post().to(callers::take_call)),
        )
        .service(resource_without_query("/desk/merges", "POST").route(web::post().to(cases::merge)))
        .service(
            resource_without_query("/desk/cases/{code}", "GET").route(web::get().to(cases::read)),
        )
        .service(
            resource_without_query("/desk/draws/{draw}/tickets", "POST")
                .route(web::post().to(tickets::give)),
        )
        .service(
            resource_without_query("/desk/cases/{code}/proposal", "POST")
                .route(web::post().to(cases::propose)),
        )
        .service(
            resource_without_query("/desk/cases/{code}/reversal", "POST")
                .route(web::post().to(cases::reverse)),
        )
        .service(
            resource_without_query("/desk/cases/{code}/approval", "POST")
                .route(web::post().to(cases::approve)),
        );
}
