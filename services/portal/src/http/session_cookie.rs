//! The session on its way in and out.

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{CACHE_CONTROL, HeaderValue},
    middleware::Next,
    web,
};

use crate::{portal::Portal, session::CurrentSession};

/// Middleware: opens the cookie for the handlers and sends it back if it changed.
pub(crate) async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let portal = request.app_data::<web::Data<Portal>>().cloned();
    let Some(portal) = portal else { return next.call(request).await };
    let now = portal.clock.now();
    let came = request.cookie(portal.cookie.name());
    let opened = came.as_ref().and_then(|cookie| portal.cookie.open(cookie.value(), now));
    let is_stale = opened.as_ref().is_some_and(|opened| opened.is_stale(now));
    let before = opened.map(|opened| opened.session).unwrap_or_default();
    let current = CurrentSession::new(before.clone());
    // It leaves the browser, too, and is not only hidden.
    current.change(|session| session.typed.take_if(|typed| typed.is_old(now)));
    request.extensions_mut().insert(current.clone());

    let mut response = next.call(request).await?;

    let after = current.read();
    let cookie = if after.is_empty() {
        came.map(|_| portal.cookie.removal())
    } else {
        (after != before || is_stale).then(|| portal.cookie.seal(after, now))
    };
    if let Some(cookie) = cookie {
        response.response_mut().add_cookie(&cookie)?;
        // What a shared cache keeps must not bring one person's cookie to others.
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}
