//! `/v1/holds`

pub(super) mod create;
pub(super) mod release;

use actix_web::web;

use super::resource;

pub(in crate::http) use create::HoldView;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/holds", "POST").route(web::post().to(create::handler)))
        .service(resource("/holds/{id}", "DELETE").route(web::delete().to(release::handler)));
}
