//! `/v1/statistics`: public, about days and months.

mod csv;
pub(super) mod days;
mod format;
pub(super) mod months;

use actix_web::web;

use super::{OpenData, resource};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    let open = |path: &str| resource(path, "GET").app_data(OpenData);
    config
        .service(open("/statistics").route(web::get().to(days::read)))
        .service(open("/statistics/months").route(web::get().to(months::read)));
}
