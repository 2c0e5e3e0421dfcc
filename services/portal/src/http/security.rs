//! Headers that forbid the browser what our pages never do.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Next,
    web,
};
use url::Url;

use crate::portal::Portal;

/// The Content-Security-Policy of each page.
#[derive(Clone)]
pub(super) struct ContentPolicy(HeaderValue);

/// Nothing is loaded from elsewhere, only our own files run, and framing is forbidden.
/// Only the check of a draw asks for anything: for the proof and the receipt.
/// `data:` is for the icons in the design system's style sheet.
///
/// Browsers apply `form-action` to redirects too, and the log-out form ends at the identity
/// service (`issuer`).
pub(super) fn policy(issuer: &Url) -> ContentPolicy {
    let issuer = issuer.origin().ascii_serialization();
    let text = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; \
         connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {issuer}"
    );
    ContentPolicy(HeaderValue::from_str(&text).expect("an origin is plain ASCII"))
}

/// Middleware: sets the headers.
pub(super) async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let portal = request.app_data::<web::Data<Portal>>().cloned();
    let policy = request.app_data::<ContentPolicy>().cloned();
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A page's address can name a service, which may reveal something about a person.
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(ContentPolicy(policy)) = policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if portal.is_some_and(|portal| portal.public_url.scheme() == "https") {
        let two_years = HeaderValue::from_static("max-age=63072000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        // Pages may show personal data.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}
