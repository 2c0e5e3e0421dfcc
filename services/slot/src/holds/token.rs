//! The signed hold token: proof of a hold that outlives the hold store.
//!
//! A compact JWS (RFC 7515), HS256, `typ: hold+jwt`. Only our own service reads it: a citizen's
//! program keeps it and sends it back to confirm or to release.

use std::sync::Arc;

use ambient::Clock;
use booking::Seat;
use calendar::Channel;
use ids::{BookingId, GroupId, HoldId, Pseudonym, ServiceId};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use settings::Secret;

use super::Hold;

const TYPE: &str = "hold+jwt";

/// What a hold token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldClaims {
    /// The hold.
    pub jti: HoldId,
    /// Who holds.
    pub sub: Pseudonym,
    /// Until when, in seconds since the epoch.
    pub exp: i64,
    /// The seat.
    pub seat: Seat,
    /// The service group of the visit.
    pub group: GroupId,
    /// What is to be done, each service as often as it is wanted.
    pub services: Vec<ServiceId>,
    /// How many people come.
    pub people: u16,
    /// By which way it is booked.
    pub channel: Channel,
    /// The active booking that this visit is to replace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<BookingId>,
}

impl HoldClaims {
    /// The hold that the token proves.
    #[must_use]
    pub fn hold(&self) -> Hold {
        Hold {
            id: self.jti,
            person: self.sub,
            group: self.group.clone(),
            replaces: self.replaces,
            seat: self.seat.clone(),
            expires_at: Timestamp::from_second(self.exp).unwrap_or(Timestamp::MIN),
        }
    }
}

/// A hold token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoldTokenError {
    /// Not a token of ours, or changed.
    #[error("the hold token is not one of ours")]
    Invalid,
    /// Too late.
    #[error("the hold has expired")]
    Expired,
}

/// Signs and reads hold tokens.
#[derive(Clone)]
pub struct HoldTokens {
    header: Header,
    signing: EncodingKey,
    reading: DecodingKey,
    validation: Validation,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for HoldTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HoldTokens")
    }
}

impl HoldTokens {
    /// Tokens signed with `key`, which all processes of one authority share.
    #[must_use]
    pub fn new(key: &Secret, clock: Arc<dyn Clock>) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        // Expiry is checked against our own clock below.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        Self {
            header: Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) },
            signing: EncodingKey::from_secret(key.expose().as_bytes()),
            reading: DecodingKey::from_secret(key.expose().as_bytes()),
            validation,
            clock,
        }
    }

    /// The token that says `claims`.
    #[must_use]
    pub fn sign(&self, claims: &HoldClaims) -> String {
        jsonwebtoken::encode(&self.header, claims, &self.signing)
            .expect("claims of texts and numbers can be signed with a secret")
    }

    /// What `token` says.
    ///
    /// # Errors
    /// It is not one of ours or has expired.
    pub fn read(&self, token: &str) -> Result<HoldClaims, HoldTokenError> {
        let claims = self.read_even_expired(token)?;
        if self.clock.now().as_second() < claims.exp {
            Ok(claims)
        } else {
            Err(HoldTokenError::Expired)
        }
    }

    /// What `token` says, however old it is: for a confirm that is repeated after its answer was
    /// lost, and for releasing.
    ///
    /// # Errors
    /// It is not one of ours.
    pub fn read_even_expired(&self, token: &str) -> Result<HoldClaims, HoldTokenError> {
        let read = jsonwebtoken::decode::<HoldClaims>(token, &self.reading, &self.validation)
            .map_err(|_| HoldTokenError::Invalid)?;
        if read.header.typ.as_deref() == Some(TYPE) {
            Ok(read.claims)
        } else {
            Err(HoldTokenError::Invalid)
        }
    }
}

#[cfg(test)]
mod tests {
    use ambient::VirtualClock;
    use calendar::Desk;
    use jiff::SignedDuration;

    use super::*;

    fn clock() -> VirtualClock {
        VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap())
    }

    fn tokens(key: &str, clock: &VirtualClock) -> HoldTokens {
        HoldTokens::new(&Secret::new(key.to_owned()), Arc::new(clock.clone()))
    }

    fn claims(clock: &VirtualClock) -> HoldClaims {
        HoldClaims {
            jti: HoldId::from_bits(1),
            sub: Pseudonym::from_bits(2),
            exp: clock.now().as_second() + 600,
            seat: Seat {
                location: "mitte".parse().unwrap(),
                date: "2027-01-11".parse().unwrap(),
                start: 96,
                units: 2,
                desk: Desk::new(3).unwrap(),
            },
            group: "anmeldung".parse().unwrap(),
            services: vec!["120686".parse().unwrap()],
            people: 1,
            channel: Channel::Public,
            replaces: None,
        }
    }

    #[test]
    fn a_token_says_what_was_signed_until_it_expires() {
        let clock = clock();
        let tokens = tokens("a key of at least thirty-two bytes", &clock);
        let claims = claims(&clock);
        let token = tokens.sign(&claims);
        assert_eq!(tokens.read(&token), Ok(claims.clone()));
        clock.advance(SignedDuration::from_mins(10));
        assert_eq!(tokens.read(&token), Err(HoldTokenError::Expired));
        assert_eq!(tokens.read_even_expired(&token), Ok(claims));
    }

    #[test]
    fn a_changed_or_foreign_token_is_refused() {
        let clock = clock();
        let ours = tokens("a key of at least thirty-two bytes", &clock);
        let token = ours.sign(&claims(&clock));
        let foreign = tokens("another key of thirty-two bytes!!", &clock).sign(&claims(&clock));
        let (head, rest) = token.split_once('.').unwrap();
        let (_, signature) = rest.split_once('.').unwrap();
        let other_payload = foreign.split('.').nth(1).unwrap().to_owned() + "x";
        let changed = format!("{head}.{other_payload}.{signature}");
        for bad in ["", "a.b.c", &foreign, &changed, &token[..token.len() - 2]] {
            assert_eq!(ours.read(bad), Err(HoldTokenError::Invalid), "{bad}");
        }
    }

    #[test]
    fn another_kind_of_token_with_our_key_is_refused() {
        let clock = clock();
        let key = "a key of at least thirty-two bytes";
        for (kind, algorithm) in [("JWT", Algorithm::HS256), (TYPE, Algorithm::HS512)] {
            let header = Header { typ: Some(kind.to_owned()), ..Header::new(algorithm) };
            let secret = EncodingKey::from_secret(key.as_bytes());
            let token = jsonwebtoken::encode(&header, &claims(&clock), &secret).unwrap();
            assert_eq!(tokens(key, &clock).read(&token), Err(HoldTokenError::Invalid));
        }
    }
}
