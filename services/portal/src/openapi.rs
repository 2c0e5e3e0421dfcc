//! The OpenAPI document of this service: what a program may call. All else is pages for people.

use std::sync::{Arc, LazyLock};

use ambient::Clock;
use reference::{Reference, Served};
use serde_json::Value;
use url::Url;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(info(
    title = "Fairtermin portal",
    version = "1",
    description = "Web pages for people, and nothing that a program needs: the portal keeps no data and is itself a client of \
        the APIs of the slot, identity and notification services. Each authority names its API at \
        `/.well-known/fairtermin`; the identity service lists all authorities at \
        `/.well-known/fairtermin-authorities`.\n\n\
        A program may ask whether the portal lives and what its problems mean.",
    license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
))]
struct Api;

/// The whole document, with every problem that an operation may answer.
#[must_use]
pub fn document() -> Value {
    reference::complete(&Api::openapi(), &[])
}

/// The document and its pages, of the portal that is reached at `public_url`.
pub(crate) fn reference_at(public_url: &Url, clock: Arc<dyn Clock>) -> Arc<Served> {
    static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::new(document(), &[]));
    Arc::new(REFERENCE.served_at(public_url.as_str(), clock))
}
