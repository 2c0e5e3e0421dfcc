//! References name what is here: an absolute one must begin with our own address (FHIR R4 section
//! 2.3.0.1). What another server calls by the same id is something else.

use actix_web::HttpRequest;
use problem::Problem;

use super::bundle::base;
use crate::http::body::invalid;

/// Where we are, as this caller reaches us.
pub(super) struct Here(String);

impl Here {
    pub(super) fn of(request: &HttpRequest) -> Self {
        Self(base(request))
    }

    /// Refuses a reference to another server.
    pub(super) fn require(&self, field: &str, reference: &str) -> Result<(), Problem> {
        let is_ours = reference.strip_prefix(&self.0).is_some_and(|rest| rest.starts_with('/'));
        if !reference.contains("://") || is_ours {
            return Ok(());
        }
        let reason = format!("names another server; here is {}, or write it without one", self.0);
        Err(invalid(field, &reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_here_can_be_named() {
        let here = Here("https://termine.example/fhir".to_owned());
        for ours in ["small", "Schedule/small", "https://termine.example/fhir/Schedule/small", ""] {
            assert!(here.require("schedule", ours).is_ok(), "{ours}");
        }
        for other in [
            "https://other.example/fhir/Schedule/small",
            "https://termine.example/fhir.other/Schedule/small",
            "http://termine.example/fhir/Schedule/small",
        ] {
            assert!(here.require("schedule", other).is_err(), "{other}");
        }
    }
}
