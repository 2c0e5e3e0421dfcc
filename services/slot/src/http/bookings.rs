//! `/v1/bookings`

mod act;
mod cancel;
mod confirm;
mod read;

use actix_web::web;
use booking::state::Action;

use super::resource;

pub(in crate::http) use confirm::answer;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource("/bookings", "GET, POST")
                .route(web::get().to(read::list))
                .route(web::post().to(confirm::handler)),
        )
        .service(resource("/bookings/{id}", "GET").route(web::get().to(read::one)))
        .service(resource("/bookings/{id}/cancel", "POST").route(web::post().to(cancel::handler)))
        .service(act::resource("check-in", Action::CheckIn))
        .service(act::resource("call", Action::Call))
        .service(act::resource("serve", Action::Serve))
        .service(act::resource("miss", Action::Miss))
        .service(act::resource("park", Action::Park))
        .service(act::resource("requeue", Action::Requeue));
}
