//! Signatures of the Standard Webhooks specification (1.0, symmetric).

use ambient::Entropy;
use aws_lc_rs::hmac;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const PREFIX: &str = "whsec_";
const LENGTH: usize = 32;

/// How many old secrets sign along at most: a receiver reads as many signatures, and one.
const MOST_OLD: usize = 4;

/// The secrets of one subscription: the current one and, each for a while after its rotation, those
/// before.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Secrets {
    current: String,
    previous: Option<Previous>,
    /// From before `previous`, newest first. The release before knows only that one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<Previous>,
}

/// As many old secrets sign along as may: one of them would be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{MOST_OLD} old secrets sign along already, each for a day; rotate again in {seconds} s")]
pub(crate) struct TooManySecrets {
    /// Until the oldest of them ends.
    pub(crate) seconds: u64,
}

#[derive(Clone, Serialize, Deserialize)]
struct Previous {
    secret: String,
    until_ms: i64,
}

impl Secrets {
    /// A first secret.
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        Self { current: mint(entropy), previous: None, earlier: Vec::new() }
    }

    /// A new secret; the current one goes on signing until `until`, and older ones as long as was said
    /// when they were replaced.
    pub(crate) fn rotated(
        self,
        entropy: &dyn Entropy,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Self, TooManySecrets> {
        let now = now.as_millisecond();
        let old = self.previous.into_iter().chain(self.earlier);
        let earlier: Vec<_> = old.filter(|old| old.until_ms > now).collect();
        if let Some(oldest) = earlier.last().filter(|_| earlier.len() >= MOST_OLD) {
            let seconds = (oldest.until_ms - now).unsigned_abs().div_ceil(1000);
            return Err(TooManySecrets { seconds });
        }
        let previous = Previous { secret: self.current, until_ms: until.as_millisecond() };
        Ok(Self { current: mint(entropy), previous: Some(previous), earlier })
    }

    /// The current secret as the agency gets it, once.
    pub(crate) fn reveal(&self) -> &str {
        &self.current
    }

    /// The header `webhook-signature`: one signature per valid secret.
    pub(crate) fn sign(&self, id: &str, now: Timestamp, body: &str) -> String {
        let old = self.previous.iter().chain(&self.earlier);
        let old = old.filter(|old| old.until_ms > now.as_millisecond()).map(|old| &old.secret);
        let signed = format!("{id}.{}.{body}", now.as_second());
        let secrets = std::iter::once(&self.current).chain(old);
        let signatures = secrets.map(|secret| signature(secret, &signed));
        signatures.collect::<Vec<_>>().join(" ")
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

fn mint(entropy: &dyn Entropy) -> String {
    format!("{PREFIX}{}", BASE64_STANDARD.encode(entropy.bytes::<LENGTH>()))
}

fn signature(secret: &str, signed: &str) -> String {
    let encoded = secret.strip_prefix(PREFIX).unwrap_or(secret);
    let key = BASE64_STANDARD.decode(encoded).expect("secrets are only made by `mint`");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    format!("v1,{}", BASE64_STANDARD.encode(hmac::sign(&key, signed.as_bytes())))
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;

    use super::*;

    #[test]
    fn the_specifications_example_is_signed_as_it_says() {
        let secrets = Secrets {
            current: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
            previous: None,
            earlier: Vec::new(),
        };
        let at = Timestamp::from_second(1_614_265_330).unwrap();
        let header = secrets.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, "{\"test\": 2432232314}");
        assert_eq!(header, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn after_a_rotation_both_secrets_sign_for_a_while() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let first = Secrets::new(&SeededEntropy::new(1));
        let old = first.sign("evt_1", at(10), "{}");
        let rotated = first.rotated(&SeededEntropy::new(2), at(10), at(20)).unwrap();
        let both = rotated.sign("evt_1", at(10), "{}");
        assert!(both.ends_with(&format!(" {old}")), "{both}");
        assert!(!rotated.sign("evt_1", at(20), "{}").contains(' '));
    }

    #[test]
    fn every_secret_of_the_last_while_signs_and_none_is_lost_to_a_further_rotation() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let first = Secrets::new(&SeededEntropy::new(1));
        let old = first.sign("evt_1", at(10), "{}");
        let rotate = |secrets: Secrets, now: i64| {
            let seed = u64::try_from(now).unwrap();
            secrets.rotated(&SeededEntropy::new(seed), at(now), at(now + 100))
        };
        let mut secrets = first;
        for now in 2..6 {
            secrets = rotate(secrets, now).unwrap();
        }
        let all = secrets.sign("evt_1", at(10), "{}");
        assert_eq!(all.split(' ').count(), 1 + MOST_OLD);
        assert!(all.ends_with(&format!(" {old}")), "{all}");
        let refused = rotate(secrets.clone(), 10).err();
        assert_eq!(refused, Some(TooManySecrets { seconds: 92 }));
        // The oldest has ended.
        assert_eq!(secrets.sign("evt_1", at(102), "{}").split(' ').count(), MOST_OLD);
        assert!(rotate(secrets, 102).is_ok());
    }

    #[test]
    fn secrets_that_the_release_before_stored_are_read() {
        let stored =
            r#"{"current": "whsec_YQ==", "previous": {"secret": "whsec_Yg==", "until_ms": 9000}}"#;
        let secrets: Secrets = serde_json::from_str(stored).unwrap();
        let at = Timestamp::from_second(1).unwrap();
        assert_eq!(secrets.sign("evt_1", at, "{}").split(' ').count(), 2);
    }
}
