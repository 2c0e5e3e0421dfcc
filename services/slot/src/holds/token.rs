//! The signed hold token: proof of a hold that outlives the hold store.
//!
//! Only our own service reads it: a citizen's program keeps it and sends it back to confirm or to
//! give up. So it needs no standard's flexibility: fields in a fixed order, numbers big endian,
//! texts after their length, then HMAC-SHA-256 (RFC 2104) over all of it, in base64url without
//! padding (RFC 4648 section 5).
//!
//! The first byte is the edition. A token of another edition is distinguished from a forged one, because
//! its owner has done nothing wrong and needs only a new hold.

use std::sync::Arc;

use ambient::Clock;
use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use booking::Seat;
use calendar::Desk;
use ids::{BookingId, HoldId, Pseudonym};
use jiff::Timestamp;
use settings::Secret;

use super::{
    Hold, LONGEST_DETAILS,
    fields::{Fields, write_name},
};

/// The edition of what is written below. Change it with every change of a field.
const EDITION: u8 = 2;

/// Bytes of the code at the end.
const CODE: usize = 32;

/// Bytes of a name with its length.
const LONGEST_NAME: usize = 64;

/// Bytes of the longest token: what has a fixed length, two names, the details, and the code.
const LONGEST: usize = 92 + 2 * LONGEST_NAME + LONGEST_DETAILS + CODE;

/// A hold token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoldTokenError {
    /// Not a token of ours, or changed.
    #[error("the hold token is not one of ours")]
    Invalid,
    /// Written by another edition of the service: hold again.
    #[error("the hold token was written by another edition of the service")]
    OtherEdition,
    /// Too late.
    #[error("the hold has expired")]
    Expired,
}

/// Signs and reads hold tokens.
#[derive(Clone)]
pub struct HoldTokens {
    key: hmac::Key,
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
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, key.expose().as_bytes()), clock }
    }

    /// The token that proves `hold`. Times are kept in milliseconds, those of the seat in seconds.
    #[must_use]
    pub fn sign(&self, hold: &Hold) -> String {
        let mut bytes = Vec::with_capacity(LONGEST - LONGEST_DETAILS + hold.details.len());
        write(hold, &mut bytes);
        let code = hmac::sign(&self.key, &bytes);
        bytes.extend(code.as_ref());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The hold that `token` proves.
    ///
    /// # Errors
    /// It is not one of ours, or of another edition, or has expired.
    pub fn read(&self, token: &str) -> Result<Hold, HoldTokenError> {
        let hold = self.read_even_expired(token)?;
        if self.clock.now() < hold.expires_at { Ok(hold) } else { Err(HoldTokenError::Expired) }
    }

    /// The hold that `token` proves, however old it is: for a confirm that is repeated after its
    /// answer was lost, and for giving up.
    ///
    /// # Errors
    /// It is not one of ours, or of another edition.
    pub fn read_even_expired(&self, token: &str) -> Result<Hold, HoldTokenError> {
        // The first edition was a JSON Web Token: `{"`, in base64.
        if token.starts_with("eyJ") {
            return Err(HoldTokenError::OtherEdition);
        }
        if token.len() > LONGEST.div_ceil(3) * 4 {
            return Err(HoldTokenError::Invalid);
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| HoldTokenError::Invalid)?;
        if bytes.first().is_some_and(|edition| *edition != EDITION) {
            return Err(HoldTokenError::OtherEdition);
        }
        let (said, code) = bytes.split_last_chunk::<CODE>().ok_or(HoldTokenError::Invalid)?;
        hmac::verify(&self.key, said, code).map_err(|_| HoldTokenError::Invalid)?;
        read(Fields(&said[1..])).ok_or(HoldTokenError::Invalid)
    }
}

fn write(hold: &Hold, bytes: &mut Vec<u8>) {
    bytes.push(EDITION);
    bytes.extend(hold.epoch.to_be_bytes());
    bytes.extend(hold.id.to_bits().to_be_bytes());
    bytes.extend(hold.person.to_bits().to_be_bytes());
    bytes.extend(hold.held_at.as_millisecond().to_be_bytes());
    bytes.extend(hold.expires_at.as_millisecond().to_be_bytes());
    bytes.push(hold.is_extended.into());
    bytes.extend(hold.seat.start.as_second().to_be_bytes());
    bytes.extend(hold.seat.end.as_second().to_be_bytes());
    bytes.push(hold.seat.desk.index());
    bytes.push(hold.replaces.is_some().into());
    bytes.extend(hold.replaces.map_or(0, BookingId::to_bits).to_be_bytes());
    write_name(hold.seat.location.as_str(), bytes);
    write_name(hold.group.as_str(), bytes);
    bytes.extend(&hold.details);
}

/// Reads a hold; `None` if the bytes are none.
fn read(mut fields: Fields<'_>) -> Option<Hold> {
    let epoch = u64::from_be_bytes(fields.take()?);
    let id = HoldId::from_bits(u128::from_be_bytes(fields.take()?));
    let person = Pseudonym::from_bits(u128::from_be_bytes(fields.take()?));
    let held_at = Timestamp::from_millisecond(i64::from_be_bytes(fields.take()?)).ok()?;
    let expires_at = Timestamp::from_millisecond(i64::from_be_bytes(fields.take()?)).ok()?;
    let is_extended = fields.flag()?;
    let start = Timestamp::from_second(i64::from_be_bytes(fields.take()?)).ok()?;
    let end = Timestamp::from_second(i64::from_be_bytes(fields.take()?)).ok()?;
    let desk = Desk::new(u8::from_be_bytes(fields.take()?))?;
    let is_move = fields.flag()?;
    let replaces = BookingId::from_bits(u128::from_be_bytes(fields.take()?));
    let location = fields.name()?;
    let group = fields.name()?;
    let details = (fields.0.len() <= LONGEST_DETAILS).then(|| fields.0.to_vec())?;
    Some(Hold {
        id,
        person,
        group,
        replaces: is_move.then_some(replaces),
        seat: Seat { location, desk, start, end },
        held_at,
        expires_at,
        is_extended,
        epoch,
        details,
    })
}

#[cfg(test)]
mod tests {
    use ambient::VirtualClock;
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "a key of at least thirty-two bytes";

    fn clock() -> VirtualClock {
        VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap())
    }

    fn tokens(key: &str, clock: &VirtualClock) -> HoldTokens {
        HoldTokens::new(&Secret::new(key.to_owned()), Arc::new(clock.clone()))
    }

    fn hold(clock: &VirtualClock) -> Hold {
        Hold {
            id: HoldId::from_bits(1),
            person: Pseudonym::from_bits(2),
            group: "anmeldung".parse().unwrap(),
            replaces: Some(BookingId::from_bits(3)),
            seat: Seat {
                location: "mitte".parse().unwrap(),
                desk: Desk::new(3).unwrap(),
                start: "2027-01-11T07:00:00Z".parse().unwrap(),
                end: "2027-01-11T07:20:00Z".parse().unwrap(),
            },
            held_at: clock.now(),
            expires_at: clock.now() + SignedDuration::from_mins(10),
            is_extended: false,
            epoch: 4,
            details: b"one passport".to_vec(),
        }
    }

    #[test]
    fn a_token_says_what_was_signed_until_it_expires() {
        let clock = clock();
        let tokens = tokens(KEY, &clock);
        let hold = hold(&clock);
        let token = tokens.sign(&hold);
        assert_eq!(tokens.read(&token), Ok(hold.clone()));
        clock.advance(SignedDuration::from_mins(10));
        assert_eq!(tokens.read(&token), Err(HoldTokenError::Expired));
        assert_eq!(tokens.read_even_expired(&token), Ok(hold));
    }

    #[test]
    fn a_token_of_another_edition_is_told_apart_from_a_forged_one() {
        let clock = clock();
        let tokens = tokens(KEY, &clock);
        let mut later = URL_SAFE_NO_PAD.decode(tokens.sign(&hold(&clock))).unwrap();
        later[0] = EDITION + 1;
        let later = URL_SAFE_NO_PAD.encode(later);
        for other in ["eyJ0eXAiOiJob2xkK2p3dCIsImFsZyI6IkhTMjU2In0.e30.c2ln", &later] {
            assert_eq!(tokens.read(other), Err(HoldTokenError::OtherEdition), "{other}");
        }
    }

    #[test]
    fn a_foreign_or_endless_token_is_refused() {
        let clock = clock();
        let foreign = tokens("another key of thirty-two bytes!!", &clock).sign(&hold(&clock));
        let endless = "A".repeat(1 << 20);
        for bad in ["", "ü", "a.b.c", &foreign, &endless] {
            assert_eq!(tokens(KEY, &clock).read(bad), Err(HoldTokenError::Invalid));
        }
    }

    #[test]
    fn the_longest_hold_fits() {
        let clock = clock();
        let name = "x".repeat(63);
        let mut longest = hold(&clock);
        longest.seat.location = name.parse().unwrap();
        longest.group = name.parse().unwrap();
        longest.details = vec![7; LONGEST_DETAILS];
        let token = tokens(KEY, &clock).sign(&longest);
        assert_eq!(URL_SAFE_NO_PAD.decode(&token).unwrap().len(), LONGEST);
        assert_eq!(tokens(KEY, &clock).read(&token), Ok(longest));
    }

    proptest! {
        #[test]
        fn whatever_was_signed_reads_back(
            id: u128, person: u128, replaces: Option<u128>, epoch: u64, is_extended: bool,
            desk in 0u8..64, start in 0i64..4_000_000_000, minutes in 1i64..600,
            details in prop::collection::vec(any::<u8>(), 0..LONGEST_DETAILS),
        ) {
            let clock = clock();
            let start = Timestamp::from_second(start).unwrap();
            let signed = Hold {
                id: HoldId::from_bits(id),
                person: Pseudonym::from_bits(person),
                replaces: replaces.map(BookingId::from_bits),
                seat: Seat {
                    location: "mitte".parse().unwrap(),
                    desk: Desk::new(desk).unwrap(),
                    start,
                    end: start + SignedDuration::from_mins(minutes),
                },
                is_extended,
                epoch,
                details,
                ..hold(&clock)
            };
            let tokens = tokens(KEY, &clock);
            prop_assert_eq!(tokens.read(&tokens.sign(&signed)), Ok(signed));
        }

        #[test]
        fn any_flipped_bit_and_any_cut_is_refused(at: prop::sample::Index, bit in 0u8..8) {
            let clock = clock();
            let tokens = tokens(KEY, &clock);
            let whole = URL_SAFE_NO_PAD.decode(tokens.sign(&hold(&clock))).unwrap();
            let mut flipped = whole.clone();
            flipped[at.index(whole.len())] ^= 1 << bit;
            let cut = &whole[..at.index(whole.len())];
            let mut longer = whole.clone();
            longer.push(bit);
            for bad in [&flipped, cut, &longer] {
                prop_assert!(tokens.read_even_expired(&URL_SAFE_NO_PAD.encode(bad)).is_err());
            }
        }

        #[test]
        fn whatever_is_signed_with_our_key_is_read_or_refused(
            mut said in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let clock = clock();
            let tokens = tokens(KEY, &clock);
            said.insert(0, EDITION);
            let code = hmac::sign(&tokens.key, &said);
            said.extend(code.as_ref());
            if let Ok(hold) = tokens.read_even_expired(&URL_SAFE_NO_PAD.encode(&said)) {
                prop_assert!(hold.details.len() <= LONGEST_DETAILS);
            }
        }
    }
}
