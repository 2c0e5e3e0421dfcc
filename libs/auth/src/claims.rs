//! What our tokens say.

use ids::{ClientId, Pseudonym, SessionId, StaffId, TokenId};
use serde::{Deserialize, Serialize};
use vocabulary::TrustLevel;

use crate::{Confirmation, Reach, Role};

/// An access token's claims (RFC 9068).
///
/// The subject tells the kinds of caller apart: a [`Pseudonym`] is a citizen, a [`StaffId`] is
/// staff, and an agency's subject is its own `client_id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Who signed: the identity service's address.
    pub iss: String,
    /// Who is acting, see above.
    pub sub: String,
    /// For whom it is: exactly one authority.
    pub aud: String,
    /// Not valid from this second since the epoch on.
    pub exp: i64,
    /// Signed at this second since the epoch.
    pub iat: i64,
    /// Not valid before this second since the epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// This token's own name.
    pub jti: TokenId,
    /// The program that got the token.
    pub client_id: ClientId,
    /// What the program may do, see [`scope`](crate::scope).
    #[serde(default)]
    pub scope: String,
    /// How the person proved who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<TrustLevel>,
    /// When the person logged in, in seconds since the epoch. Tokens for authorities do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// The person's session, for revocation: each audience knows it by another id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<SessionId>,
    /// Staff only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Staff only.
    #[serde(default, skip_serializing_if = "Reach::is_nowhere")]
    pub locations: Reach,
    /// The program that acts for the person, if they do not act themselves (RFC 8693 section 4.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<ActingAgency>,
    /// The key that the sender must prove to have (RFC 9449). Agencies' tokens always name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnf: Option<Confirmation>,
}

/// An agency's program that acts for a person, as it is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActingAgency {
    /// Which program.
    #[serde(rename = "sub")]
    pub client: ClientId,
    /// What the person knows it by.
    pub name: String,
}

/// The claims of an attendee token: the signed userinfo response that carries a person's name
/// to the authority where they have an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendeeClaims {
    /// Who signed.
    pub iss: String,
    /// The person, as this authority knows them.
    pub sub: Pseudonym,
    /// For whom it is.
    pub aud: String,
    /// Not valid from this second since the epoch on.
    pub exp: i64,
    /// Signed at this second since the epoch.
    pub iat: i64,
    /// All given names; missing for people with a single name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// The family name, or a single-name person's only name.
    pub family_name: String,
    /// `1980-04-17`, or `1980-04` or `1980` if the document says no more.
    pub birthdate: String,
    /// How the person proved who they are.
    pub acr: TrustLevel,
    /// The member of staff who checked the document, if it was not a log-in (RFC 8693 `act`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Actor>,
}

/// Who acts for the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The member of staff.
    pub sub: StaffId,
}

/// A person's name and birth date, proven to one authority.
#[derive(Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The person, as this authority knows them.
    pub pseudonym: Pseudonym,
    /// All given names; missing for people with a single name.
    pub given_name: Option<String>,
    /// The family name, or a single-name person's only name.
    pub family_name: String,
    /// `1980-04-17`, or `1980-04` or `1980` if the document says no more.
    pub birthdate: String,
    /// How the person proved who they are.
    pub level: TrustLevel,
    /// The member of staff who checked the document, if it was not a log-in.
    pub checked_by: Option<StaffId>,
}

impl std::fmt::Debug for Attendee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names and birth dates stay out of every log.
        f.debug_struct("Attendee").field("pseudonym", &self.pseudonym).finish_non_exhaustive()
    }
}

impl From<AttendeeClaims> for Attendee {
    fn from(claims: AttendeeClaims) -> Self {
        Self {
            pseudonym: claims.sub,
            given_name: claims.given_name,
            family_name: claims.family_name,
            birthdate: claims.birthdate,
            level: claims.acr,
            checked_by: claims.act.map(|actor| actor.sub),
        }
    }
}

/// Identity's word that two persons are one human, for one authority. It does not expire: the event that
/// carries it may wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeClaims {
    /// Who signed.
    pub iss: String,
    /// For whom it is.
    pub aud: String,
    /// Signed at this second since the epoch.
    pub iat: i64,
    /// The person that stays, as this authority knows them.
    pub kept: Pseudonym,
    /// The person that is the same human.
    pub dissolved: Pseudonym,
}

impl AccessClaims {
    /// Whether the client was granted `scope`.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|granted| granted == scope)
    }
}
