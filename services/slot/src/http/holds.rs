//! `/v1/holds`

pub(super) mod create;
pub(super) mod extend;
pub(super) mod list;
pub(super) mod release;

use actix_web::web;

use super::resource_without_query;

pub(in crate::http) use create::HoldView;
pub(super) use release::Proof;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource_without_query("/holds", "GET, POST")
                .route(web::post().to(create::handler))
                .route(web::get().to(list::handler)),
        )
        .service(
            resource_without_query("/holds/{id}", "DELETE")
                .route(web::delete().to(release::handler)),
        )
        .service(
            resource_without_query("/holds/{id}/extend", "POST")
                .route(web::post().to(extend::handler)),
        );
}
