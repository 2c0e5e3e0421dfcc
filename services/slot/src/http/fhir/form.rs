//! A search whose parameters are the form of `POST .../_search` (FHIR R4 section 3.1.1.1): for more of them than an
//! address can hold, and for those that no log of addresses should have.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, dev::Payload, error::PayloadError, web,
};
use problem::{Problem, body::LONGEST, types};

use crate::http::body::invalid;

/// What follows the address of the resource.
pub(super) const SUFFIX: &str = "/_search";
const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// The pairs of the form, as they were sent.
pub(super) struct Form(String);

impl Form {
    /// The query of the search: FHIR lets parameters stand in the address, too.
    pub(super) fn with_query_of(&self, request: &HttpRequest) -> String {
        [request.query_string(), &self.0].join("&")
    }
}

impl FromRequest for Form {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.mime_type().ok().flatten();
        let is_form = kind.is_some_and(|kind| kind.essence_str() == MEDIA_TYPE);
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_form {
                let detail = format!("Send `Content-Type: {MEDIA_TYPE}`.");
                return Err(Problem::new(&types::UNSUPPORTED_MEDIA_TYPE).detail(detail));
            }
            let bytes = bytes.await.map_err(|error| match error.as_error::<PayloadError>() {
                Some(PayloadError::Overflow) => Problem::new(&types::PAYLOAD_TOO_LARGE)
                    .detail(format!("A form may have {LONGEST} bytes.")),
                _ => invalid(".", "the form could not be read"),
            })?;
            let text = String::from_utf8(bytes.to_vec());
            text.map(Self).map_err(|_| invalid(".", "the form must be in UTF-8"))
        })
    }
}
