//! Unsubscribing.

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::AuthorityId;
use problem::Problem;

use super::{id, owner};
use crate::app::webhooks::manage::Webhooks;

pub(super) async fn remove(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    webhooks.remove(&owner(agency, &authority)?, id(&which)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
