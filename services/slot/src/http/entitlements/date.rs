//! `/v1/entitlements/{id}/date`: an agency gives dates to the applications that it put on file.

use actix_web::{HttpResponse, web};
use auth::{Agency, scope};
use ids::EntitlementId;
use problem::Problem;

use crate::{
    app::assigned_dates::{
        assign_date::{WantedDate, assign_date},
        read_dates::read_latest,
        withdraw_date::withdraw_date,
    },
    http::{
        Slots,
        assigned_dates::view::{DateToAssign, DateView},
        body::{Body, NoBody},
        created_once::created_once,
        run_detached,
    },
};

/// Give a date to an application on file
///
/// For services with `allocation` `assign`. The seat is kept until the person accepts or declines the date
/// after proving the application with a log-in; until `answer_by` at the latest. A person who has proven it
/// already gets an e-mail. The same date again changes nothing. A date that the application leaves no
/// time to answer, or that begins before it is valid, is refused (`entitlement-not-found`, `detail` says what
/// helps). Five a day can be given to one application (`rate-limited`, until `again_at`).
#[utoipa::path(
    post, path = "/v1/entitlements/{id}/date", tag = "Entitlements", operation_id = "assignDate",
    params(("id" = EntitlementId, Path, description = "Which, as it was answered when it was posted.")),
    request_body(content = DateToAssign, example = json!({"location": "keplerstrasse", "start": "2027-01-05T09:00:00+01:00"})),
    responses(
        (status = 201, description = "Given.", body = DateView),
        (status = 200, description = "Given before.", body = DateView),
    ),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!([
        "entitlement-not-found", "not-assigned", "date-already-assigned", "already-booked", "unknown-service", "unknown-location",
        "services-not-combinable", "slot-not-offered", "slot-in-past", "closed", "slot-off-grid", "slot-taken",
        "holds-unavailable", "rules"
    ]))),
)]
pub(in crate::http) async fn assign(
    slots: Slots,
    agency: Agency,
    id: web::Path<EntitlementId>,
    date: Body<DateToAssign>,
) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let (id, wanted) = (id.into_inner(), WantedDate::from(date.0));
    let assigning = async move { assign_date(&slots, &agency.client, id, wanted).await };
    Ok(created_once(run_detached(assigning).await?, DateView::from))
}

/// Read the date of an application on file
///
/// The one that was given last: whether its person has accepted it, declined it or not answered, and where
/// the appointment stands that came of it (`booking_status`).
#[utoipa::path(
    get, path = "/v1/entitlements/{id}/date", tag = "Entitlements", operation_id = "readDateOfEntitlement",
    params(("id" = EntitlementId, Path, description = "Which, as it was answered when it was posted.")),
    responses((status = 200, description = "The date.", body = DateView)),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!(["entitlement-not-found", "date-not-found"]))),
)]
pub(in crate::http) async fn read(
    slots: Slots,
    agency: Agency,
    id: web::Path<EntitlementId>,
) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let date = read_latest(&slots, &agency.client, *id).await?;
    Ok(HttpResponse::Ok().json(DateView::from(date)))
}

/// Take a date back
///
/// Possible until it is accepted. From then on it is an appointment, which is cancelled as any other.
#[utoipa::path(
    post, path = "/v1/entitlements/{id}/date/withdraw", tag = "Entitlements", operation_id = "withdrawDate",
    params(("id" = EntitlementId, Path, description = "Which, as it was answered when it was posted.")),
    responses((status = 204, description = "Taken back.")),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "entitlement-not-found", "date-not-found"]))),
)]
pub(in crate::http) async fn withdraw(
    slots: Slots,
    agency: Agency,
    id: web::Path<EntitlementId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let id = id.into_inner();
    run_detached(async move { withdraw_date(&slots, &agency.client, id).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}
