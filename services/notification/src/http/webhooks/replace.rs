//! Changing a subscription.

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, SubscriptionId};
use problem::{Problem, body::Body};

use super::{create::Wanted, id, list::View, owner};
use crate::app::webhooks::manage::Webhooks;

/// Change a webhook
///
/// Replaces what is asked for as a whole: leave out what is to be as if never asked for. The secret, what waits
/// and a pause stay; events that wait already are delivered in the new way.
#[utoipa::path(
    put, path = "/v1/{authority}/webhooks/{id}", tag = "Webhooks", operation_id = "replaceWebhook",
    params(("authority" = AuthorityId, Path, description = "Whose events."), ("id" = SubscriptionId, Path, description = "Which webhook.")),
    request_body = Wanted,
    responses((status = 200, description = "The webhook as it is now.", body = View)),
    security(("agency" = ["events:subscribe"])),
)]
pub(crate) async fn replace(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    let owner = owner(agency, &authority)?;
    let (subscription, waiting) = webhooks.replace(&owner, id(&which)?, wanted.0.into()).await?;
    Ok(HttpResponse::Ok().json(View::of(subscription, waiting, webhooks.clock.now())))
}
