//! A client's request for a log-in.

use std::time::Duration;

use ids::ClientId;
use serde::{Deserialize, Serialize};
use texts::Language;
use url::Url;
use vocabulary::TrustLevel;

use crate::provider::LoginRequirements;

/// A checked authorization request; kept while the person logs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LoginRequest {
    pub(crate) client: ClientId,
    pub(crate) redirect_uri: Url,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    /// PKCE, always S256.
    pub(crate) challenge: String,
    pub(crate) scope: String,
    /// The lowest level that will do.
    pub(crate) level: TrustLevel,
    pub(crate) max_age_seconds: Option<u64>,
    pub(crate) language: Language,
}

impl LoginRequest {
    pub(crate) fn requirements(&self) -> LoginRequirements {
        LoginRequirements {
            level: self.level,
            max_age: self.max_age_seconds.map(Duration::from_secs),
            language: self.language,
        }
    }

    /// Whether a member of staff is to log in, and not a citizen.
    pub(crate) fn is_for_staff(&self) -> bool {
        self.scope.split(' ').any(|scope| scope == auth::scope::DESK)
    }

    /// Whether the person is asked to let the program act for them.
    pub(crate) fn is_to_act(&self) -> bool {
        self.scope.split(' ').any(|scope| scope == auth::scope::BOOKINGS_WRITE_ON_BEHALF)
    }

    /// Back to the program with these parameters, its `state` and our `iss` (RFC 9207).
    pub(crate) fn back(&self, issuer: &str, parameters: &[(&str, &str)]) -> Url {
        let mut url = self.redirect_uri.clone();
        {
            let mut query = url.query_pairs_mut();
            query.extend_pairs(parameters);
            if let Some(state) = &self.state {
                query.append_pair("state", state);
            }
            query.append_pair("iss", issuer);
        }
        url
    }
}
