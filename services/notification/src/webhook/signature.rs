//! Signatures of the Standard Webhooks specification (1.0, symmetric).

use ambient::Entropy;
use aws_lc_rs::hmac;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const PREFIX: &str = "whsec_";
const LENGTH: usize = 32;

/// The secrets of one subscription: the current one and, for a while after a rotation, the one
/// before.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Secrets {
    current: String,
    previous: Option<Previous>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Previous {
    secret: String,
    until_ms: i64,
}

impl Secrets {
    /// A first secret.
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        Self { current: mint(entropy), previous: None }
    }

    /// A new secret; the current one goes on signing until `until`.
    pub(crate) fn rotated(self, entropy: &dyn Entropy, until: Timestamp) -> Self {
        let previous = Previous { secret: self.current, until_ms: until.as_millisecond() };
        Self { current: mint(entropy), previous: Some(previous) }
    }

    /// The current secret as the agency gets it, once.
    pub(crate) fn reveal(&self) -> &str {
        &self.current
    }

    /// The header `webhook-signature`: one signature per valid secret.
    pub(crate) fn sign(&self, id: &str, now: Timestamp, body: &str) -> String {
        let valid = |previous: &&Previous| previous.until_ms > now.as_millisecond();
        let previous = self.previous.as_ref().filter(valid).map(|previous| &previous.secret);
        let signed = format!("{id}.{}.{body}", now.as_second());
        let secrets = [Some(&self.current), previous];
        let signatures = secrets.into_iter().flatten().map(|secret| signature(secret, &signed));
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
        let rotated = first.rotated(&SeededEntropy::new(2), at(20));
        let both = rotated.sign("evt_1", at(10), "{}");
        assert!(both.ends_with(&format!(" {old}")), "{both}");
        assert!(!rotated.sign("evt_1", at(20), "{}").contains(' '));
    }
}
