//! `/v1/desk/cases/{code}`: what takes two members of staff.

use actix_web::{HttpResponse, web};
use auth::Staff;
use ids::{CaseCode, LocationId, ServiceId, StaffId};
use problem::Problem;
use reference::schema_of;
use serde::Serialize;
use utoipa::ToSchema;

use super::{bookings::AttendeeView, desk_staff};
use crate::{
    app::{
        proposal::{LaterAct, LaterSeat, Proposal},
        two_staff::{approve_case, read_case},
    },
    domain::{CountedAct, DeskCase, ReasonCode},
    http::{Slots, body::NoBody, local_time::LocalTime, run_detached, wanted_seats::WishView},
};

/// A case: an act of a colleague that needs approval.
#[derive(Serialize, ToSchema)]
#[schema(as = DeskCase)]
struct CaseView {
    code: CaseCode,
    #[schema(schema_with = schema_of::<CountedAct>)]
    act: CountedAct,
    /// `proposed`, `approved` or `done`.
    state: &'static str,
    /// Whether the reader asked for it: then only a colleague can approve.
    is_own: bool,
    location: LocationId,
    services: Vec<ServiceId>,
    /// When the appointment begins, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<LocalTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<ReasonView>,
    /// To compare with the document, if it is about a booking.
    #[serde(skip_serializing_if = "Option::is_none")]
    attendee: Option<AttendeeView>,
    /// The draw or the waiting list, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    later_seat: Option<LaterSeatView>,
    opened_at: LocalTime,
}

/// A draw or a waiting list, of the service of the case.
#[derive(Serialize, ToSchema)]
#[schema(as = LaterSeatOfCase)]
struct LaterSeatView {
    /// `enter-draw` or `join-waiting-list`, or to change what a desk stated before; `withdraw-from-draw` (or
    /// decline what was drawn); `leave-waiting-list`.
    #[schema(value_type = String, example = "enter-draw")]
    what: LaterAct,
    /// The Monday of the week whose seats are drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-18")]
    week: Option<String>,
    /// How many come together.
    people: u16,
    /// What the person wishes, the best first.
    wishes: Vec<WishView>,
}

impl From<LaterSeat> for LaterSeatView {
    fn from(later: LaterSeat) -> Self {
        Self {
            what: later.what,
            week: later.week.map(|monday| monday.to_string()),
            people: later.people,
            wishes: later.wishes.iter().map(WishView::from).collect(),
        }
    }
}

/// The reason that the colleague stated.
#[derive(Serialize, ToSchema)]
#[schema(as = GivenReason)]
struct ReasonView {
    #[schema(schema_with = schema_of::<ReasonCode>)]
    code: ReasonCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl CaseView {
    fn new(case: DeskCase, proposal: Option<Proposal>, reader: StaffId) -> Self {
        let (visitor, later) = match proposal {
            Some(Proposal { visitor, later }) => (Some(visitor), later),
            None => (None, None),
        };
        Self {
            code: case.code,
            act: case.act,
            state: case.state.as_str(),
            is_own: case.proposed_by == reader,
            location: case.location,
            services: case.services,
            start: case.start.map(LocalTime),
            reason: case.reason.map(|why| ReasonView { code: why.code, note: why.note }),
            attendee: visitor.map(AttendeeView::from),
            later_seat: later.map(LaterSeatView::from),
            opened_at: LocalTime(case.opened_at),
        }
    }
}

/// The state after the approval.
#[derive(Serialize, ToSchema)]
#[schema(as = DeskCaseState)]
struct StateView {
    code: CaseCode,
    /// `approved`: the colleague sends the request again.
    state: &'static str,
}

/// Read a case that needs your approval
///
/// A case about a booking has the name, to compare with the document. A case about a draw or a waiting list
/// has the wishes.
#[utoipa::path(
    get, path = "/v1/desk/cases/{code}", tag = "Front desk", operation_id = "readDeskCase",
    params(("code" = CaseCode, Path, description = "As the colleague says it.")),
    responses((status = 200, description = "The case.", body = CaseView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["not-found"]))),
)]
pub(super) async fn read(
    slots: Slots,
    staff: Staff,
    code: web::Path<CaseCode>,
) -> Result<HttpResponse, Problem> {
    let reader = desk_staff(staff)?;
    let (case, proposal) = read_case(&slots, &reader, *code).await?;
    Ok(HttpResponse::Ok().json(CaseView::new(case, proposal, reader.id)))
}

/// Approve a case
///
/// It must be a colleague's: your own case is refused with `second-person-needed`, whichever roles you have.
/// After the approval the colleague sends their request again. The audit log names both.
#[utoipa::path(
    post, path = "/v1/desk/cases/{code}/approval", tag = "Front desk", operation_id = "approveDeskCase",
    params(("code" = CaseCode, Path, description = "As the colleague says it.")),
    responses((status = 200, description = "Approved.", body = StateView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "not-found", "second-person-needed", "case-state"]))),
)]
pub(super) async fn approve(
    slots: Slots,
    staff: Staff,
    code: web::Path<CaseCode>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let colleague = desk_staff(staff)?;
    let approving = async move { approve_case(&slots, &colleague, *code).await };
    let case = run_detached(approving).await?;
    Ok(HttpResponse::Ok().json(StateView { code: case.code, state: case.state.as_str() }))
}
