//! Answers that a caller may have already (RFC 9110 section 13).

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
};

use crate::answer::Answer;

/// How an answer is told.
pub(super) struct Manner {
    pub media_type: &'static str,
    /// Who may keep it for how long (RFC 9111 section 5.2).
    pub cache_control: &'static str,
    /// The headers of the request that it depends on.
    pub vary: Option<&'static str>,
}

/// JSON that must be asked for each time.
pub(super) const FRESH_JSON: Manner =
    Manner { media_type: "application/json", cache_control: "no-cache", vary: None };

/// The answer, or 304 if the caller has it already (section 13.1.2).
pub(super) fn send(request: &HttpRequest, answer: Answer, manner: &Manner) -> HttpResponse {
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| {
        known
            .split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == answer.etag)
    });
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((ETAG, answer.etag))
        .insert_header((CACHE_CONTROL, manner.cache_control));
    if let Some(vary) = manner.vary {
        response.insert_header((VARY, vary));
    }
    if is_known {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, manner.media_type)).body(answer.body)
}
