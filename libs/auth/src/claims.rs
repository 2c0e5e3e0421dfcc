//! What our tokens say.
//!
//! Plain data with the names of the RFCs; nothing here decides. [`Verifier`](crate::Verifier)
//! judges the claims that every token has, [`Citizen`](crate::Citizen) and the others what theirs
//! need.
//!
//! Instants are seconds since 1970 in UTC (`NumericDate`, RFC 7519 section 2).

use ids::{ClientId, DoubtId, Pseudonym, SessionId, StaffId, TokenId};
use serde::{Deserialize, Serialize};
use vocabulary::TrustLevel;

use crate::{Confirmation, Reach, Role};

/// An access token's claims (RFC 9068).
///
/// The subject tells the kinds of caller apart: a [`Pseudonym`] is a citizen, a [`StaffId`] is
/// staff, and an agency's subject is its own `client_id`.
///
/// No name, birth date or address: an access token may be seen by programs that people use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// The issuer: the identity service's address, compared character by character (RFC 7519
    /// section 4.1.1).
    pub iss: String,
    /// The subject that acts, see above.
    pub sub: String,
    /// For whom it is: exactly one authority, as its URN ([`urn_of`](vocabulary::urn_of)). RFC 9068
    /// allows several; one stolen at an authority must not open another.
    pub aud: String,
    /// Not valid from this second since the epoch on.
    pub exp: i64,
    /// Signed at this second since the epoch. Client revocation compares with it.
    pub iat: i64,
    /// Not valid before this second since the epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// This token's own name (RFC 7519 section 4.1.7). No two tokens share it.
    pub jti: TokenId,
    /// The program that got the token.
    pub client_id: ClientId,
    /// What the program may do, words divided by spaces (RFC 6749 section 3.3), see
    /// [`scope`](crate::scope).
    #[serde(default)]
    pub scope: String,
    /// How the person proved who they are. A citizen's token without it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<TrustLevel>,
    /// When the person logged in, in seconds since the epoch. Tokens for authorities do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// The person's session, for revocation: each audience knows it by another id. In an agency's own token,
    /// which belongs to no log-in, the token itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<SessionId>,
    /// Staff only: what they may do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Staff only: where they may do it.
    #[serde(default, skip_serializing_if = "Reach::is_nowhere")]
    pub locations: Reach,
    /// The program that acts for the person, if they do not act themselves (RFC 8693 section 4.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<ActingAgency>,
    /// Set while it is unresolved whether the person is another one who is known: the doubt, as this
    /// authority knows it. Persons who may be the same human have the same one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<DoubtId>,
    /// The key that the sender must prove to have (RFC 9449). Agencies' tokens always name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnf: Option<Confirmation>,
}

/// An agency's program that acts for a person, as it is registered.
///
/// The claim `act` (RFC 8693 section 4.1). One actor and no chain: an agency cannot hand its right
/// on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActingAgency {
    /// Which program.
    #[serde(rename = "sub")]
    pub client: ClientId,
    /// What the person knows it by; shown in the history of a booking.
    pub name: String,
}

/// The claims of an attendee token: the signed userinfo response that carries a person's name
/// to the authority where they have an appointment.
///
/// A signed userinfo response (OIDC Core 5.3.2). The portal hands it from identity to the
/// authority, which thus needs no call to identity; the signature says that the name is not the
/// caller's invention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendeeClaims {
    /// Who signed.
    pub iss: String,
    /// The person, as this authority knows them.
    pub sub: Pseudonym,
    /// For whom it is: the authority's URN. Another authority refuses it.
    pub aud: String,
    /// Not valid from this second since the epoch on: at most as long as the access token that
    /// asked for it, or some minutes at the desk.
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
    /// The pseudonym of a caller who states the same names and birth date by phone: so a booking by
    /// phone is compared with the document at the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_sub: Option<Pseudonym>,
    /// At the desk only: the person has proven an e-mail address to identity and wants messages there (OIDC
    /// Core 5.1). Staff do not state it. The address is not told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub email_verified: bool,
}

/// Who acts for the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The member of staff.
    pub sub: StaffId,
}

/// A person's name and birth date, proven to one authority.
///
/// What the verifier makes of [`AttendeeClaims`] once they are judged. `Debug` shows the pseudonym
/// only.
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
    /// The member of staff who checked the document, or who took the call, if it was not a log-in.
    pub checked_by: Option<StaffId>,
    /// The pseudonym of a caller who states the same by phone.
    pub by_phone: Option<Pseudonym>,
    /// At the desk: messages reach the person, says identity.
    pub has_email: bool,
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
            by_phone: claims.phone_sub,
            has_email: claims.email_verified,
        }
    }
}

/// Identity's word that two persons are one human, for one authority. It does not expire: the event that
/// carries it may wait.
///
/// Applied once per authority: bookings of the dissolved pseudonym become those of the kept one.
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

/// Identity's word that a merge was wrong, for one authority. It does not expire: the event that carries
/// it may wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeReversalClaims {
    /// Who signed.
    pub iss: String,
    /// For whom it is.
    pub aud: String,
    /// Signed at this second since the epoch. Of two decisions about a person the later one holds.
    pub iat: i64,
    /// The person into whom the other one was merged, as this authority knows them.
    pub kept: Pseudonym,
    /// The person who is a human of their own again.
    pub restored: Pseudonym,
}

/// Identity's signed decision that a person with an open case is a human of their own, for one authority.
/// It does not expire, because the event that carries it may wait in a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolutionClaims {
    /// Who signed.
    pub iss: String,
    /// For whom it is.
    pub aud: String,
    /// Signed at this second since the epoch.
    pub iat: i64,
    /// The person, as this authority knows them.
    pub person: Pseudonym,
}

impl AccessClaims {
    /// Whether the client was granted `scope`.
    ///
    /// Exact words: `bookings` does not contain `bookings:write`.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|granted| granted == scope)
    }
}
