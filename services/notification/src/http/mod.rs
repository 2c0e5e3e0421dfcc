//! What this service answers: health and, in a demo, the mailbox.

mod mailbox;
mod problem;

use actix_web::web;
use telemetry::Readiness;

use crate::mail::delivery::mailbox::Mailbox;

/// All routes. The mailbox exists only where messages go into it.
pub(crate) fn routes(
    config: &mut web::ServiceConfig,
    readiness: Readiness,
    mailbox: Option<Mailbox>,
) {
    telemetry::health_routes(config, readiness);
    if let Some(mailbox) = mailbox {
        config.app_data(web::Data::new(mailbox)).configure(mailbox::routes);
    }
    config.default_service(web::to(async || {
        Err::<&str, _>(::problem::Problem::new(&::problem::types::NOT_FOUND))
    }));
}
