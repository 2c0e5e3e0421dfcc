//! `/v1/assigned-dates`: dates that the office gave to the applications of the person who is logged in.

pub(super) mod accept;
pub(super) mod decline;
pub(super) mod own;
pub(super) mod view;

use actix_web::web;

use super::resource_without_query;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource_without_query("/assigned-dates", "GET").route(web::get().to(own::read)))
        .service(
            resource_without_query("/assigned-dates/{id}/accept", "POST")
                .route(web::post().to(accept::handler)),
        )
        .service(
            resource_without_query("/assigned-dates/{id}/decline", "POST")
                .route(web::post().to(decline::handler)),
        );
}
