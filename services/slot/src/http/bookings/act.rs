//! `POST /v1/bookings/{id}/check-in`, `call`, `serve`, `miss`, `park`, `requeue`: staff only.

use actix_web::{HttpResponse, Resource, web};
use auth::{Role, Staff};
use booking::state::Action;
use ids::BookingId;
use problem::Problem;

use crate::{
    app::{BookingView, act_at_desk::act_at_desk, list_bookings::Reader},
    http::{Slots, to_the_end},
};

/// The resource of one action, for example `/bookings/{id}/check-in`.
pub(super) fn resource(verb: &str, action: Action) -> Resource {
    let handler = move |slots, staff, id| act(slots, staff, id, action);
    crate::http::resource(&format!("/bookings/{{id}}/{verb}"), "POST")
        .route(web::post().to(handler))
}

async fn act(
    slots: Slots,
    staff: Staff,
    id: web::Path<BookingId>,
    action: Action,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let reader = Reader::staff(staff.id, staff.reach);
    let done = async move { act_at_desk(&slots, &reader, *id, action).await };
    let booking = to_the_end(done).await?;
    Ok(HttpResponse::Ok().json(BookingView::from(&booking)))
}
