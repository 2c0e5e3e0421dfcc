//! The HTTP API, version 1. Handlers are thin: authorise, parse, one call, map.

mod assigned_dates;
mod availability;
mod body;
mod booker;
mod booking_view;
mod bookings;
mod catalogue;
mod conditional;
mod created_once;
mod deprecation;
mod desk;
mod directory;
mod draws;
mod entitlements;
mod fhir;
mod holds;
mod idempotency_key;
mod line;
mod local_time;
mod log;
mod me;
mod media_type;
mod month;
mod one_to;
mod openapi;
mod phone;
mod prefer;
mod problem;
mod query;
mod seat_request;
mod statistics;
mod values;
mod waiting_lists;
mod wanted_seats;

use std::sync::Arc;

use ::problem::{OpenData, Problem, resource, resource_without_query, types};
use actix_web::{
    HttpResponse,
    middleware::{Condition, from_fn},
    rt, web,
};
use auth::rate_limit_headers;
use reference::Served;

pub use openapi::document as openapi_document;
pub(crate) use openapi::reference_at;

use self::deprecation::{DEPRECATED, deprecation_headers};
use crate::app::{AppError, Engine};

/// The engine, as handlers take it.
type Slots = web::Data<Engine>;

/// Adds everything: the API and what is said about it.
pub(crate) fn routes(config: &mut web::ServiceConfig, pages: &Arc<Served>) {
    config
        .app_data(web::PayloadConfig::new(body::LONGEST))
        .app_data(web::PathConfig::default().error_handler(|_, _| not_found().into()))
        .app_data(service::RefusalForm(|request, problem| fhir::refusal(&request.path, problem)))
        .service(
            web::scope("/v1")
                .wrap(from_fn(rate_limit_headers))
                .wrap(Condition::new(
                    !DEPRECATED.is_empty(),
                    from_fn(|request, next| deprecation_headers(&DEPRECATED, request, next)),
                ))
                // Routes are tried in this order: what is asked most often comes first.
                .configure(availability::routes)
                .configure(holds::routes)
                .configure(bookings::routes)
                .configure(me::routes)
                .configure(catalogue::routes)
                .configure(statistics::routes)
                .configure(draws::routes)
                .configure(log::routes)
                .configure(waiting_lists::routes)
                .configure(assigned_dates::routes)
                .configure(desk::routes)
                .configure(entitlements::routes),
        )
        .configure(fhir::routes)
        .configure(directory::routes)
        .configure(|config| reference::routes(config, pages))
        .default_service(web::to(async || Err::<HttpResponse, _>(not_found())));
}

/// Runs a use case as a task of its own, which completes even if the caller hangs up: a committed
/// change must still reach the holds.
async fn run_detached<T: 'static>(
    work: impl Future<Output = Result<T, AppError>> + 'static,
) -> Result<T, Problem> {
    match rt::spawn(telemetry::carry(work)).await {
        Ok(outcome) => Ok(outcome?),
        Err(panicked) => Err(Problem::new(&types::INTERNAL).caused_by(panicked)),
    }
}

fn not_found() -> Problem {
    Problem::new(&types::NOT_FOUND)
}
