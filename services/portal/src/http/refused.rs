//! What the limits of every request refuse (`libs/service`), as a page for a browser. It has no frame: by then neither
//! the session nor anything else is read.

use std::borrow::Cow;

use actix_web::{
    HttpResponse, ResponseError as _,
    body::BoxBody,
    http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS,
    },
};
use askama::Template;
use problem::Problem;
use service::RefusedRequest;

use super::{in_language::language_of, link::Links};
use crate::text::{Language, Texts, offered};

/// It shows nothing but our own styles.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

#[derive(Template)]
#[template(path = "refused.html")]
struct RefusedPage {
    texts: Texts,
    title: Cow<'static, str>,
    what: Cow<'static, str>,
    advice: Cow<'static, str>,
    start: String,
}

/// Whether the caller is a browser that shows a page, and no program that reads problem documents.
pub(super) fn prefers_pages(accept: Option<&str>) -> bool {
    let named = accept.unwrap_or_default().split(',');
    let mut named = named.map(|part| part.split(';').next().unwrap_or_default().trim());
    let known = ["text/html", "application/json", "application/problem+json"];
    named.find(|named| known.contains(named)) == Some("text/html")
}

/// The page, for a browser; its status is that of the problem.
pub(super) fn page(request: &RefusedRequest, problem: &Problem) -> Option<HttpResponse> {
    if !prefers_pages(request.accept.as_deref()) {
        return None;
    }
    let language = language_of(&request.path)
        .unwrap_or_else(|| Language::negotiate(request.accept_language.as_deref(), offered()));
    let texts = Texts::of(language);
    let key = match problem.kind().code {
        // Of an address, since only a too long one is refused so early.
        "invalid-request" => "bad-request",
        code @ ("rate-limited" | "unavailable") => code,
        "request-too-slow" => "unavailable",
        _ => "unknown",
    };
    let text = |part: &str| texts.fill_all(&format!("problem-{key}{part}"), &[]);
    let page = RefusedPage {
        texts,
        title: text(""),
        what: text(".what"),
        advice: text(".do"),
        start: Links(language).start(),
    };
    let body = page.render().ok()?;
    let mut response = problem.error_response();
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, POLICY),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Some(response.set_body(BoxBody::new(body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_pages_and_a_program_what_it_names_first() {
        let firefox = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (accept, is_browser) in [
            (Some(firefox), true),
            (Some("application/json, text/html"), false),
            (Some("*/*"), false),
            (Some(""), false),
            (None, false),
        ] {
            assert_eq!(prefers_pages(accept), is_browser, "{accept:?}");
        }
    }
}
