//! An agency's webhooks with one authority: `/v1/{authority}/webhooks`.

pub(super) mod actions;
pub(super) mod create;
pub(super) mod list;
pub(super) mod remove;
pub(super) mod replace;
pub(super) mod replay;

use actix_web::{Route, web};
use auth::{Agency, Verifier, scope::EVENTS_SUBSCRIBE};
use ids::{AuthorityId, SubscriptionId};
use problem::{Problem, resource_without_query, types};

use crate::{app::webhooks::manage::WebhookError, webhook::subscription::Owner};

/// When to come again after the database did not answer, in seconds.
const RETRY_SECONDS: u64 = 5;

/// An authority with the verifier of the tokens that are meant for it.
#[derive(Debug, Clone)]
pub(crate) struct Audience {
    pub(crate) authority: AuthorityId,
    pub(crate) verifier: Verifier,
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    let act = |path: &str, action: Route| resource_without_query(path, "POST").route(action);
    config
        .service(
            resource_without_query("/webhooks", "GET, POST")
                .route(web::post().to(create::subscribe))
                .route(web::get().to(list::list)),
        )
        .service(
            resource_without_query("/webhooks/{id}", "DELETE, GET, PUT")
                .route(web::get().to(list::read))
                .route(web::put().to(replace::replace))
                .route(web::delete().to(remove::remove)),
        )
        .service(act("/webhooks/{id}/rotate", web::post().to(actions::rotate)))
        .service(act("/webhooks/{id}/ping", web::post().to(actions::ping)))
        .service(act("/webhooks/{id}/resume", web::post().to(actions::resume)))
        .service(act("/webhooks/{id}/replay", web::post().to(replay::replay)));
}

pub(super) fn owner(agency: Agency, authority: &AuthorityId) -> Result<Owner, Problem> {
    agency.require_scope(EVENTS_SUBSCRIBE)?;
    Ok(Owner { authority: authority.clone(), client: agency.client })
}

fn id(text: &str) -> Result<SubscriptionId, Problem> {
    text.parse().map_err(|_| Problem::new(&types::NOT_FOUND))
}

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        match &error {
            WebhookError::Url(_)
            | WebhookError::UnknownKind
            | WebhookError::Batch(_)
            | WebhookError::Contact => Self::new(&types::INVALID_REQUEST).detail(error.to_string()),
            WebhookError::TooMany => Self::new(&types::WEBHOOK_LIMIT).detail(error.to_string()),
            WebhookError::UnknownEvent => {
                Self::new(&types::UNKNOWN_EVENT).detail(error.to_string()).with("field", "event")
            }
            WebhookError::OtherReplay => Self::new(&types::IDEMPOTENCY_MISMATCH),
            WebhookError::NotFound => Self::new(&types::NOT_FOUND).detail(error.to_string()),
            // The database is away or busy: the same request may work in a moment.
            WebhookError::Store(_) => {
                Self::new(&types::UNAVAILABLE).retry_after(RETRY_SECONDS).caused_by(error)
            }
            WebhookError::Seal(_) | WebhookError::MalformedSecret => {
                Self::new(&types::INTERNAL).caused_by(error)
            }
        }
    }
}
