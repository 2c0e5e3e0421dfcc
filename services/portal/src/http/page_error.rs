//! What a person reads when something does not work: what happened, and what to do now.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use client::{ClientError, Refusal, TrustLevel};

use super::{other_booking::OtherBooking, same_time::SameTime};

/// A page cannot be shown or a form not be accepted.
///
/// [`explained`](super::explained) turns it into a page in the visitor's language; its key is
/// `problem-<code>` in `locales/<language>/problems.ftl`, or the texts of a booking rule.
#[derive(Debug)]
pub(crate) enum PageError {
    /// There is no such page.
    NotFound,
    /// The address or the form makes no sense.
    BadRequest,
    /// The form is from an earlier session or from another site.
    FormExpired,
    /// The form is from an earlier session, and nobody is logged in now.
    SessionOver { back: String, is_staff: bool },
    /// This needs a log-in.
    LoginNeeded { back: String },
    /// This needs a log-in that is surer.
    LevelTooLow { needed: TrustLevel, back: String },
    /// The address of this person is shown and changed after a log-in that is surer.
    AddressLevel { needed: TrustLevel, back: String },
    /// This is for the authority's own people.
    StaffOnly { back: String },
    /// This is a person's own, and a member of staff is logged in.
    PersonOnly { back: String },
    /// The log-in is not meant for this.
    Forbidden,
    /// The browser keeps no cookies, so a log-in is not possible.
    CookiesBlocked { back: String },
    /// The answer of the log-in does not belong to this browser, or came too late.
    LoginExpired,
    /// A log-in that was begun at `back` could not be finished.
    LoginFailed { why: Box<PageError>, back: String, is_staff: bool },
    /// The identity service cannot be reached.
    IdentityDown(Box<dyn std::error::Error>),
    /// An authority cannot be reached.
    AuthorityDown(ClientError),
    /// An authority refused; `again` leads back to the free appointments. `other` is the person's
    /// appointment that it is about.
    Refused { refusal: Box<Refusal>, again: Option<String>, other: Option<Box<OtherBooking>> },
    /// A hold expired, and no booking came of it.
    HoldExpired { again: String, same: Option<Box<SameTime>> },
    /// A hold was given up, or another slot was taken instead of it in another tab.
    HoldGivenUp,
    /// This browser knows of no such hold.
    NothingHeld,
}

impl PageError {
    /// The identity service did not do what was asked of it.
    pub(crate) fn identity_down(cause: impl Into<Box<dyn std::error::Error>>) -> Self {
        Self::IdentityDown(cause.into())
    }

    /// What an authority would refuse with this code.
    pub(crate) fn refused(code: &str, again: String) -> Self {
        Self::refused_as(code, 409, again)
    }

    /// The same of something that is not there, or not for this person: the page does not say
    /// which.
    pub(crate) fn not_there(code: &str, again: String) -> Self {
        Self::refused_as(code, 404, again)
    }

    fn refused_as(code: &str, status: u16, again: String) -> Self {
        let refusal = Refusal {
            code: code.to_owned(),
            status,
            detail: None,
            retry_after: None,
            extensions: serde_json::Map::new(),
        };
        Self::Refused { refusal: Box::new(refusal), again: Some(again), other: None }
    }

    /// Names the text that explains it.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::NotFound => "not-found",
            Self::BadRequest => "bad-request",
            Self::FormExpired => "form-expired",
            Self::SessionOver { .. } => "session-over",
            Self::LoginNeeded { .. } => "login-needed",
            Self::LevelTooLow { .. } => "level-too-low",
            Self::AddressLevel { .. } => "address-level",
            Self::StaffOnly { .. } => "staff-only",
            Self::PersonOnly { .. } => "person-only",
            Self::Forbidden => "forbidden",
            Self::CookiesBlocked { .. } => "cookies-blocked",
            Self::LoginExpired => "login-expired",
            Self::LoginFailed { why, .. } => why.code(),
            Self::IdentityDown(_) => "identity-down",
            Self::AuthorityDown(_) => "authority-down",
            Self::Refused { refusal, .. } => &refusal.code,
            Self::HoldExpired { .. } => "hold-expired",
            Self::HoldGivenUp => "hold-given-up",
            Self::NothingHeld => "nothing-held",
        }
    }

    /// The link back to the free appointments, if it is known.
    pub(crate) fn again(&self) -> Option<&str> {
        match self {
            Self::Refused { again, .. } => again.as_deref(),
            Self::HoldExpired { again, .. } => Some(again),
            _ => None,
        }
    }

    /// Whether nobody is logged in any more: the identity service has ended the log-in, or a service refused its
    /// token. On a page for staff a citizen may still be.
    pub(crate) fn is_logged_out(&self) -> bool {
        match self {
            Self::LoginNeeded { .. } | Self::StaffOnly { .. } | Self::SessionOver { .. } => true,
            Self::Refused { refusal, .. } => ends_login(&refusal.code),
            _ => false,
        }
    }

    /// Whether something is broken, other than what the person did.
    pub(crate) fn is_outage(&self) -> bool {
        match self {
            Self::IdentityDown(_) | Self::AuthorityDown(_) => true,
            Self::LoginFailed { why, .. } => why.is_outage(),
            _ => false,
        }
    }

    /// Adds the link back to the free appointments.
    pub(crate) fn choose_again_at(self, link: String) -> Self {
        match self {
            Self::Refused { refusal, other, .. } => {
                Self::Refused { refusal, again: Some(link), other }
            }
            failure => failure,
        }
    }

    /// Adds the appointment that it is about.
    pub(crate) fn because_of(self, booking: OtherBooking) -> Self {
        match self {
            Self::Refused { refusal, again, .. } => {
                Self::Refused { refusal, again, other: Some(Box::new(booking)) }
            }
            failure => failure,
        }
    }

    /// The time of a hold that expired, if it is still free.
    pub(crate) fn same_time(&self) -> Option<&SameTime> {
        match self {
            Self::HoldExpired { same, .. } => same.as_deref(),
            _ => None,
        }
    }

    /// The person's appointment that it is about, if it is known.
    pub(crate) fn other_booking(&self) -> Option<&OtherBooking> {
        match self {
            Self::Refused { other, .. } => other.as_deref(),
            _ => None,
        }
    }
}

/// Whether a refusal with this code says that a token is good for nothing any more.
pub(crate) fn ends_login(code: &str) -> bool {
    ["unauthenticated", "invalid-token", "person-merged"].contains(&code)
}

impl From<ClientError> for PageError {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Problem(refusal) => {
                Self::Refused { refusal: Box::new(refusal), again: None, other: None }
            }
            other => Self::AuthorityDown(other),
        }
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IdentityDown(cause) => write!(f, "identity-down: {cause}"),
            Self::LoginFailed { why, .. } => why.fmt(f),
            Self::AuthorityDown(cause) => write!(f, "authority-down: {cause}"),
            other => f.write_str(other.code()),
        }
    }
}

impl std::error::Error for PageError {}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::FormExpired
            | Self::SessionOver { .. }
            | Self::LevelTooLow { .. }
            | Self::AddressLevel { .. }
            | Self::PersonOnly { .. }
            | Self::Forbidden => StatusCode::FORBIDDEN,
            Self::LoginNeeded { .. } | Self::StaffOnly { .. } => StatusCode::UNAUTHORIZED,
            Self::LoginExpired | Self::CookiesBlocked { .. } => StatusCode::BAD_REQUEST,
            Self::LoginFailed { why, .. } => why.status_code(),
            Self::IdentityDown(_) | Self::AuthorityDown(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Refused { refusal, .. } => {
                StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_GATEWAY)
            }
            Self::HoldExpired { .. } | Self::HoldGivenUp | Self::NothingHeld => StatusCode::GONE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        // The page itself is made by the middleware, which knows the language.
        HttpResponse::new(self.status_code())
    }
}
