//! `POST /v1/entitlements/{id}/withdraw`

use std::borrow::Cow;

use actix_web::{HttpResponse, web};
use auth::{Agency, scope};
use ids::EntitlementId;
use problem::Problem;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    app::withdraw_entitlement::{Standing, Withdrawn, withdraw_entitlement},
    http::{
        Slots,
        body::{Body, invalid},
        line::Reason,
        run_detached,
        values::{self, FromText},
    },
};

/// What becomes of the appointments that stand on it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementWithdrawal)]
pub(in crate::http) struct Withdrawal {
    /// Whether appointments to come are kept or cancelled.
    bookings: StandingBookings,
    #[serde(default)]
    #[schema(schema_with = why)]
    reason: Option<Reason>,
}

/// What becomes of appointments.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
enum StandingBookings {
    /// They stay.
    Keep,
    /// They are cancelled, and their persons get a message.
    Cancel,
}

impl FromText for StandingBookings {
    fn expected() -> Cow<'static, str> {
        "`keep` or `cancel`".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        match text {
            "keep" => Some(Self::Keep),
            "cancel" => Some(Self::Cancel),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for StandingBookings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        values::deserialize(deserializer)
    }
}

fn why() -> RefOr<Schema> {
    Reason::optional_schema("Why, as people read it in the message; only with `cancel`.")
}

/// What was withdrawn.
#[derive(Serialize, ToSchema)]
#[schema(as = WithdrawnEntitlement)]
pub(in crate::http) struct WithdrawnView {
    id: EntitlementId,
    /// Appointments that this call cancelled.
    cancelled: usize,
    /// Appointments to come that stay.
    kept: usize,
}

/// Withdraw an entitlement
///
/// From now on it cannot be claimed or booked with. Posting it again changes nothing; re-issuing
/// brings it back. Done again, it cancels what is left.
#[utoipa::path(
    post, path = "/v1/entitlements/{id}/withdraw", tag = "Entitlements", operation_id = "withdrawEntitlement",
    params(("id" = EntitlementId, Path, description = "Which, as it was answered when it was posted.")),
    request_body(content = Withdrawal, example = json!({"bookings": "keep"})),
    responses((status = 200, description = "It can neither be claimed nor used any more.", body = WithdrawnView)),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!(["entitlement-not-found"]))),
)]
pub(in crate::http) async fn withdraw(
    slots: Slots,
    agency: Agency,
    id: web::Path<EntitlementId>,
    withdrawal: Body<Withdrawal>,
) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let Withdrawal { bookings, reason } = withdrawal.0;
    let standing = match (bookings, reason) {
        (StandingBookings::Keep, None) => Standing::Keep,
        (StandingBookings::Keep, Some(_)) => {
            return Err(invalid("reason", "nobody would read it: no appointment is cancelled"));
        }
        (StandingBookings::Cancel, reason) => Standing::Cancel(reason.map(|Reason(texts)| texts)),
    };
    let id = id.into_inner();
    let withdrawing =
        async move { withdraw_entitlement(&slots, &agency.client, id, standing).await };
    let Withdrawn { cancelled, kept } = run_detached(withdrawing).await?;
    Ok(HttpResponse::Ok().json(WithdrawnView { id, cancelled, kept }))
}
