//! A JSON body whose errors name the field.
//!
//! [`Body`], [`OptionalBody`] and [`NoBody`] are extractors; [`Unread`] is for handlers that first ask
//! who calls. All of them read JSON in UTF-8 and refuse what does not say to be that (415).
//!
//! Why not `actix_web::web::Json`: it repeats serde's message, which may quote what was sent, and
//! takes a list where an object is meant. Here an answer names the field and what is right.

mod media_type;
mod whole_numbers;
mod words;

use std::{convert::Infallible, fmt, future::Future, marker::PhantomData, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header::CONTENT_TYPE, web,
};
pub use media_type::MediaTypes;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{Problem, types};

/// The longest body that is read, in bytes. Attendee tokens are the longest thing anybody sends.
pub const LONGEST: usize = 32 * 1024;

/// Another limit than [`LONGEST`], for one resource; in its data beside the `PayloadConfig`.
#[derive(Debug, Clone, Copy)]
pub struct Longest(
    /// In bytes.
    pub usize,
);

/// The request's JSON body.
///
/// For a handler whose caller is known by other extractors before. One that must refuse a caller
/// first, whatever they sent, takes [`Unread`].
#[derive(Debug)]
pub struct Body<T>(
    /// What it says.
    pub T,
);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let unread = Unread::of(request, payload);
        Box::pin(async move { unread.await.read().map(Self) })
    }
}

/// The request's JSON body; the default if there is none.
///
/// For a request in which everything has a default. An empty body and `null` are none.
#[derive(Debug)]
pub struct OptionalBody<T>(
    /// What it says.
    pub T,
);

impl<T: DeserializeOwned + Default + 'static> FromRequest for OptionalBody<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let unread = Unread::of(request, payload);
        Box::pin(async move {
            let unread = unread.await;
            match &unread.bytes {
                Ok(bytes) if is_nothing(bytes) => Ok(Self(T::default())),
                Ok(_) | Err(_) => unread.read().map(Self),
            }
        })
    }
}

/// For what takes no body: none, `null` and `{}` are let pass. Anything else would be ignored, and is
/// refused.
#[derive(Debug)]
pub struct NoBody;

/// An object without fields, so that `{}` is let pass and anything in it is refused.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl FromRequest for NoBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = OptionalBody::<Nothing>::from_request(request, payload);
        Box::pin(async move { body.await.map(|_| Self) })
    }
}

fn is_nothing(bytes: &[u8]) -> bool {
    matches!(bytes.trim_ascii(), b"" | b"null")
}

/// A body that is read once it is known who calls: what is wrong with it is said by
/// [`read`](Self::read).
#[derive(Debug)]
pub struct Unread {
    /// Whether it says to be what we read.
    media_type: Result<(), Problem>,
    bytes: Result<web::Bytes, Problem>,
}

impl FromRequest for Unread {
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Infallible>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let unread = Self::of(request, payload);
        Box::pin(async move { Ok(unread.await) })
    }
}

impl Unread {
    /// Begins to read at once, since the payload of a request can be taken only once.
    fn of(request: &HttpRequest, payload: &mut Payload) -> impl Future<Output = Self> + use<> {
        let media_type = media_type::check(request);
        let bytes = web::Bytes::from_request(request, payload);
        let longest = request.app_data::<Longest>().map_or(LONGEST, |longest| longest.0);
        let says_nothing = !request.headers().contains_key(CONTENT_TYPE);
        async move {
            let bytes = bytes.await.map_err(|error| unreadable(&error, longest));
            // Without a body there is nothing to say.
            let is_empty = bytes.as_ref().is_ok_and(|bytes: &web::Bytes| bytes.is_empty());
            let media_type = if says_nothing && is_empty { Ok(()) } else { media_type };
            Self { media_type, bytes }
        }
    }

    /// What the body says.
    ///
    /// # Errors
    /// `unsupported-media-type`, `payload-too-large`, or `invalid-request` that names the field.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, Problem> {
        self.media_type?;
        read(&self.bytes?)
    }
}

/// An object with named fields. A derived `Deserialize` alone also takes a list of the values, in
/// an order that no caller knows.
#[derive(Debug)]
pub struct Object<T>(
    /// With its fields.
    pub T,
);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(PhantomData)).map(Self)
    }
}

/// Reads a map and nothing else.
struct Fields<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

/// A JSON object.
///
/// # Errors
/// `invalid-request` that names the field, and repeats nothing of what was sent.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // Tracking the path takes time, and only an error needs it.
    let body: Result<Object<T>, _> = serde_json::from_slice(bytes);
    body.map(|Object(body)| body).or_else(|_| read_slowly(bytes))
}

/// Once more with the path of each value, for the error; and with `1.0` as a whole number, which
/// the quick way does not take.
fn read_slowly<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // Where the JSON itself is wrong, line and column are those of what was sent.
    let is_json = serde_json::from_slice::<IgnoredAny>(bytes).is_ok();
    let plain = whole_numbers::without_zero_fractions(bytes).filter(|_| is_json);
    let bytes = plain.as_deref().unwrap_or(bytes);
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let Object(body) = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| words::unreadable(error, is_json))?;
    json.end().map_err(|_| invalid(".", "there is something after the JSON value"))?;
    Ok(body)
}

/// `invalid-request` about `field` (`.` for the whole).
#[must_use]
pub fn invalid(field: &str, reason: &str) -> Problem {
    let problem = Problem::new(&types::INVALID_REQUEST);
    match field {
        "." => problem.detail(reason),
        field => problem.detail(format!("{field}: {reason}")).with("field", field),
    }
}

/// Too large, or the connection broke while the body was read.
fn unreadable(error: &actix_web::Error, longest: usize) -> Problem {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Problem::new(&types::PAYLOAD_TOO_LARGE)
            .detail(format!("A body may have {longest} bytes.")),
        _ => invalid(".", "the body could not be read"),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use serde_json::Value;

    use super::*;

    async fn refused<T: FromRequest<Error = Problem>>(request: TestRequest) -> Option<Value> {
        let (request, mut payload) = request.to_http_parts();
        T::from_request(&request, &mut payload).await.err().map(|problem| problem.document())
    }

    fn json(body: &'static str) -> TestRequest {
        TestRequest::post().insert_header((CONTENT_TYPE, "application/json")).set_payload(body)
    }

    #[actix_web::test]
    async fn a_body_that_would_be_ignored_is_refused() {
        for nothing in ["", "null", "{}", " {} "] {
            assert_eq!(refused::<NoBody>(json(nothing)).await, None, "{nothing}");
        }
        assert_eq!(refused::<NoBody>(TestRequest::post()).await, None);
        for something in ["{\"reason\": \"x\"}", "{\"a\":", "[]", "5"] {
            let document = refused::<NoBody>(json(something)).await.unwrap();
            assert_eq!(document["code"], "invalid-request", "{something}");
        }
    }

    #[actix_web::test]
    async fn a_body_that_does_not_say_what_it_is_is_not_guessed_at() {
        let silent = || TestRequest::post().set_payload("{}");
        let document = refused::<NoBody>(silent()).await.unwrap();
        assert_eq!(document["code"], "unsupported-media-type");
        let document = refused::<Body<Value>>(silent()).await.unwrap();
        assert_eq!(document["code"], "unsupported-media-type");
        // No body: that is what is wrong.
        let document = refused::<Body<Value>>(TestRequest::post()).await.unwrap();
        assert_eq!(document["detail"], "a JSON body is missing");
    }
}
