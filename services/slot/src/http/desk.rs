//! `/v1/desk`: for staff.

mod bookings;
mod on_behalf;
mod queue;

use actix_web::web;

use super::resource;
use crate::app::walk_in_queue::TicketAction;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource("/desk/bookings", "GET, POST")
                .route(web::get().to(bookings::search))
                .route(web::post().to(on_behalf::confirm)),
        )
        .service(
            resource("/desk/bookings/{id}/cancel", "POST").route(web::post().to(bookings::cancel)),
        )
        .service(resource("/desk/holds", "POST").route(web::post().to(on_behalf::hold)))
        .service(
            resource("/desk/queue", "GET, POST")
                .route(web::get().to(queue::list))
                .route(web::post().to(queue::issue)),
        )
        .service(queue::resource("call", TicketAction::Call))
        .service(queue::resource("serve", TicketAction::Serve))
        .service(queue::resource("miss", TicketAction::Miss))
        .service(queue::resource("requeue", TicketAction::Requeue));
}
