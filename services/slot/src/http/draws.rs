//! `/v1/draws`

pub(super) mod enter;
pub(super) mod own;
pub(super) mod proof;
pub(super) mod read;
mod view;

use actix_web::web;

use super::resource;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/draws", "GET").route(web::get().to(read::list)))
        .service(resource("/draws/{id}", "GET").route(web::get().to(read::one)))
        .service(resource("/draws/{id}/proof", "GET").route(web::get().to(proof::handler)))
        .service(resource("/draws/{id}/entries", "POST").route(web::post().to(enter::handler)))
        .service(
            resource("/draws/{id}/entries/own", "DELETE, GET")
                .route(web::get().to(own::read))
                .route(web::delete().to(own::withdraw)),
        );
}
