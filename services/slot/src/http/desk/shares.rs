//! `GET /v1/desk/shares`

use actix_web::HttpResponse;
use auth::{Role, Staff};
use ids::{LocationId, ServiceId};
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::read_shares::{ServiceShares, Shares, read_shares},
    domain::Binding,
    http::{Slots, month::Month, query::Query},
};

/// The bindings of the bookings of a month. It names no member of staff.
#[derive(Serialize, ToSchema)]
#[schema(as = Shares)]
struct SharesView {
    #[schema(example = "2026-11")]
    month: String,
    /// By service. A visit for several services counts for each.
    services: Vec<ServiceView>,
    /// Persons whose limits staff lifted.
    limits_lifted: u32,
}

/// One service.
#[derive(Serialize, ToSchema)]
#[schema(as = SharesOfService)]
struct ServiceView {
    service: ServiceId,
    /// By the person's own log-in, or a program that they let act for them.
    online: u32,
    /// By staff, for a person with their own online ID at the desk.
    with_card: u32,
    /// By staff, for a person whose document one member of staff saw.
    vouched: u32,
    /// By staff, for a person whose document two members of staff saw.
    vouched_by_two: u32,
    /// By staff, by phone; the document is compared at the visit.
    by_phone: u32,
    /// Numbers that were called before earlier ones.
    queue_jumps: u32,
}

impl ServiceView {
    fn new((service, shares): (ServiceId, ServiceShares)) -> Self {
        let of = |binding| shares.bookings.get(&binding).copied().unwrap_or_default();
        Self {
            service,
            online: of(Binding::Online),
            with_card: of(Binding::Card),
            vouched: of(Binding::Vouched),
            vouched_by_two: of(Binding::VouchedByTwo),
            by_phone: of(Binding::Phone) + of(Binding::PhoneCompared),
            queue_jumps: shares.queue_jumps,
        }
    }
}

/// Read how much rests on staff
///
/// For supervisors, at their locations: the bindings of the bookings of a month by service, the number of
/// lifted limits, and the numbers that were called before earlier ones. A booking counts on the day of its
/// appointment. Names of staff are left out. Small counts are shown; only the open statistics suppress them.
#[utoipa::path(
    get, path = "/v1/desk/shares", tag = "Front desk", operation_id = "readShares",
    params(
        ("month" = String, Query, description = "Which month.", example = "2026-11", pattern = "^[0-9]{4}-[0-9]{2}$"),
        ("location" = Option<LocationId>, Query, description = "Only there; everywhere if left out."),
    ),
    responses((status = 200, description = "The month so far.", body = SharesView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["unknown-location"]))),
)]
pub(super) async fn read(
    slots: Slots,
    staff: Staff,
    query: Query,
) -> Result<HttpResponse, Problem> {
    staff.require_role(Role::Supervisor)?;
    let query = query.only(&["month", "location"])?;
    let Month(first) = query.one("month")?;
    let location: Option<LocationId> = query.optional("location")?;
    let Shares { services, limits_lifted } =
        read_shares(&slots, &staff.reach, location.as_ref(), first).await?;
    Ok(HttpResponse::Ok().json(SharesView {
        month: first.strftime("%Y-%m").to_string(),
        services: services.into_iter().map(ServiceView::new).collect(),
        limits_lifted,
    }))
}
