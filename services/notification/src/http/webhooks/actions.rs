//! What else an agency can do with a webhook.

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::AuthorityId;
use problem::Problem;
use serde::Deserialize;
use serde_json::json;

use super::{id, owner};
use crate::app::webhooks::manage::Webhooks;

pub(super) async fn rotate(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let secrets = webhooks.rotate(&owner(agency, &authority)?, id(&which)?).await?;
    Ok(HttpResponse::Ok().json(json!({ "secret": secrets.reveal() })))
}

pub(super) async fn ping(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    webhooks.ping(&owner(agency, &authority)?, id(&which)?).await?;
    Ok(HttpResponse::Accepted().finish())
}

pub(super) async fn resume(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    webhooks.resume(&owner(agency, &authority)?, id(&which)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cursor {
    /// The `sequence` of the last event that the agency has; 0 for all.
    after: i64,
}

pub(super) async fn replay(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
    cursor: web::Json<Cursor>,
) -> Result<HttpResponse, Problem> {
    let owner = owner(agency, &authority)?;
    let replayed = webhooks.replay(&owner, id(&which)?, cursor.after).await?;
    Ok(HttpResponse::Accepted().json(json!({ "replayed": replayed })))
}
