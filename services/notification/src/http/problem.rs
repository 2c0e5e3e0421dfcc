//! From errors of this service to problem documents.

use problem::{Problem, types};

use crate::mail::delivery::mailbox::Unreadable;

/// Why a request failed.
#[derive(Debug)]
pub(super) struct PageError(Problem);

impl PageError {
    /// There is no such message.
    pub(super) fn not_found() -> Self {
        Self(Problem::new(&types::NOT_FOUND))
    }
}

impl From<Unreadable> for PageError {
    fn from(error: Unreadable) -> Self {
        Self(Problem::new(&types::INTERNAL).caused_by(error))
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self(Problem::new(&types::INTERNAL).caused_by(error))
    }
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl actix_web::ResponseError for PageError {
    fn status_code(&self) -> actix_web::http::StatusCode {
        self.0.status_code()
    }

    fn error_response(&self) -> actix_web::HttpResponse {
        self.0.error_response()
    }
}
