//! Callers of public resources.

use std::future::ready;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::AUTHORIZATION};
use problem::Problem;

use super::{Caller, Extracted, extract};
use crate::AccessClaims;

/// A caller of a public resource, with a token or without. A request with a token counts against the
/// quota of its subject, so that reading availability is limited like holding.
///
/// A token that is not valid is refused rather than ignored: the caller meant something by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer;

impl Caller for Viewer {
    fn read(_: &AccessClaims) -> Result<Self, Problem> {
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
