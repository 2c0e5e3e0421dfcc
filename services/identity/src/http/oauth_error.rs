//! Errors of the token endpoint as programs read them.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header::WWW_AUTHENTICATE},
};
use serde_json::json;

use crate::app::OAuthError;

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
