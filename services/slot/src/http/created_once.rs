//! Answers to requests that may be repeated.

use actix_web::HttpResponse;
use serde::Serialize;

use crate::app::Once;

/// 201 with what was made, 200 if it was made before.
pub(super) fn created_once<T, V: Serialize>(
    outcome: Once<T>,
    view: impl FnOnce(T) -> V,
) -> HttpResponse {
    match outcome {
        Once::Now(made) => HttpResponse::Created().json(view(made)),
        Once::Before(made) => HttpResponse::Ok().json(view(made)),
    }
}
