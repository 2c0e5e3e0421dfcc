//! The kinds of caller, as types in a handler's signature.
//!
//! A handler that names no caller is public; one that names a caller cannot run without a verified
//! token of that kind. The order is fixed: token (401), quota (429), kind of caller, scope or role
//! (403). What the caller may do to *this* object the use case decides.
//!
//! One file per kind. To add one: implement `Caller` for its type, and forward `FromRequest` to
//! `extract`.

mod agency;
mod booker;
mod citizen;
mod staff;
mod viewer;

use std::{future::Future, pin::Pin};

use actix_web::{HttpRequest, http::header::AUTHORIZATION, web};
pub use agency::Agency;
pub use booker::Booker;
pub use citizen::Citizen;
use problem::{Problem, types};
pub use staff::Staff;
pub use viewer::Viewer;

use crate::{AccessClaims, Quotas, Verifier};

/// One way of reading verified claims; refuses those of another kind of caller.
trait Caller: Sized + 'static {
    /// `claims` are verified and judged already.
    fn read(claims: &AccessClaims) -> Result<Self, Problem>;
}

type Extracted<C> = Pin<Box<dyn Future<Output = Result<C, Problem>>>>;

/// Verifies, counts, reads. A missing [`Verifier`] is our own mistake and closes the door with 500;
/// missing [`Quotas`] mean no limit.
fn extract<C: Caller>(request: &HttpRequest) -> Extracted<C> {
    let verifier = request.app_data::<web::Data<Verifier>>().cloned();
    let quotas = request.app_data::<web::Data<Quotas>>().cloned();
    let request = request.clone();
    Box::pin(async move {
        let verifier = verifier.ok_or_else(|| {
            Problem::new(&types::INTERNAL).caused_by("no Verifier in the application's data")
        })?;
        let token = bearer(&request).ok_or_else(|| Problem::new(&types::UNAUTHENTICATED))?;
        let claims = verifier.verify_access(token).await?;
        if let Some(quotas) = quotas {
            quotas.admit(&claims, &request).await?;
        }
        C::read(&claims)
    })
}

/// The token of `Authorization: Bearer` (RFC 6750 section 2.1). The scheme is compared without
/// regard to case (RFC 9110 section 11.1); tokens in query or body are not looked at, as they end
/// in logs.
fn bearer(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get(AUTHORIZATION)?.as_bytes();
    let (scheme, token) = str::from_utf8(header).ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A valid token of somebody for whom this is not: 403, since another log-in as the same caller
/// would not help.
fn wrong_kind(expected: &str) -> Problem {
    Problem::new(&types::FORBIDDEN).detail(format!("This is for {expected} only."))
}

/// Refuses a program to which `granted`, the `scope` claim, does not give `scope`.
fn require_scope(granted: &str, scope: &str) -> Result<(), Problem> {
    if granted.split_whitespace().any(|granted| granted == scope) {
        return Ok(());
    }
    Err(Problem::new(&types::FORBIDDEN)
        .detail("The token lacks the scope that this needs.")
        .with("required_scope", scope))
}
