//! For front-desk programs: JSON, with a staff member's access token for their authority.

mod callers;
mod cases;
mod persons;
mod problem;
mod staff;

use actix_web::web;

/// Adds the routes below `/desk`.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/persons").route(web::post().to(persons::identify)))
        .service(
            web::resource("/desk/persons/email-proof").route(web::post().to(persons::prove_email)),
        )
        .service(
            web::resource("/desk/persons/{pseudonym}/case")
                .route(web::get().to(cases::read_of_person)),
        )
        .service(web::resource("/desk/callers").route(web::post().to(callers::take_call)))
        .service(web::resource("/desk/merges").route(web::post().to(cases::merge)))
        .service(web::resource("/desk/cases/{code}").route(web::get().to(cases::read)))
        .service(web::resource("/desk/cases/{code}/proposal").route(web::post().to(cases::propose)))
        .service(web::resource("/desk/cases/{code}/reversal").route(web::post().to(cases::reverse)))
        .service(
            web::resource("/desk/cases/{code}/approval").route(web::post().to(cases::approve)),
        );
}
