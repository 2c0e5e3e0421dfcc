//! Subscribing.

use actix_web::{HttpRequest, HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, ServiceId};
use problem::{Problem, body::Body, values::or_default};
use serde::Deserialize;
use utoipa::ToSchema;
use vocabulary::{EventKind, Language};

use super::{idempotency_key, list::View, owner};
use crate::{
    app::webhooks::{
        made::Subscribed,
        manage::{NewSubscription, Webhooks},
        notify::Contact,
    },
    webhook::subscription::Ordering,
};

/// What is to be delivered, where and how.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookRequest)]
pub(crate) struct Wanted {
    /// `https`, at a public address unless the operator allows others.
    #[schema(example = "https://agency.example/fairtermin")]
    url: String,
    /// Which events; all if left out.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = Option<Vec<EventKind>>)]
    events: Vec<String>,
    /// Of which services, by their ids of `GET /v1/services` at the authority; all if left out. A number of
    /// the Berlin catalogue is taken as well. No list of services is kept here: of an id that no authority has
    /// nothing is delivered but events that concern no known service, such as `booking-attended`.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = Option<Vec<ServiceId>>)]
    services: Vec<ServiceId>,
    /// `booking` if left out: the events of one booking in the order in which they happened. With `none`
    /// no event waits for an earlier one; `data.order` shows which is newer.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = Option<Ordering>)]
    ordering: Ordering,
    /// Several events in one delivery; one each if left out.
    batch: Option<BatchRequest>,
    /// The person who gets an e-mail when this webhook is paused because the receiver failed for hours.
    contact: Option<ContactRequest>,
}

/// How events are gathered. The body is a JSON array of CloudEvents, oldest first; one signature is over
/// all of it, and `webhook-id` is the batch's. An answer of 2xx takes all of its events, any other answer
/// takes none: they come again, in smaller batches.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookBatch)]
pub(crate) struct BatchRequest {
    /// The most events in one delivery.
    #[schema(minimum = 1, maximum = 100, example = 50)]
    max_events: u64,
    /// How many seconds an event waits for others at most; 0 if left out.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = Option<u64>, minimum = 0, maximum = 60, example = 5)]
    max_seconds: u64,
}

/// An address for notices.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookContact)]
pub(crate) struct ContactRequest {
    /// Of a team rather than of a person.
    #[schema(example = "webhooks@agency.example", max_length = 254)]
    email: String,
    /// In which language, by its tag, for example `de` or `de-easy`: one that this service writes;
    /// `de` if left out.
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
}

impl From<Wanted> for NewSubscription {
    fn from(wanted: Wanted) -> Self {
        let Wanted { url, events, services, ordering, batch, contact } = wanted;
        Self {
            url,
            events,
            services: services.iter().map(ToString::to_string).collect(),
            ordering,
            batch: batch.map(|batch| (batch.max_events, batch.max_seconds)),
            contact: contact.map(Contact::from),
        }
    }
}

impl From<ContactRequest> for Contact {
    fn from(ContactRequest { email, language }: ContactRequest) -> Self {
        Self { email, language: language.unwrap_or(Language::German) }
    }
}

/// Subscribe
///
/// CloudEvents in JSON, signed after Standard Webhooks. Your endpoint answers 2xx within 15 seconds; what
/// it does not take is tried again for three days, so an event may come more than once with the same
/// `webhook-id`: after 5 seconds, 5 minutes, 30 minutes, 2 hours and so on. Redirects are not followed. From three
/// failures in a row on the endpoint has pauses of its own instead: one delivery at a time probes it after 5 seconds,
/// 10 seconds and so on, up to 5 minutes, until one is taken. Each pause is up to a fifth longer or shorter by chance.
/// After a 429 or 503 with `Retry-After` in seconds nothing is sent for that time at least, where more than an hour
/// counts as an hour. An endpoint that fails for 6 hours or that answers 410 is paused: its events are kept until you
/// resume it. The operator may set other times than 15 seconds and 6 hours. A client has 20 webhooks with one
/// authority at most.
#[utoipa::path(
    post, path = "/v1/{authority}/webhooks", tag = "Webhooks", operation_id = "createWebhook",
    params(
        ("authority" = AuthorityId, Path, description = "Whose events."),
        ("Idempotency-Key" = Option<String>, Header, description = "Random, 1 to 64 visible ASCII characters. For a day a repeat with the same key subscribes nothing again and is answered with the webhook as it is now; with `secret` until a rotation replaces it, and with `webhook-removed` once it was removed.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = Wanted,
    responses((status = 201, description = "Deliveries begin. `secret` is shown this once.", body = View)),
    security(("agency" = ["events:subscribe"])),
    extensions(("x-problems" = json!(["webhook-limit", "webhook-removed", "idempotency-mismatch"]))),
)]
pub(crate) async fn subscribe(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    request: HttpRequest,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    let owner = owner(agency, &authority)?;
    let key = idempotency_key(&request)?;
    let subscribed = webhooks.subscribe(owner, wanted.0.into(), key).await?;
    let Subscribed { subscription, waiting, secret } = subscribed;
    let mut view = View::of(subscription, waiting, webhooks.clock.now());
    view.secret = secret;
    Ok(HttpResponse::Created().json(view))
}
