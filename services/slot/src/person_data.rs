//! Names and birth dates, readable only with the authority's key.

mod derived;

use ambient::Entropy;
use auth::Attendee;
use aws_lc_rs::hmac;
use booking::entitlement::Reference;
use ids::{EntitlementId, HoldId, ServiceId};
use messaging::SealingKey;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use settings::Secret;

pub use self::derived::Derived;

/// Seals and opens what the desk must know about a person.
#[derive(Debug)]
pub struct PersonData {
    encryption: SealingKey,
    proofs: hmac::Key,
    key_id: String,
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
#[error("the key must have at least {} characters", Secret::SHORTEST_KEY)]
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
        if secret.expose().len() < Secret::SHORTEST_KEY {
            return Err(KeyTooShort);
        }
        let derive = |purpose: &str| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
            hmac::sign(&key, purpose.as_bytes())
        };
        let encryption = SealingKey::from_bytes(derive("fairtermin attendee v1").as_ref())
            .expect("an HMAC-SHA-256 tag has the length of an AES-256 key");
        let proofs = hmac::Key::new(hmac::HMAC_SHA256, derive("fairtermin proof v1").as_ref());
        let key_id = derive("fairtermin key id v1");
        let key_id = key_id.as_ref().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { encryption, proofs, key_id })
    }

    /// Encrypts a [`Visitor`], or what contains one, for the booking that `hold` becomes. It opens only
    /// for the same hold, so rows cannot be exchanged.
    pub fn seal<T: Serialize>(&self, what: &T, hold: HoldId, entropy: &dyn Entropy) -> Vec<u8> {
        let text = serde_json::to_vec(what).expect("names and wishes are always valid JSON");
        self.encryption
            .seal(&text, &hold.to_string(), entropy)
            .expect("names and wishes are shorter than the limit of AES-GCM")
    }

    /// Decrypts the visitor of what [`PersonData::seal`] made.
    ///
    /// # Errors
    /// It is damaged, of another hold, or was sealed with another key.
    pub fn open(&self, sealed: &[u8], hold: HoldId) -> Result<Visitor, CannotOpen> {
        self.open_as(sealed, hold)
    }

    /// Decrypts all of it.
    ///
    /// # Errors
    /// As [`PersonData::open`], or it is something else.
    pub fn open_as<T: DeserializeOwned>(
        &self,
        sealed: &[u8],
        hold: HoldId,
    ) -> Result<T, CannotOpen> {
        let text = self.encryption.open(sealed, &hold.to_string()).map_err(|_| CannotOpen)?;
        serde_json::from_slice(&text).map_err(|_| CannotOpen)
    }

    /// The name of the key, which stands beside each hash. Tells nothing about it.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// What is kept of an entitlement's reference: a keyed hash.
    pub fn reference_hash(&self, service: &ServiceId, reference: &Reference) -> Vec<u8> {
        self.hash(&format!("reference\n{service}\n{}", reference.as_str()))
    }

    /// What is kept of an entitlement's holder: a keyed hash of a text of
    /// [`Holder`](booking::entitlement::Holder), another one for each entitlement.
    pub fn holder_hash(&self, entitlement: EntitlementId, text: &str) -> Vec<u8> {
        self.hash(&format!("holder\n{entitlement}\n{text}"))
    }

    /// What versions before this one kept of reference and date of birth.
    pub fn former_hash(
        &self,
        service: &ServiceId,
        reference: &Reference,
        birthdate: &str,
    ) -> Vec<u8> {
        self.hash(&format!("{service}\n{}\n{birthdate}", reference.as_str()))
    }

    /// What is kept of a request that may come again: it may name a person.
    pub fn request_hash(&self, request: &str) -> Vec<u8> {
        self.hash(&format!("request\n{request}"))
    }

    /// Bytes that follow from the key and `label`.
    pub fn derived(&self, label: &str) -> Derived {
        Derived::from(&self.hash(&format!("derived\n{label}")))
    }

    fn hash(&self, text: &str) -> Vec<u8> {
        hmac::sign(&self.proofs, text.as_bytes()).as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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
    fn what_follows_from_a_label_comes_again_with_the_same_key_only() {
        let (ours, theirs) = (person_data("a"), person_data("b"));
        let made = |data: &PersonData, label: &str| {
            Reference::mint(&data.derived(label)).as_str().to_owned()
        };
        assert_eq!(made(&ours, "one"), made(&ours, "one"));
        assert_ne!(made(&ours, "one"), made(&ours, "two"));
        assert_ne!(made(&ours, "one"), made(&theirs, "one"));
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
    fn each_kind_of_hash_is_of_its_own_and_of_its_key() {
        let (ours, theirs) = (person_data("a"), person_data("b"));
        let service: ServiceId = "304".parse().unwrap();
        let reference = Reference::parse("LEA-1234").unwrap();
        let (one, other) = (EntitlementId::from_bits(1), EntitlementId::from_bits(2));
        let born = "1990-01-01";
        let hashes = |data: &PersonData| {
            [
                data.reference_hash(&service, &reference),
                data.reference_hash(&"305".parse().unwrap(), &reference),
                data.former_hash(&service, &reference, born),
                data.holder_hash(one, born),
                data.holder_hash(other, born),
            ]
        };
        let all: HashSet<_> = hashes(&ours).into_iter().chain(hashes(&theirs)).collect();
        assert_eq!(all.len(), 10);
        assert_eq!(hashes(&ours), hashes(&person_data("a")));
        assert_ne!(ours.key_id(), theirs.key_id());
    }

    /// As the version before wrote it: what is on file is still found.
    #[test]
    fn the_former_hash_is_the_one_that_was_written() {
        let data = person_data("a");
        let reference = Reference::parse("LEA-12 34/x").unwrap();
        let text = "304\nLEA1234X\n1990-01-01";
        let written = hmac::sign(&data.proofs, text.as_bytes()).as_ref().to_vec();
        let service = "304".parse().unwrap();
        assert_eq!(data.former_hash(&service, &reference, "1990-01-01"), written);
    }

    #[test]
    fn a_short_key_is_refused() {
        assert_eq!(PersonData::new(&Secret::new("short".into())).unwrap_err(), KeyTooShort);
    }
}
