//! The OpenAPI document of this service. A handler describes itself; here they are listed.

use std::sync::{Arc, LazyLock};

use ambient::Clock;
use reference::{Caller, Callers, Reference, Served};
use serde_json::Value;
use url::Url;
use utoipa::OpenApi;

use super::{
    events, undelivered, webhook_requests,
    webhooks::{actions, create, list, remove, replace, replay},
};

const CALLERS: Callers = Callers(&[Caller::Agency, Caller::Staff]);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fairtermin events API",
        version = "1",
        description = "What happens to bookings: to be followed by cursor, or delivered to webhooks.\n\n\
            Events are CloudEvents 1.0. They name bookings and never persons. `data.order` grows with each event of a \
            booking: of two, the greater one is newer, in whatever order they come. Within version 1 only additions are made.\n\n\
            Days in examples are told by a running service as of the coming Monday, in the file of its sources as of 4 January 2027.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    tags(
        (name = "Events", description = "For programs that ask."),
        (name = "Webhooks", description = "For programs that are notified."),
        (name = "Undelivered messages", description = "For the front desk."),
    ),
    paths(
        events::list, create::subscribe, list::list, list::read, replace::replace, remove::remove,
        actions::rotate, actions::ping, actions::resume, replay::replay, undelivered::list,
    ),
    components(schemas(events::CloudEvent, ids::AuthorityId)),
    modifiers(&CALLERS),
)]
struct Api;

/// The whole document, with every problem that an operation may answer and every request to a webhook.
#[must_use]
pub fn document() -> Value {
    let mut document = reference::complete_with_events(&Api::openapi(), &[]);
    reference::describe_headers(&mut document);
    webhook_requests::add_to(&mut document);
    document
}

/// The document and its pages, of the service that is reached at `public_url`. Made once per
/// process.
pub(crate) fn reference_at(public_url: &Url, clock: Arc<dyn Clock>) -> Arc<Served> {
    static REFERENCE: LazyLock<Reference> =
        LazyLock::new(|| Reference::new(document(), &[]).with_events(proto::ASYNCAPI));
    Arc::new(REFERENCE.served_at(public_url.as_str(), clock))
}
