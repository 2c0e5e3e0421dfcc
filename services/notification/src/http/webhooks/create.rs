//! Subscribing.

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::AuthorityId;
use problem::Problem;
use serde::Deserialize;

use super::{list::View, owner};
use crate::app::webhooks::manage::{Webhooks, Wish};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    url: String,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    services: Vec<String>,
}

pub(super) async fn subscribe(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    body: web::Json<Body>,
) -> Result<HttpResponse, Problem> {
    let Body { url, events, services } = body.into_inner();
    let wish = Wish { url, events, services };
    let (subscription, secrets) = webhooks.subscribe(owner(agency, &authority)?, wish).await?;
    let mut view = View::of(subscription, 0);
    view.secret = Some(secrets.reveal().to_owned());
    Ok(HttpResponse::Created().json(view))
}
