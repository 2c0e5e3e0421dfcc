//! Conditional requests (RFC 9110 section 13) and compression
//! (section 12.5.3).

use std::{
    convert::Infallible,
    future::{Ready, ready},
};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{
        ACCEPT_ENCODING, AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG,
        Encoding, Header as _, IF_NONE_MATCH, VARY,
    },
};

use crate::cached_body::CachedBody;

/// Whether the caller wants to make something new and change nothing: `If-None-Match: *` (section 13.1.2). Tags are not
/// compared, since what is made has none.
pub(super) struct OnlyNew(pub bool);

impl FromRequest for OnlyNew {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let named = request.headers().get(IF_NONE_MATCH);
        ready(Ok(Self(named.is_some_and(|named| named.as_bytes().trim_ascii() == b"*"))))
    }
}

/// Headers of a response.
pub(super) struct ResponseOptions {
    pub media_type: &'static str,
    /// `Cache-Control` (RFC 9111 section 5.2).
    pub cache_control: &'static str,
    /// `Vary`: the request headers that it depends on.
    pub vary: Option<&'static str>,
    /// Whether it may be compressed. Never what holds a secret: its compressed length would reveal
    /// it (BREACH, 2013). Hold tokens and whatever is about a person are not sent from here.
    pub compressible: bool,
}

/// Public JSON that is revalidated each time.
pub(super) const FRESH_JSON: ResponseOptions = ResponseOptions {
    media_type: "application/json",
    cache_control: "no-cache",
    vary: Some("Accept-Encoding"),
    compressible: true,
};

/// The body, or 304 if the caller has it already (section 13.1.2).
pub(super) fn send(
    request: &HttpRequest,
    answer: CachedBody,
    options: &ResponseOptions,
) -> HttpResponse {
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| {
        known.split(',').map(str::trim).any(|tag| tag == "*" || opaque(tag) == opaque(&answer.etag))
    });
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((ETAG, answer.etag.as_str()))
        .insert_header((CACHE_CONTROL, options.cache_control));
    if let Some(vary) = options.vary {
        response.insert_header((VARY, vary));
    }
    if is_known {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, options.media_type));
    let takes = options.compressible && takes_gzip(request);
    match takes.then(|| answer.gzip()).flatten() {
        Some(bytes) => response.insert_header((CONTENT_ENCODING, "gzip")).body(bytes),
        None => response.body(answer.body),
    }
}

/// The tag without its weakness: that is how tags are compared here (section 8.8.3.2).
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// Whether the caller prefers gzip or has no preference. Without the header, or if both forms are
/// refused, the plain one is sent: section 12.5.3 allows it instead of 406.
fn takes_gzip(request: &HttpRequest) -> bool {
    request.headers().contains_key(ACCEPT_ENCODING)
        && AcceptEncoding::parse(request).is_ok_and(|accepted| {
            let supported = [Encoding::gzip(), Encoding::identity()];
            accepted.negotiate(supported.iter()) == Some(Encoding::gzip())
        })
}
