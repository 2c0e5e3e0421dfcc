//! `GET /v1/{authority}/undelivered`: staff see whom a message has not reached, and why.

use actix_web::{HttpResponse, web};
use auth::{Role, Staff};
use ids::AuthorityId;
use problem::{Problem, types};
use serde_json::json;
use store::Database;

use super::webhooks::Audience;
use crate::store::messages;

/// One route per authority: each accepts only tokens for itself.
pub(super) fn routes(config: &mut web::ServiceConfig, database: &Database, audiences: &[Audience]) {
    for audience in audiences {
        let scope = web::scope(&format!("/v1/{}/undelivered", audience.authority))
            .app_data(web::Data::new(audience.verifier.clone()))
            .app_data(web::Data::new(audience.authority.clone()))
            .app_data(web::Data::new(database.clone()))
            .route("", web::get().to(list));
        config.service(scope);
    }
}

async fn list(
    staff: Staff,
    authority: web::Data<AuthorityId>,
    database: web::Data<Database>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let troubled = messages::undelivered(&database, &authority).await;
    let troubled = troubled.map_err(|error| Problem::new(&types::INTERNAL).caused_by(error))?;
    Ok(HttpResponse::Ok().json(json!({ "undelivered": troubled })))
}
