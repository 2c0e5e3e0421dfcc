//! `GET /v1/{authority}/undelivered`: messages that did not reach their person, and why.

use actix_web::{HttpResponse, web};
use auth::{Role, Staff};
use ids::AuthorityId;
use jiff::Timestamp;
use problem::{Problem, resource_without_query, types};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{list_undelivered::list_undelivered, webhooks::manage::Webhooks},
    notice::Undelivered,
};

/// Messages that did not reach their person.
#[derive(Serialize, ToSchema)]
#[schema(as = UndeliveredMessages)]
struct Listed {
    /// The newest first.
    undelivered: Vec<View>,
}

/// One of them. It says nothing about the person.
#[derive(Serialize, ToSchema)]
#[schema(as = UndeliveredMessage)]
struct View {
    id: String,
    /// `confirmed`, `rebooked`, `cancelled`, `reminder-1440`, `present-0`, `address-code`.
    kind: String,
    /// Absent if it is about no booking.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    booking_id: String,
    /// `waiting`: it is tried again. `failed`: it was given up.
    state: String,
    /// What the mail server said, or what is missing.
    reason: String,
    /// How often it was tried.
    attempts: i32,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Undelivered> for View {
    fn from(message: Undelivered) -> Self {
        let Undelivered { id, kind, booking_id, state, reason, attempts, created_at } = message;
        Self { id, kind, booking_id, state, reason, attempts, created_at }
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(resource_without_query("/undelivered", "GET").route(web::get().to(list)));
}

/// List what was not delivered
///
/// Messages about this authority's appointments that did not reach their person, and why: for the
/// front desk.
#[utoipa::path(
    get, path = "/v1/{authority}/undelivered", tag = "Undelivered messages", operation_id = "listUndelivered",
    params(("authority" = AuthorityId, Path, description = "Whose messages.")),
    responses((status = 200, description = "All of them.", body = Listed)),
    security(("staff" = ["desk"])),
)]
pub(super) async fn list(
    staff: Staff,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    let troubled = list_undelivered(&webhooks.database, &authority).await;
    let troubled = troubled.map_err(|error| Problem::new(&types::INTERNAL).caused_by(error))?;
    let undelivered = troubled.into_iter().map(View::from).collect();
    Ok(HttpResponse::Ok().json(Listed { undelivered }))
}
