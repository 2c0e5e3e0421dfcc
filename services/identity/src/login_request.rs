//! A client's request for a log-in.

use std::time::Duration;

use auth::Thumbprint;
use ids::ClientId;
use serde::{Deserialize, Serialize};
use texts::Language;
use url::Url;
use vocabulary::TrustLevel;

use crate::{provider::LoginRequirements, scope_name::ScopeName};

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
    /// The program named no language that we speak, so the person's browser says it.
    #[serde(default)]
    pub(crate) is_language_open: bool,
    /// The key that the tokens must be bound to, if the program named one (RFC 9449 section 10).
    #[serde(default)]
    pub(crate) dpop_jkt: Option<Thumbprint>,
    /// The hash of the `request_uri`, if the request was pushed (RFC 9126): it serves one log-in.
    #[serde(default)]
    pub(crate) pushed: Option<String>,
}

/// Why a request to log in is refused (RFC 6749 section 4.1.2.1, OpenID Connect Core 3.1.2.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RequestError {
    UnsupportedResponseType,
    InvalidRequest,
    /// An agency's program sent it by the browser.
    NotPushed,
    /// The client is not registered for this one.
    InvalidScope(ScopeName),
    /// It is no request of OpenID Connect.
    NoOpenid,
    LoginRequired,
    Server,
}

impl RequestError {
    /// The `error` parameter or member.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidRequest | Self::NotPushed => "invalid_request",
            Self::InvalidScope(_) | Self::NoOpenid => "invalid_scope",
            Self::LoginRequired => "login_required",
            Self::Server => "server_error",
        }
    }

    /// What the program's developer reads.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::InvalidScope(scope) => {
                return format!("The client is not registered for the scope {scope}.");
            }
            Self::NoOpenid => "`scope` must have `openid` in it.",
            Self::UnsupportedResponseType => "`response_type` must be `code`.",
            Self::InvalidRequest => {
                "The request for a log-in is not as it must be: code, PKCE with S256, scope openid."
            }
            Self::NotPushed => "Push the request first (RFC 9126).",
            Self::LoginRequired => "`prompt=none` is refused: no browser stays logged in.",
            Self::Server => "Something went wrong on our side.",
        }
        .to_owned()
    }
}

impl LoginRequest {
    /// In the language of the browser that arrives, unless the program named one. A pushed request comes
    /// from a server, and its language says nothing about the person.
    pub(crate) fn read_in(self, browsers: Language) -> Self {
        let language = if self.is_language_open { browsers } else { self.language };
        Self { language, ..self }
    }

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
