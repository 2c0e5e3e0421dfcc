//! Errors of the token endpoint as programs read them.

use actix_web::{
    HttpResponse, ResponseError,
    error::UrlencodedError,
    http::{StatusCode, header::WWW_AUTHENTICATE},
    web::FormConfig,
};
use serde_json::json;

use crate::app::OAuthError;

/// The longest form that is read, in bytes. Assertions and subject tokens are the longest parameters.
const LONGEST_FORM: usize = 16 * 1024;

/// How forms are read: what cannot be read is an error of OAuth too (RFC 6749 section 5.2).
pub(super) fn readable_forms() -> FormConfig {
    FormConfig::default()
        .limit(LONGEST_FORM)
        .error_handler(|error, _| OAuthError::InvalidRequest(unreadable(&error)).into())
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
            Self::InvalidClient => StatusCode::UNAUTHORIZED,
            Self::Server(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::InvalidRequest(_)
            | Self::InvalidGrant(_)
            | Self::UnauthorizedClient
            | Self::UnsupportedGrantType
            | Self::InvalidScope
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
