//! The HTTP API, version 1. Handlers are thin: authorise, parse, one call, map.

mod availability;
mod body;
mod booker;
mod booking_view;
mod bookings;
mod catalogue;
mod conditional;
mod deprecation;
mod desk;
mod directory;
mod entitlements;
mod fhir;
mod holds;
mod idempotency_key;
mod line;
mod local_time;
mod media_type;
mod openapi;
mod people;
mod prefer;
mod problem;
mod query;
mod statistics;
mod values;
mod words;

use std::{future::ready, time::Duration};

use ::problem::{Problem, types};
use actix_web::{
    Error, HttpResponse, Resource, ResponseError as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{ALLOW, HeaderValue},
    middleware::{Condition, Next, from_fn},
    rt, web,
};
use auth::tell_quota;

pub use openapi::document as openapi_document;

use self::deprecation::{DEPRECATED, deprecation_headers};
use crate::app::{AppError, Engine};

/// Every request is answered within this time.
const REQUEST_TIMEOUT: Duration = Duration::from_millis(9_500);

/// The engine, as handlers take it.
type Slots = web::Data<Engine>;

/// Adds everything below `/v1`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .app_data(web::PayloadConfig::new(body::LONGEST))
        .app_data(web::PathConfig::default().error_handler(|_, _| not_found().into()))
        .service(
            web::scope("/v1")
                .wrap(from_fn(tell_quota))
                .wrap(from_fn(with_timeout))
                .wrap(Condition::new(
                    !DEPRECATED.is_empty(),
                    from_fn(|request, next| deprecation_headers(&DEPRECATED, request, next)),
                ))
                // Routes are tried in this order: what is asked most often comes first.
                .configure(availability::routes)
                .configure(holds::routes)
                .configure(bookings::routes)
                .configure(catalogue::routes)
                .configure(statistics::routes)
                .configure(desk::routes)
                .configure(entitlements::routes),
        )
        .configure(fhir::routes)
        .configure(directory::routes)
        .configure(|config| reference::routes(config, openapi::pages()))
        .default_service(web::to(async || Err::<HttpResponse, _>(not_found())));
}

/// A resource that answers methods other than those of its routes, `allowed`, with 405.
fn resource(path: &str, allowed: &'static str) -> Resource {
    web::resource(path).default_service(web::to(move || {
        let mut response = Problem::new(&types::METHOD_NOT_ALLOWED).error_response();
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
        ready(response)
    }))
}

/// Runs a use case as a task of its own, which completes even if the caller hangs up: a committed
/// change must still reach the holds.
async fn run_detached<T: 'static>(
    work: impl Future<Output = Result<T, AppError>> + 'static,
) -> Result<T, Problem> {
    match rt::spawn(work).await {
        Ok(outcome) => Ok(outcome?),
        Err(panicked) => Err(Problem::new(&types::INTERNAL).caused_by(panicked)),
    }
}

/// Answers within [`REQUEST_TIMEOUT`], whatever database and holds do. A use case that must not stop
/// half way runs on by itself ([`run_detached`]); repeating the request finds what became of it.
async fn with_timeout(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match tokio::time::timeout(REQUEST_TIMEOUT, next.call(request)).await {
        Ok(answer) => answer,
        Err(elapsed) => {
            let cause = format!(
                "no answer within {REQUEST_TIMEOUT:?}: {elapsed}; what was begun may still be done, a repeat finds out"
            );
            Err(Problem::new(&types::UNAVAILABLE).retry_after(5).caused_by(cause).into())
        }
    }
}

fn not_found() -> Problem {
    Problem::new(&types::NOT_FOUND)
}
