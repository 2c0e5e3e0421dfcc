//! A JSON body whose errors name the field.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, error::PayloadError, web};
use problem::{Problem, types};
use serde::de::DeserializeOwned;

/// The longest body that is read, in bytes. Attendee tokens are the longest thing anybody sends.
pub(super) const LONGEST: usize = 32 * 1024;

/// Another limit than [`LONGEST`], for one resource; in its data beside the `PayloadConfig`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Longest(pub usize);

/// The request's JSON body.
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        let longest = request.app_data::<Longest>().map_or(LONGEST, |longest| longest.0);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|error| unreadable(&error, longest))?;
            read(&bytes).map(Self)
        })
    }
}

/// The request's JSON body; the default if there is none.
pub(super) struct OptionalBody<T>(pub T);

impl<T: DeserializeOwned + Default + 'static> FromRequest for OptionalBody<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|error| unreadable(&error, LONGEST))?;
            if bytes.is_empty() { Ok(Self(T::default())) } else { read(&bytes).map(Self) }
        })
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // Tracking the path takes time, and only an error needs it.
    serde_json::from_slice(bytes).or_else(|_| read_slowly(bytes))
}

fn read_slowly<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let body = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = error.path().to_string();
        invalid(&field, &without_position(&error.into_inner()))
    })?;
    json.end().map_err(|_| invalid(".", "there is something after the JSON value"))?;
    Ok(body)
}

/// `invalid-request` about `field` (`.` for the whole).
pub(super) fn invalid(field: &str, reason: &str) -> Problem {
    let problem = Problem::new(&types::INVALID_REQUEST);
    match field {
        "." => problem.detail(reason),
        field => problem.detail(format!("{field}: {reason}")).with("field", field),
    }
}

/// Line and column say nothing to a program that wrote the body itself.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

fn unreadable(error: &actix_web::Error, longest: usize) -> Problem {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Problem::new(&types::PAYLOAD_TOO_LARGE)
            .detail(format!("A body may have {longest} bytes.")),
        _ => invalid(".", "the body could not be read"),
    }
}
