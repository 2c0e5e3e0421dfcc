//! `/v1/waiting-lists` and `/v1/waiting-list`

pub(super) mod answer;
pub(super) mod join;
pub(super) mod message;
pub(super) mod offers;
pub(super) mod own;
pub(super) mod read;
pub(super) mod view;

use actix_web::web;

use super::{OpenData, resource_without_query};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource_without_query("/waiting-lists", "GET")
                .app_data(OpenData)
                .route(web::get().to(read::handler)),
        )
        .service(resource_without_query("/waiting-list", "GET").route(web::get().to(own::read)))
        .service(
            resource_without_query("/waiting-list/entries", "POST")
                .route(web::post().to(join::handler)),
        )
        .service(
            resource_without_query("/waiting-list/entries/{id}", "DELETE")
                .route(web::delete().to(own::leave)),
        )
        .service(
            resource_without_query("/waiting-list/entries/{id}/still-waiting", "POST")
                .route(web::post().to(own::still_waiting)),
        )
        .service(
            resource_without_query("/waiting-list/offers/{id}/accept", "POST")
                .route(web::post().to(offers::accept)),
        )
        .service(
            resource_without_query("/waiting-list/offers/{id}/decline", "POST")
                .route(web::post().to(offers::decline)),
        )
        .service(
            resource_without_query("/waiting-list/messages", "POST")
                .route(web::post().to(message::handler)),
        )
        .service(
            resource_without_query("/waiting-list/answers", "POST")
                .route(web::post().to(answer::handler)),
        );
}
