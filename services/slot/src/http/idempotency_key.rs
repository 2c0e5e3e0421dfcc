//! The `Idempotency-Key` header.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use problem::{Problem, types};

/// Names one wish of the caller, so that repeating the request does not repeat its effect.
pub(super) struct IdempotencyKey(pub String);

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let acceptable = |text: &&str| {
            (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
        };
        let key = request.headers().get("idempotency-key").map(|value| value.to_str());
        ready(match key {
            Some(Ok(text)) if acceptable(&text) => Ok(Self(text.to_owned())),
            None => Err(Problem::new(&types::IDEMPOTENCY_KEY_MISSING)),
            Some(_) => Err(Problem::new(&types::INVALID_REQUEST)
                .detail("Idempotency-Key: 1 to 64 visible ASCII characters")
                .with("field", "Idempotency-Key")),
        })
    }
}
