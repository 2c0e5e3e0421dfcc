//! Names and birth dates, readable only with the authority's key.

use ambient::Entropy;
use auth::Attendee;
use aws_lc_rs::hmac;
use ids::{HoldId, ServiceId};
use messaging::SealingKey;
use serde::{Deserialize, Serialize};
use settings::Secret;

use crate::settings::SHORTEST_KEY;

/// Seals and opens what the desk must know about a person.
#[derive(Debug)]
pub struct PersonData {
    encryption: SealingKey,
    proofs: hmac::Key,
}

/// What the desk compares with the document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// All given names; empty for people with a single name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// Date of birth, possibly partial.
    pub birthdate: String,
}

impl std::fmt::Debug for Visitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Visitor")
    }
}

impl From<&Attendee> for Visitor {
    fn from(attendee: &Attendee) -> Self {
        Self {
            given_name: attendee.given_name.clone().unwrap_or_default(),
            family_name: attendee.family_name.clone(),
            birthdate: attendee.birthdate.clone(),
        }
    }
}

/// The key is too short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key must have at least {SHORTEST_KEY} characters")]
pub struct KeyTooShort;

/// Stored person data cannot be read with this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("person data cannot be decrypted: it is damaged or was sealed with another key")]
pub struct CannotOpen;

impl PersonData {
    /// Sealing with keys derived from `secret`.
    ///
    /// # Errors
    /// The secret is too short.
    pub fn new(secret: &Secret) -> Result<Self, KeyTooShort> {
        if secret.expose().len() < SHORTEST_KEY {
            return Err(KeyTooShort);
        }
        let derive = |purpose: &str| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
            hmac::sign(&key, purpose.as_bytes())
        };
        let encryption = SealingKey::from_bytes(derive("fairtermin attendee v1").as_ref())
            .expect("an HMAC-SHA-256 tag has the length of an AES-256 key");
        let proofs = hmac::Key::new(hmac::HMAC_SHA256, derive("fairtermin proof v1").as_ref());
        Ok(Self { encryption, proofs })
    }

    /// Encrypts `visitor` for the booking that `hold` becomes. It opens only for the same hold, so
    /// rows cannot be exchanged.
    pub fn seal(&self, visitor: &Visitor, hold: HoldId, entropy: &dyn Entropy) -> Vec<u8> {
        let text = serde_json::to_vec(visitor).expect("three strings are always valid JSON");
        self.encryption
            .seal(&text, &hold.to_string(), entropy)
            .expect("a name is shorter than the limit of AES-GCM")
    }

    /// Decrypts what [`PersonData::seal`] made.
    ///
    /// # Errors
    /// It is damaged, of another hold, or was sealed with another key.
    pub fn open(&self, sealed: &[u8], hold: HoldId) -> Result<Visitor, CannotOpen> {
        let text = self.encryption.open(sealed, &hold.to_string()).map_err(|_| CannotOpen)?;
        serde_json::from_slice(&text).map_err(|_| CannotOpen)
    }

    /// What is kept of an entitlement's reference number and date of birth: a keyed hash, equal
    /// for the same matter whatever the spacing and case of the reference.
    pub fn proof(&self, service: &ServiceId, reference: &str, birthdate: &str) -> Vec<u8> {
        let reference: String = reference
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect();
        let text = format!("{service}\n{reference}\n{birthdate}");
        hmac::sign(&self.proofs, text.as_bytes()).as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;

    use super::*;

    fn person_data(key: &str) -> PersonData {
        PersonData::new(&Secret::new(key.repeat(32))).unwrap()
    }

    fn visitor() -> Visitor {
        Visitor {
            given_name: "Zeynep".into(),
            family_name: "Öztürk".into(),
            birthdate: "1990-00-00".into(),
        }
    }

    #[test]
    fn a_sealed_name_opens_with_the_same_key_for_the_same_hold_only() {
        let (ours, theirs) = (person_data("a"), person_data("b"));
        let (hold, other) = (HoldId::from_bits(1), HoldId::from_bits(2));
        let sealed = ours.seal(&visitor(), hold, &SeededEntropy::new(1));
        assert_eq!(ours.open(&sealed, hold), Ok(visitor()));
        assert_eq!(ours.open(&sealed, other), Err(CannotOpen));
        assert_eq!(theirs.open(&sealed, hold), Err(CannotOpen));
        assert_eq!(ours.open(&sealed[..5], hold), Err(CannotOpen));
        let text = String::from_utf8_lossy(&sealed);
        assert!(!text.contains("Zeynep") && !text.contains("1990"));
    }

    #[test]
    fn a_reference_is_the_same_however_it_is_typed() {
        let data = person_data("a");
        let service = "304".parse().unwrap();
        let proof = |reference, birthdate| data.proof(&service, reference, birthdate);
        assert_eq!(proof("LEA-12 34/x", "1990-01-01"), proof("lea1234X", "1990-01-01"));
        assert_ne!(proof("LEA-1234", "1990-01-01"), proof("LEA-1234", "1990-01-02"));
    }

    #[test]
    fn a_short_key_is_refused() {
        assert_eq!(PersonData::new(&Secret::new("short".into())).unwrap_err(), KeyTooShort);
    }
}
