//! The kinds of caller, as types in a handler's signature.
//!
//! A handler that names no caller is public; one that names a caller cannot run without a verified
//! token of that kind. The order is fixed: token (401), quota (429), kind of caller, scope or role
//! (403). What the caller may do to *this* object the use case decides.
//!
//! One file per kind. To add one: implement `Caller` for its type, and forward `FromRequest` to
//! `extract`.

mod agency;
mod authorization;
mod booker;
mod citizen;
mod staff;
mod viewer;

use std::{future::Future, pin::Pin};

use actix_web::{HttpRequest, web};
pub use agency::Agency;
pub use authorization::Authorization;
pub use booker::Booker;
pub use citizen::Citizen;
use problem::{Problem, types};
pub use staff::Staff;
pub use viewer::Viewer;

use crate::{AccessClaims, DpopVerifier, Quotas, Verifier};

/// One way of reading verified claims; refuses those of another kind of caller.
trait Caller: Sized + 'static {
    /// `claims` are verified and judged already.
    fn read(claims: &AccessClaims) -> Result<Self, Problem>;
}

type Extracted<C> = Pin<Box<dyn Future<Output = Result<C, Problem>>>>;

/// Verifies, counts, reads. A missing [`Verifier`] is our own mistake and closes the door with 500;
/// missing [`Quotas`] mean no limit.
fn extract<C: Caller>(request: &HttpRequest) -> Extracted<C> {
    let request = request.clone();
    Box::pin(async move {
        // Borrowed: all threads count the references to these, and wait for each other's counts.
        let verifier = request.app_data::<web::Data<Verifier>>().ok_or_else(|| {
            Problem::new(&types::INTERNAL).caused_by("no Verifier in the application's data")
        })?;
        let sent = Authorization::of(&request)?;
        let claims = verifier.verify_access(sent.token()).await;
        let claims = claims.map_err(|error| sent.refused(error))?;
        let dpop = request.app_data::<web::Data<DpopVerifier>>().map(|dpop| dpop.get_ref());
        sent.require_sender(&request, claims.cnf.as_ref(), dpop).await?;
        if let Some(quotas) = request.app_data::<web::Data<Quotas>>() {
            quotas.admit(&claims, &request).await?;
        }
        C::read(&claims)
    })
}

/// The token is valid, but of another kind of caller: 403, since a new log-in as the same caller would
/// not help. `needed` is the token that would.
fn wrong_kind(needed: &str) -> Problem {
    Problem::new(&types::FORBIDDEN).detail(format!("This needs {needed}."))
}

/// Refuses a program to which `granted`, the `scope` claim, does not give `scope`.
fn require_scope(granted: &str, scope: &str) -> Result<(), Problem> {
    if granted.split_whitespace().any(|granted| granted == scope) {
        return Ok(());
    }
    // RFC 6750 section 3.1, RFC 9449 section 7.1: whichever kind of token it is.
    let error = format!("error=\"insufficient_scope\", scope=\"{scope}\"");
    Err(Problem::new(&types::FORBIDDEN)
        .detail("The token lacks the scope that this needs.")
        .with("required_scope", scope)
        .challenge(format!("Bearer {error}, DPoP {error}")))
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError as _;

    use super::*;

    #[test]
    fn a_token_without_the_scope_is_told_which_one_it_lacks() {
        assert!(require_scope("slots:read events:subscribe", "events:subscribe").is_ok());
        let refused = require_scope("slots:read", "events:subscribe").unwrap_err();
        let response = refused.error_response();
        let challenge = response.headers().get("www-authenticate").unwrap().to_str().unwrap();
        assert!(
            challenge.contains("Bearer error=\"insufficient_scope\", scope=\"events:subscribe\""),
            "{challenge}"
        );
        assert_eq!(response.status(), 403);
    }
}
