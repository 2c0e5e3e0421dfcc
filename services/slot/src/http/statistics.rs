//! `/v1/statistics`: public, about days and months.

mod csv;
pub(super) mod days;
mod format;
pub(super) mod months;

use actix_web::web;

use super::resource;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/statistics", "GET").route(web::get().to(days::read)))
        .service(resource("/statistics/months", "GET").route(web::get().to(months::read)));
}
