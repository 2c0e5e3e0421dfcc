//! `/v1/log`: the public log, by the paths of C2SP `tlog-tiles`.

pub(super) mod checkpoint;
pub(super) mod document;
pub(super) mod tile;

use actix_web::web;

use super::{OpenData, resource_without_query};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource_without_query("/log/checkpoint", "GET")
                .app_data(OpenData)
                .route(web::get().to(checkpoint::handler)),
        )
        .service(
            resource_without_query("/log/tile/{level}/{tile:.+}", "GET")
                .app_data(OpenData)
                .route(web::get().to(tile::handler)),
        )
        .service(
            resource_without_query("/log/documents/{position}", "GET")
                .app_data(OpenData)
                .route(web::get().to(document::handler)),
        );
}
