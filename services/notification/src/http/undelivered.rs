//! `GET /v1/{authority}/undelivered`: messages that did not reach their person, and why.

use actix_web::{HttpResponse, web};
use auth::{Role, Staff};
use ids::AuthorityId;
use jiff::Timestamp;
use problem::{Problem, types};
use serde::Serialize;

use crate::{
    app::{list_undelivered::list_undelivered, webhooks::manage::Webhooks},
    notice::Undelivered,
};

#[derive(Serialize)]
struct Listed {
    undelivered: Vec<View>,
}

#[derive(Serialize)]
struct View {
    id: String,
    /// `confirmed`, `rebooked`, `cancelled`, `reminder-1440`, `address-code`.
    kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    booking_id: String,
    /// `waiting`: it is tried again. `failed`: it was given up.
    state: String,
    reason: String,
    attempts: i32,
    created_at: Timestamp,
}

impl From<Undelivered> for View {
    fn from(message: Undelivered) -> Self {
        let Undelivered { id, kind, booking_id, state, reason, attempts, created_at } = message;
        Self { id, kind, booking_id, state, reason, attempts, created_at }
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/undelivered").route(web::get().to(list)));
}

async fn list(
    staff: Staff,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let troubled = list_undelivered(&webhooks.database, &authority).await;
    let troubled = troubled.map_err(|error| Problem::new(&types::INTERNAL).caused_by(error))?;
    let undelivered = troubled.into_iter().map(View::from).collect();
    Ok(HttpResponse::Ok().json(Listed { undelivered }))
}
