//! Whoever asks for what is public.

use std::future::ready;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::AUTHORIZATION};
use problem::Problem;

use super::{Caller, Extracted, extract};
use crate::AccessClaims;

/// Whoever asks for what is public, with a log-in or without. What is asked with a token counts in
/// the quota of its person, program or member of staff, so that looking is limited as asking is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looker;

impl Caller for Looker {
    fn read(_: AccessClaims) -> Result<Self, Problem> {
        Ok(Self)
    }
}

impl FromRequest for Looker {
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
