//! `/v1/draws`

pub(super) mod answer;
pub(super) mod end;
pub(super) mod enter;
pub(super) mod own;
pub(super) mod proof;
pub(super) mod read;
pub(super) mod view;

use actix_web::web;

use super::{OpenData, resource_without_query};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource_without_query("/draws", "GET")
                .app_data(OpenData)
                .route(web::get().to(read::list)),
        )
        .service(
            resource_without_query("/draws/{id}", "GET")
                .app_data(OpenData)
                .route(web::get().to(read::one)),
        )
        .service(
            resource_without_query("/draws/{id}/proof", "GET")
                .app_data(OpenData)
                .route(web::get().to(proof::handler)),
        )
        .service(
            resource_without_query("/draws/{id}/ends/{serial}", "GET")
                .app_data(OpenData)
                .route(web::get().to(end::handler)),
        )
        .service(
            resource_without_query("/draws/{id}/entries", "POST")
                .route(web::post().to(enter::handler)),
        )
        .service(
            resource_without_query("/draws/{id}/entries/own", "DELETE, GET")
                .route(web::get().to(own::read))
                .route(web::delete().to(own::withdraw)),
        )
        .service(
            resource_without_query("/draws/{id}/entries/own/end", "GET")
                .route(web::get().to(own::end)),
        )
        .service(
            resource_without_query("/draws/{id}/entries/own/accept", "POST")
                .route(web::post().to(answer::accept)),
        )
        .service(
            resource_without_query("/draws/{id}/entries/own/decline", "POST")
                .route(web::post().to(answer::decline)),
        );
}
