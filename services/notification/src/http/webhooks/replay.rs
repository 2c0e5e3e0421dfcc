//! Having events again.

use actix_web::{HttpRequest, HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, EventId, SubscriptionId};
use problem::{
    Problem,
    body::{Body, invalid},
    values::Instant,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{super::events::Position, id, idempotency_key, owner};
use crate::{
    app::webhooks::{manage::Webhooks, replay::ReplayFrom},
    webhook::replay::{Range, Replayed},
};

/// Where to begin: after a cursor, at an instant (or both), or with an event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReplayRequest)]
pub(crate) struct Wanted {
    /// After this cursor: the `next` of the event feed or of another replay, or the `sequence` of an event;
    /// 0 for all.
    after: Option<Position>,
    /// What happened at this instant or later.
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-12-28T00:00:00+01:00")]
    since: Option<Instant>,
    /// This event and what was heard after it.
    event: Option<EventId>,
}

/// How much is delivered again.
#[derive(Serialize, ToSchema)]
#[schema(as = Replayed)]
struct View {
    /// The number of events.
    replayed: i64,
    /// The `after` of the next replay.
    next: i64,
    /// Whether there are more events: one replay takes 10,000 at most.
    more: bool,
}

impl Wanted {
    fn begin(&self) -> Result<ReplayFrom, Problem> {
        match (self.after, self.since, self.event) {
            (None, None, Some(event)) => Ok(ReplayFrom::Event(event)),
            (None, None, None) | (_, _, Some(_)) => {
                Err(invalid(".", "Send `after`, `since` or both, or `event` alone."))
            }
            (after, since, None) => Ok(ReplayFrom::Range(Range {
                after: after.unwrap_or_default().get(),
                since: since.map(|Instant(at)| at),
            })),
        }
    }
}

/// Replay events
///
/// Delivers again what this webhook wants of the events from there on, with the `webhook-id` that each
/// had. What still waits comes once. With `ordering: booking` the events of a booking come in their order.
/// Send an `Idempotency-Key` to repeat the request safely: for a day the same key answers the same and
/// replays nothing again.
#[utoipa::path(
    post, path = "/v1/{authority}/webhooks/{id}/replay", tag = "Webhooks", operation_id = "replayEvents",
    params(
        ("authority" = AuthorityId, Path, description = "Whose events."),
        ("id" = SubscriptionId, Path, description = "Which webhook."),
        ("Idempotency-Key" = Option<String>, Header, description = "Random, 1 to 64 visible ASCII characters. With the same key a repeat is answered as the first request was, for a day.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = Wanted,
    responses((status = 202, description = "They are on their way again.", body = View)),
    security(("agency" = ["events:subscribe"])),
    extensions(("x-problems" = json!(["unknown-event", "cursor-ahead", "idempotency-mismatch"]))),
)]
pub(crate) async fn replay(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
    request: HttpRequest,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    let owner = owner(agency, &authority)?;
    let (key, from) = (idempotency_key(&request)?, wanted.0.begin()?);
    let replayed = webhooks.replay(&owner, id(&which)?, from, key.as_deref()).await?;
    let Replayed { count, next, more } = replayed;
    Ok(HttpResponse::Accepted().json(View { replayed: count, next, more }))
}
