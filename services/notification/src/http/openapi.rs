//! The OpenAPI document of this service. A handler describes itself; here they are listed.

use std::sync::{Arc, LazyLock};

use reference::{Caller, Callers, Reference};
use serde_json::Value;
use utoipa::OpenApi;

use super::{
    events,
    webhooks::{actions, create, list, remove, replace, replay},
};

const CALLERS: Callers = Callers(&[Caller::Agency]);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fairtermin events API",
        version = "1",
        description = "What happens to bookings: to be followed by cursor, or delivered to webhooks.\n\n\
            Events are CloudEvents 1.0. They name bookings and never persons. `data.order` grows with each event of a \
            booking: of two, the greater one is newer, in whatever order they come. Within version 1 only additions are made.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    tags(
        (name = "Events", description = "For programs that ask."),
        (name = "Webhooks", description = "For programs that are told."),
    ),
    paths(
        events::list, create::subscribe, list::list, list::read, replace::replace, remove::remove,
        actions::rotate,
        actions::ping, actions::resume, replay::replay,
    ),
    components(schemas(events::CloudEvent, ids::AuthorityId)),
    modifiers(&CALLERS),
)]
struct Api;

static REFERENCE: LazyLock<Arc<Reference>> =
    LazyLock::new(|| Arc::new(Reference::new(&document(), &[])));

/// The whole document, with every problem that an operation may answer.
#[must_use]
pub fn document() -> Value {
    reference::complete(&Api::openapi(), &[])
}

/// The document and its pages, made once per process.
pub(super) fn pages() -> &'static Arc<Reference> {
    &REFERENCE
}
