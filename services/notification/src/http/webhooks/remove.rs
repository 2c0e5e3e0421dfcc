//! Unsubscribing.

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, SubscriptionId};
use problem::Problem;

use super::{id, owner};
use crate::app::webhooks::manage::Webhooks;

/// Unsubscribe
#[utoipa::path(
    delete, path = "/v1/{authority}/webhooks/{id}", tag = "Webhooks", operation_id = "deleteWebhook",
    params(("authority" = AuthorityId, Path, description = "Whose events."), ("id" = SubscriptionId, Path, description = "Which webhook.")),
    responses((status = 204, description = "Nothing more is delivered. A repeat within a day is answered alike.")),
    security(("agency" = ["events:subscribe"])),
)]
pub(crate) async fn remove(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    webhooks.remove(&owner(agency, &authority)?, id(&which)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
