//! Callers of public resources.

use std::future::ready;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::AUTHORIZATION};
use problem::Problem;

use super::{Caller, Extracted, extract, require_scope};
use crate::{AccessClaims, scope};

/// A caller of a public resource, with a token or without. A request with a token counts against the
/// quota of its subject, so that reading availability is limited like holding.
///
/// A token that is not valid is refused rather than ignored: the caller meant something by it. A
/// program in its own name needs the scope [`SLOTS_READ`](scope::SLOTS_READ): a token that was
/// granted for events only is good for nothing else, wherever it gets to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer;

impl Caller for Viewer {
    fn read(claims: &AccessClaims) -> Result<Self, Problem> {
        // Only `client_credentials` yields a token whose subject is the client itself.
        if claims.sub == claims.client_id.as_str() {
            require_scope(&claims.scope, scope::SLOTS_READ)?;
        }
        Ok(Self)
    }
}

impl FromRequest for Viewer {
    type Error = Problem;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        if request.headers().contains_key(AUTHORIZATION) {
            extract(request)
        } else {
            Box::pin(ready(Ok(Self)))
        }
    }
}
