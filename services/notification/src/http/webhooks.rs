//! An agency's webhooks with one authority: `/v1/{authority}/webhooks`.

pub(super) mod actions;
pub(super) mod create;
pub(super) mod list;
pub(super) mod remove;
pub(super) mod replace;
pub(super) mod replay;

use actix_web::{HttpRequest, Route, web};
use auth::{Agency, Verifier, scope::EVENTS_SUBSCRIBE};
use ids::{AuthorityId, SubscriptionId};
use problem::{Problem, body::invalid, resource_without_query, types};
use vocabulary::EventKind;

use crate::{
    app::webhooks::manage::WebhookError,
    webhook::{replay::Ahead, signature::TooManySecrets, subscription::Owner},
};

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

/// The `Idempotency-Key` of a request that may come again.
fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get("idempotency-key") else { return Ok(None) };
    let is_visible = |text: &&str| {
        (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
    };
    let key = value.to_str().ok().filter(is_visible).map(|key| Some(key.to_owned()));
    key.ok_or_else(|| invalid("Idempotency-Key", "1 to 64 visible ASCII characters"))
}

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        match &error {
            WebhookError::Url(refused) => invalid("url", &refused.to_string()),
            WebhookError::UnknownKind => {
                let known = EventKind::ALL.map(EventKind::as_str).join(", ");
                invalid("events", &format!("must be of {known}"))
            }
            WebhookError::Batch(out) => invalid("batch", &out.to_string()),
            WebhookError::Contact => invalid(
                "contact.email",
                "not an e-mail address; write it like webhooks@agency.example",
            ),
            WebhookError::TooManySecrets(TooManySecrets { seconds }) => {
                Self::new(&types::RATE_LIMITED).detail(error.to_string()).retry_after(*seconds)
            }
            WebhookError::TooMany => Self::new(&types::WEBHOOK_LIMIT).detail(error.to_string()),
            WebhookError::UnknownEvent => {
                Self::new(&types::UNKNOWN_EVENT).detail(error.to_string()).with("field", "event")
            }
            WebhookError::Removed => Self::new(&types::WEBHOOK_REMOVED),
            WebhookError::SecretReplaced => Self::new(&types::SECRET_REPLACED),
            WebhookError::Ahead(Ahead { newest }) => {
                Self::new(&types::CURSOR_AHEAD).detail(error.to_string()).with("newest", *newest)
            }
            WebhookError::OtherRequest => Self::new(&types::IDEMPOTENCY_MISMATCH),
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
