//! The `Prefer` header (RFC 7240): whether the caller wants to see what they changed.

use std::{
    convert::Infallible,
    future::{Ready, ready},
};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::{StatusCode, header::LOCATION},
};
use serde::Serialize;

/// What the caller said about the answer (section 4.2). Not a word of it is an error: a preference
/// that we do not know, or cannot read, is one that we do not follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Return {
    /// Nothing: they get the whole.
    Unsaid,
    /// `return=representation`
    Representation,
    /// `return=minimal`
    Minimal,
}

impl FromRequest for Return {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let headers = request.headers().get_all("prefer").filter_map(|value| value.to_str().ok());
        let preferences = headers.flat_map(|header| header.split(','));
        // The first of several counts (section 2).
        let said = preferences.filter_map(of_return).next();
        ready(Ok(match said {
            Some("minimal") => Self::Minimal,
            Some("representation") => Self::Representation,
            Some(_) | None => Self::Unsaid,
        }))
    }
}

/// The value, if the preference is `return`.
fn of_return(preference: &str) -> Option<&str> {
    let preference = preference.split(';').next().unwrap_or_default();
    let (name, value) = preference.split_once('=')?;
    let is_it = name.trim().eq_ignore_ascii_case("return");
    is_it.then(|| value.trim().trim_matches('"'))
}

impl Return {
    /// What was made, at `address`: 201 with it or 204. (201 without a body would be distinguished from
    /// one with it by nothing that an API description can say.)
    pub(super) fn created(self, address: &str, view: &impl Serialize) -> HttpResponse {
        self.answer(StatusCode::CREATED, Some(address), view)
    }

    /// What was changed: 200 with it or 204.
    pub(super) fn changed(self, view: &impl Serialize) -> HttpResponse {
        self.answer(StatusCode::OK, None, view)
    }

    fn answer(self, whole: StatusCode, place: Option<&str>, view: &impl Serialize) -> HttpResponse {
        let (status, applied) = match self {
            Self::Unsaid => (whole, None),
            Self::Representation => (whole, Some("return=representation")),
            Self::Minimal => (StatusCode::NO_CONTENT, Some("return=minimal")),
        };
        let mut response = HttpResponse::build(status);
        if let Some(place) = place {
            response.insert_header((LOCATION, place));
        }
        if let Some(applied) = applied {
            response.insert_header(("preference-applied", applied));
        }
        match self {
            Self::Minimal => response.finish(),
            Self::Unsaid | Self::Representation => response.json(view),
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_first_preference_that_can_be_read_counts() {
        for (header, expected) in [
            ("return=minimal", Return::Minimal),
            ("Return = \"minimal\"; x=1, return=representation", Return::Minimal),
            ("respond-async, wait=10, return=representation", Return::Representation),
            ("return=everything, return=minimal", Return::Unsaid),
            ("return", Return::Unsaid),
            ("", Return::Unsaid),
        ] {
            let request = TestRequest::get().insert_header(("Prefer", header)).to_http_request();
            let said = Return::from_request(&request, &mut Payload::None).into_inner();
            assert_eq!(said.unwrap(), expected, "{header}");
        }
    }
}
