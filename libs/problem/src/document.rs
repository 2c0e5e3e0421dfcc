//! One problem and its document.
//!
//! [`ProblemType`] is the kind, from a table; [`Problem`] is one occurrence with what only this one
//! has. Handlers return `Result<_, Problem>`; actix turns it into the answer.

use std::{borrow::Cow, error::Error, fmt};

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
};
use serde_json::{Map, Value, json};

/// A kind of problem: what stays the same each time it occurs.
///
/// Once released, a code keeps its meaning and status for ever: other agencies' programs decide by
/// it. A new meaning is a new code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemType {
    /// Stable machine code in kebab case, unique across all services. Programs decide by it.
    pub code: &'static str,
    /// The HTTP status: 400 the request cannot be read, 401 and 403 the caller may not, 404 nothing
    /// there for this caller, 409 the state has changed, 410 too late, 422 understood and refused,
    /// 429 too fast, 503 try again later.
    pub status: u16,
    /// A short sentence for developers, the same each time (RFC 9457 section 3.1.3). Citizens read
    /// the portal's own texts.
    pub title: &'static str,
    /// What the caller can do about it, for the problem's page. It says an action, not the cause
    /// again.
    pub advice: &'static str,
}

/// One occurrence of a problem, on its way to the caller.
///
/// Two audiences: `detail` and the extensions go to the caller; what [`caused_by`](Self::caused_by)
/// holds goes to the operator's log only. Neither may contain personal data.
#[derive(Debug)]
pub struct Problem {
    kind: &'static ProblemType,
    /// About this occurrence; for the caller.
    detail: Option<String>,
    /// Further members; never one of the standard names.
    extensions: Map<String, Value>,
    /// For the header `Retry-After`.
    retry_after_seconds: Option<u64>,
    /// For the header `WWW-Authenticate`: of a 401 instead of the one that bearer tokens have, of a 403
    /// if another token would help.
    challenge: Option<Cow<'static, str>>,
    /// For the operator alone.
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Problem {
    /// A problem of this kind, without detail.
    #[must_use]
    pub fn new(kind: &'static ProblemType) -> Self {
        Self {
            kind,
            detail: None,
            extensions: Map::new(),
            retry_after_seconds: None,
            challenge: None,
            cause: None,
        }
    }

    /// A sentence about this occurrence: what was wrong, what would be right.
    ///
    /// Full sentences in English. Name the field and the bound and not the value: it may be
    /// personal data. A second call replaces the first.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// An extension member (RFC 9457 section 3.2). The standard members keep their meaning: one
    /// of their names is a mistake of ours and is left out.
    ///
    /// For what a program needs to go on, such as `required_level`. Members are snake case and part
    /// of the API: tests compare answers with its document (`reference::undocumented`). In a debug
    /// build a standard name panics, so tests find it.
    #[must_use]
    pub fn with(mut self, member: &'static str, value: impl Into<Value>) -> Self {
        if ["type", "title", "status", "detail", "instance", "code"].contains(&member) {
            debug_assert!(false, "{member} is a standard member");
            return self;
        }
        self.extensions.insert(member.to_owned(), value.into());
        self
    }

    /// When it is worth trying again, in seconds (`Retry-After`, RFC 9110 section 10.2.3).
    ///
    /// Give each 429 and 503 one. It is a hint: the caller may come later, and nothing is kept for
    /// it.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// How a 401 asks for a token (`WWW-Authenticate`), if other than for a token that anybody may carry;
    /// or how a 403 does. Visible ASCII.
    #[must_use]
    pub fn challenge(mut self, challenge: impl Into<Cow<'static, str>>) -> Self {
        self.challenge = Some(challenge.into());
        self
    }

    /// The cause, for the log.
    ///
    /// Any error or text. `Display` prints it with its own causes, and the request log
    /// (`libs/telemetry`) prints that for a request that failed.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// The kind of problem.
    ///
    /// For code that decides by it, such as metrics and tests.
    #[must_use]
    pub fn kind(&self) -> &'static ProblemType {
        self.kind
    }

    /// The document as JSON.
    ///
    /// Without the cause, and without `instance`: the request id in `x-request-id` names the
    /// occurrence.
    #[must_use]
    pub fn document(&self) -> Value {
        let mut document = json!({
            "type": format!("/problems/{}", self.kind.code),
            "title": self.kind.title,
            "status": self.kind.status,
            "code": self.kind.code,
        });
        if let Some(detail) = &self.detail {
            document["detail"] = detail.as_str().into();
        }
        for (member, value) in &self.extensions {
            document[member.as_str()] = value.clone();
        }
        document
    }
}

impl fmt::Display for Problem {
    /// For logs: code, detail, then the causes from the outermost to the root.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.code)?;
        if let Some(detail) = &self.detail {
            write!(f, ": {detail}")?;
        }
        let mut cause: Option<&dyn Error> = self.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|cause| &**cause as &(dyn Error + 'static))
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Status, document and headers: `Retry-After` if set, and `WWW-Authenticate` with each 401,
    /// which RFC 9110 section 15.5.2 requires, and with a 403 that has a challenge.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CONTENT_TYPE, "application/problem+json"));
        if let Some(seconds) = self.retry_after_seconds {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if self.kind.status == 401 {
            // RFC 6750 section 3, RFC 9449 section 7.1: a 401 names the scheme, and why a given token was
            // refused.
            let usual = match self.kind.code {
                "unauthenticated" => "Bearer, DPoP algs=\"ES256 EdDSA PS256\"",
                "invalid-dpop-proof" => {
                    "DPoP error=\"invalid_dpop_proof\", algs=\"ES256 EdDSA PS256\""
                }
                _ => "Bearer error=\"invalid_token\"",
            };
            let challenge = self.challenge.as_deref().unwrap_or(usual);
            response.insert_header((WWW_AUTHENTICATE, challenge));
        } else if let Some(challenge) = self.challenge.as_deref() {
            response.insert_header((WWW_AUTHENTICATE, challenge));
        }
        response.body(self.document().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types;

    #[test]
    fn the_cause_is_for_the_log_and_not_for_the_caller() {
        let problem = Problem::new(&types::INTERNAL).caused_by("disk on fire");
        assert_eq!(problem.to_string(), "internal: disk on fire");
        assert!(!problem.document().to_string().contains("disk"));
    }

    #[test]
    fn a_document_carries_detail_extensions_and_headers() {
        let problem = Problem::new(&types::HOLDS_UNAVAILABLE)
            .detail("Rebuilding.")
            .with("epoch", 3)
            .retry_after(2);
        let response = problem.error_response();
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers().get("retry-after").unwrap(), "2");
        assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
        assert_eq!(problem.document()["epoch"], 3);
        assert_eq!(problem.document()["type"], "/problems/holds-unavailable");
    }
}
