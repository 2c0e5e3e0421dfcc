//! The `Idempotency-Key` header.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::HeaderName};
use problem::{Problem, types};

/// A constant, since a text would be made a name for each request.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Names one request of the caller, so that repeating it does not repeat its effect.
pub(super) struct IdempotencyKey(pub String);

/// The same, without effect, for a request that is known by what it asks: only a malformed one is
/// refused. To keep keys of holds would take the database, which holding does without.
pub(super) struct WellFormedKey;

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let missing = || Problem::new(&types::IDEMPOTENCY_KEY_MISSING);
        ready(read(request).and_then(|key| key.map(Self).ok_or_else(missing)))
    }
}

/// The same, for a request that can do without: who gives none gets no answer of a repeat.
pub(super) struct OptionalKey(pub Option<String>);

impl FromRequest for OptionalKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).map(Self))
    }
}

impl FromRequest for WellFormedKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).map(|_| Self))
    }
}

fn read(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let acceptable = |text: &&str| {
        (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
    };
    match request.headers().get(IDEMPOTENCY_KEY).map(|value| value.to_str()) {
        None => Ok(None),
        Some(Ok(text)) if acceptable(&text) => Ok(Some(text.to_owned())),
        Some(_) => Err(Problem::new(&types::INVALID_REQUEST)
            .detail("Idempotency-Key: 1 to 64 visible ASCII characters")
            .with("field", "Idempotency-Key")),
    }
}
