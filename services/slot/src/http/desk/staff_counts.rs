//! `GET /v1/desk/staff-counts`

use actix_web::HttpResponse;
use auth::{Reach, Role, Staff};
use ids::StaffId;
use jiff::{ToSpan as _, civil::Date};
use problem::{Problem, types};
use reference::schema_of;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::read_staff_counts::read_staff_counts,
    domain::{CountedAct, StaffCount},
    http::{Slots, body::invalid, query::Query},
};

/// Most days in one answer: as long as counts are kept.
const LONGEST_DAYS: i32 = 90;

/// Counted acts of members of staff.
#[derive(Serialize, ToSchema)]
#[schema(as = StaffCounts)]
struct CountsView {
    /// By day.
    counts: Vec<CountView>,
}

/// One act of one member of staff on one day.
#[derive(Serialize, ToSchema)]
#[schema(as = StaffCount)]
struct CountView {
    /// The pseudonym of the account at this authority, as in the audit log.
    staff: StaffId,
    /// The local day.
    #[schema(value_type = String, format = Date, example = "2026-12-07")]
    date: Date,
    #[schema(schema_with = schema_of::<CountedAct>)]
    act: CountedAct,
    number: u32,
}

impl From<StaffCount> for CountView {
    fn from(StaffCount { staff, date, act, number }: StaffCount) -> Self {
        Self { staff, date, act, number }
    }
}

/// Read the counted acts of members of staff
///
/// For data protection, and for supervisors of the whole authority. The counts serve the control of abuse
/// alone. They are deleted after 90 days, and each reading is in the audit log. Any other use needs the
/// consent of the staff council.
#[utoipa::path(
    get, path = "/v1/desk/staff-counts", tag = "Front desk", operation_id = "readStaffCounts",
    params(
        ("from" = String, Query, format = Date, description = "First local day.", example = "2026-12-07"),
        ("to" = String, Query, format = Date, description = "Last local day, at most 90 days later.", example = "2026-12-18"),
    ),
    responses((status = 200, description = "By day.", body = CountsView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([]))),
)]
pub(super) async fn read(
    slots: Slots,
    staff: Staff,
    query: Query,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Supervisor, Role::DataProtection])?;
    let query = query.only(&["from", "to"])?;
    let (from, to) = (query.day("from")?, query.day("to")?);
    if to < from || to > from.saturating_add(LONGEST_DAYS.days()) {
        return Err(invalid("to", "must be a day up to 90 days after `from`"));
    }
    if !staff.roles.contains(&Role::DataProtection) && staff.reach != Reach::Everywhere {
        return Err(Problem::new(&types::FORBIDDEN)
            .detail("This is for data protection and for supervisors of the whole authority."));
    }
    let counts = read_staff_counts(&slots, staff.id, from, to).await?;
    let counts = counts.into_iter().map(CountView::from).collect();
    Ok(HttpResponse::Ok().json(CountsView { counts }))
}
