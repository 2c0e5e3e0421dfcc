//! `GET /v1/{authority}/undelivered`: messages that did not reach their person, and why.

use actix_web::{HttpResponse, web};
use auth::{Role, Staff};
use ids::AuthorityId;
use problem::{Problem, types};
use serde_json::json;

use crate::{app::webhooks::manage::Webhooks, store::messages};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/undelivered").route(web::get().to(list)));
}

async fn list(
    staff: Staff,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let troubled = messages::undelivered(&webhooks.database, &authority).await;
    let troubled = troubled.map_err(|error| Problem::new(&types::INTERNAL).caused_by(error))?;
    Ok(HttpResponse::Ok().json(json!({ "undelivered": troubled })))
}
