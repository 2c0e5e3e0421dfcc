//! `/v1/bookings`

pub(super) mod act;
pub(super) mod cancel;
pub(super) mod confirm;
pub(super) mod read;

use actix_web::web;

use super::resource_without_query;

pub(in crate::http) use confirm::answer;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource_without_query("/bookings", "GET, POST")
                .route(web::get().to(read::list))
                .route(web::post().to(confirm::handler)),
        )
        .service(resource_without_query("/bookings/{id}", "GET").route(web::get().to(read::one)))
        .service(
            resource_without_query("/bookings/{id}/cancel", "POST")
                .route(web::post().to(cancel::handler)),
        )
        .service(
            resource_without_query("/bookings/{id}/{action}", "POST")
                .route(web::post().to(act::handler)),
        );
}
