//! `/fhir`: the same places and bookings by the names of HL7 FHIR R4 (4.0.1).
//!
//! A location is a `Schedule`, a free start is a `Slot`, a booking is an `Appointment`. `$find`, `$hold` and `$book`
//! are those of IHE's profile ITI Scheduling. Nothing is decided here: every answer has the content of one of `/v1`.

pub(super) mod appointments;
pub(super) mod book;
mod bundle;
pub(super) mod capabilities;
mod cursor;
mod dates;
pub(super) mod find;
mod form;
pub(super) mod hold;
mod input;
mod outcome;
mod parameters;
mod references;
mod resources;
pub(super) mod schedules;
mod search;
pub(super) mod slots;
mod visit_id;

use actix_web::{HttpResponse, Route, middleware::from_fn, web};
use auth::rate_limit_headers;
use problem::body::MediaTypes;
use serde_json::{Value, json};

pub(super) use self::outcome::refusal;
use super::{OpenData, not_found, resource};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    let open = |path: &str| resource(path, "GET").app_data(OpenData);
    let by_form = |path: &str, search: Route| resource(path, "POST").route(search);
    config.service(
        web::scope("/fhir")
            .app_data(MediaTypes(&["application/fhir+json", "application/json"]))
            .wrap(from_fn(rate_limit_headers))
            .wrap(from_fn(outcome::middleware))
            .service(open("/metadata").route(web::get().to(capabilities::read)))
            .service(open("/Schedule").route(web::get().to(schedules::search)))
            .service(by_form("/Schedule/_search", web::post().to(schedules::search_by_form)))
            .service(open("/Schedule/{id}").route(web::get().to(schedules::read)))
            .service(open("/Slot").route(web::get().to(slots::search)))
            .service(by_form("/Slot/_search", web::post().to(slots::search_by_form)))
            .service(open("/Slot/{id}").route(web::get().to(slots::read)))
            .service(resource("/Appointment", "GET").route(web::get().to(appointments::search)))
            .service(by_form("/Appointment/_search", web::post().to(appointments::search_by_form)))
            .service(
                resource("/Appointment/$find", "GET, POST")
                    .route(web::get().to(find::get))
                    .route(web::post().to(find::post)),
            )
            .service(resource("/Appointment/$hold", "POST").route(web::post().to(hold::handler)))
            .service(resource("/Appointment/$book", "POST").route(web::post().to(book::handler)))
            .service(resource("/Appointment/{id}", "GET").route(web::get().to(appointments::read)))
            .default_service(web::to(async || Err::<HttpResponse, _>(not_found()))),
    );
}

/// In the API's document, every error below `/fhir` is an `OperationOutcome`, or has one in a bundle.
pub(super) fn describe_outcomes(document: &mut Value) {
    let schema = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let either = json!({ "oneOf": [schema("FhirOperationOutcome"), schema("FhirBundle")] });
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (_, item) in paths.filter(|(path, _)| path.starts_with("/fhir/")) {
        for (_, operation) in item.as_object_mut().into_iter().flatten() {
            let responses = operation["responses"].as_object_mut().into_iter().flatten();
            for (_, response) in responses.filter(|(status, _)| status.as_str() >= "400") {
                response["content"] = json!({ "application/fhir+json": { "schema": either } });
            }
        }
    }
}
