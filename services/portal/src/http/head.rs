//! `HEAD` is answered as `GET` without its body (RFC 9110 section 9.3.2): link checkers ask so.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};

/// Middleware: pages answer `HEAD` as well. The server leaves the body out by the request line that it read.
pub(super) async fn middleware(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await
}
