//! The HTTP API, version 1. Handlers are thin: authorise, parse, one call, map.

mod availability;
mod body;
mod bookings;
mod catalogue;
mod desk;
mod entitlements;
mod holds;
mod idempotency_key;
mod problem;
mod query;

use ::problem::{Problem, types};
use std::future::ready;

use actix_web::{
    HttpResponse, Resource, ResponseError as _,
    http::header::{ALLOW, HeaderValue},
    web,
};

use crate::app::Engine;

/// The engine, as handlers take it.
type Slots = web::Data<Engine>;

/// Adds everything below `/v1`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .app_data(web::PayloadConfig::new(body::LONGEST))
        .app_data(web::PathConfig::default().error_handler(|_, _| not_found().into()))
        .service(
            web::scope("/v1")
                .configure(catalogue::routes)
                .configure(availability::routes)
                .configure(holds::routes)
                .configure(bookings::routes)
                .configure(desk::routes)
                .configure(entitlements::routes),
        )
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

fn not_found() -> Problem {
    Problem::new(&types::NOT_FOUND)
}
