//! `/v1/desk`: for staff.

pub(super) mod accept_date;
pub(super) mod assigned_dates;
pub(super) mod bookings;
pub(super) mod calendar;
pub(super) mod cases;
pub(super) mod catalogue;
pub(super) mod closings;
pub(super) mod draw_calls;
pub(super) mod draws;
pub(super) mod entitlements;
mod later_seat;
pub(super) mod limits;
pub(super) mod on_behalf;
pub(super) mod queue;
pub(super) mod reason;
pub(super) mod shares;
pub(super) mod staff_counts;
pub(super) mod waiting_list;

use actix_web::web;
use auth::{Role, Staff};
use problem::Problem;

use super::{resource, resource_without_query};
use crate::app::DeskStaff;

/// A clerk or a supervisor.
fn desk_staff(staff: Staff) -> Result<DeskStaff, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    Ok(DeskStaff { id: staff.id, reach: staff.reach })
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource("/desk/assigned-dates", "GET, POST")
                .route(web::get().to(assigned_dates::list))
                .route(web::post().to(assigned_dates::assign)),
        )
        .service(
            resource_without_query("/desk/assigned-dates/{id}/accept", "POST")
                .route(web::post().to(accept_date::accept)),
        )
        .service(
            resource_without_query("/desk/assigned-dates/{id}/withdraw", "POST")
                .route(web::post().to(assigned_dates::withdraw)),
        )
        .service(
            resource("/desk/bookings", "GET, POST")
                .route(web::get().to(bookings::search))
                .route(web::post().to(on_behalf::confirm)),
        )
        .service(
            resource_without_query("/desk/bookings/{id}/cancel", "POST")
                .route(web::post().to(bookings::cancel)),
        )
        .service(resource("/desk/calendar", "GET").route(web::get().to(calendar::read)))
        .service(
            resource_without_query("/desk/cases/{code}", "GET").route(web::get().to(cases::read)),
        )
        .service(
            resource_without_query("/desk/cases/{code}/approval", "POST")
                .route(web::post().to(cases::approve)),
        )
        .service(
            resource_without_query("/desk/catalogue", "GET").route(web::get().to(catalogue::show)),
        )
        .service(
            resource_without_query("/desk/closings", "POST").route(web::post().to(closings::close)),
        )
        .service(resource("/desk/draws/calls", "GET").route(web::get().to(draw_calls::calls)))
        .service(
            resource_without_query("/desk/draws/{id}/entries/{entry}/accept", "POST")
                .route(web::post().to(draw_calls::accept)),
        )
        .service(
            resource_without_query("/desk/draws/{id}/entries/{entry}/decline", "POST")
                .route(web::post().to(draw_calls::decline)),
        )
        .service(
            resource_without_query("/desk/draws/{id}/entries/{entry}/told", "POST")
                .route(web::post().to(draw_calls::told)),
        )
        .service(
            resource_without_query("/desk/draws/entries/{entry}", "GET")
                .route(web::get().to(draws::find)),
        )
        .service(
            resource_without_query("/desk/draws/{id}/entries", "POST")
                .route(web::post().to(draws::enter)),
        )
        .service(
            resource_without_query("/desk/draws/{id}/entries/withdrawal", "POST")
                .route(web::post().to(draws::withdraw)),
        )
        .service(
            resource_without_query("/desk/entitlements/release", "POST")
                .route(web::post().to(entitlements::release)),
        )
        .service(
            resource_without_query("/desk/holds", "POST").route(web::post().to(on_behalf::hold)),
        )
        .service(
            resource_without_query("/desk/limits/lift", "POST").route(web::post().to(limits::lift)),
        )
        .service(
            resource("/desk/queue", "GET, POST")
                .route(web::get().to(queue::list))
                .route(web::post().to(queue::issue)),
        )
        .service(
            resource_without_query("/desk/queue/{id}/{action}", "POST")
                .route(web::post().to(queue::act)),
        )
        .service(resource("/desk/shares", "GET").route(web::get().to(shares::read)))
        .service(resource("/desk/staff-counts", "GET").route(web::get().to(staff_counts::read)))
        .configure(waiting_list_routes);
}

fn waiting_list_routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource("/desk/waiting-list/calls", "GET").route(web::get().to(waiting_list::calls)),
        )
        .service(
            resource_without_query("/desk/waiting-list/entries", "POST")
                .route(web::post().to(waiting_list::join)),
        )
        .service(
            resource_without_query("/desk/waiting-list/entries/{id}/withdrawal", "POST")
                .route(web::post().to(waiting_list::leave)),
        )
        .service(
            resource_without_query("/desk/waiting-list/entries/{id}/still-waiting", "POST")
                .route(web::post().to(waiting_list::still_waiting)),
        )
        .service(
            resource_without_query("/desk/waiting-list/offers/{id}/accept", "POST")
                .route(web::post().to(waiting_list::accept)),
        )
        .service(
            resource_without_query("/desk/waiting-list/offers/{id}/decline", "POST")
                .route(web::post().to(waiting_list::decline)),
        );
}
