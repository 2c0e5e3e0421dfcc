//! Errors of the token endpoint as programs read them.

use actix_web::{
    HttpResponse, ResponseError,
    error::UrlencodedError,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, WWW_AUTHENTICATE},
    },
    web::FormConfig,
};
use problem::{Problem, types};
use serde_json::json;
use service::RefusedRequest;

use crate::app::OAuthError;

/// The longest form that is read, in bytes. Assertions and subject tokens are the longest parameters.
const LONGEST_FORM: usize = 16 * 1024;

/// How forms are read: what cannot be read is an error of OAuth too (RFC 6749 section 5.2).
pub(super) fn readable_forms() -> FormConfig {
    FormConfig::default()
        .limit(LONGEST_FORM)
        .error_handler(|error, _| OAuthError::InvalidRequest(unreadable(&error)).into())
}

/// A form that came too slowly, where OAuth's clients ask: they know nothing of problem documents.
pub(super) fn refusal(request: &RefusedRequest, problem: &Problem) -> Option<HttpResponse> {
    let is_oauth = ["/par", "/revoke", "/token"].contains(&request.path.as_str());
    if !is_oauth || problem.kind().code != types::REQUEST_TOO_SLOW.code {
        return None;
    }
    let error = OAuthError::InvalidRequest("The form came too slowly; send it again at once.");
    let body = json!({ "error": error.code(), "error_description": error.to_string() });
    let no_store = (CACHE_CONTROL, "no-store");
    Some(HttpResponse::RequestTimeout().insert_header(no_store).json(body))
}

/// What the program is to do. What it sent is not repeated.
fn unreadable(error: &UrlencodedError) -> &'static str {
    match error {
        UrlencodedError::ContentType => "Send a form: `application/x-www-form-urlencoded`.",
        UrlencodedError::Overflow { .. } => "A form may have 16384 bytes.",
        UrlencodedError::Parse(_) => {
            "A parameter is there twice (RFC 6749 section 3.2) or cannot be read."
        }
        _ => "The form cannot be read.",
    }
}

impl ResponseError for OAuthError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::InvalidClient | Self::WrongProof(_) => StatusCode::UNAUTHORIZED,
            Self::Server(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::InvalidRequest(_)
            | Self::InvalidGrant(_)
            | Self::UnauthorizedClient
            | Self::UnsupportedGrantType
            | Self::InvalidScope(_)
            | Self::NeedsPerson(_)
            | Self::UnsupportedTokenType
            | Self::Request(_)
            | Self::InvalidDpopProof(_)
            | Self::InvalidTarget => StatusCode::BAD_REQUEST,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Server(cause) = self {
            tracing::error!(error = %cause, "cannot issue a token; the client gets 500");
        }
        let mut response = HttpResponse::build(self.status_code());
        if self.status_code() == StatusCode::UNAUTHORIZED {
            response.insert_header((WWW_AUTHENTICATE, "Basic realm=\"identity\""));
        }
        response.json(json!({ "error": self.code(), "error_description": self.to_string() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_comes_too_slowly_is_told_in_oauths_words_where_oauth_is_spoken() {
        let refused = |path: &str, problem: Problem| {
            let path = path.to_owned();
            let request = RefusedRequest { path, accept: None, accept_language: None };
            refusal(&request, &problem).map(|response| response.status().as_u16())
        };
        let slow = || Problem::new(&types::REQUEST_TOO_SLOW);
        assert_eq!(refused("/token", slow()), Some(408));
        assert_eq!(refused("/contact", slow()), None);
        assert_eq!(refused("/token", Problem::new(&types::UNAVAILABLE)), None);
    }
}
