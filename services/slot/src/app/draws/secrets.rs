//! What must stay secret about draws, and the keys that sign what is published.

use ambient::Entropy;
use aws_lc_rs::hmac;
use draw::{Bytes, Seed};
use ids::AuthorityId;
use messaging::{SealError, SealingKey};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use settings::Secret;
use tlog::{InvalidKey, KeyKind, SigningKey};

use crate::app::AppError;

/// The keys of an authority's draws, all derived from one secret.
#[derive(Debug)]
pub struct DrawKeys {
    sealing: SealingKey,
    /// Signs receipts.
    pub receipts: SigningKey,
    /// Signs the note about tickets, as long as the authority gives them itself.
    pub tickets: SigningKey,
}

/// The secrets of one draw.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Secrets {
    /// The authority's seed. Published once both sources of chance are known.
    pub seed: Seed,
    /// Stamps tickets, where the authority gives them itself. Published once the list is closed.
    pub stamp_key: Option<Seed>,
    /// Seals the exact seats where half days are published. Never published.
    pub salt: Bytes<16>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

impl Secrets {
    pub(super) fn new(entropy: &dyn Entropy, stamp_key: Option<Seed>) -> Self {
        Self { seed: Bytes(entropy.bytes()), stamp_key, salt: Bytes(entropy.bytes()) }
    }

    /// The key of the stamps, of a draw for which the authority gives the tickets itself.
    pub(super) fn own_stamp_key(&self) -> Result<Seed, AppError> {
        self.stamp_key.ok_or_else(|| AppError::Internal("the stamps are identity's".into()))
    }
}

impl DrawKeys {
    /// The keys that follow from `secret`.
    ///
    /// # Errors
    /// The authority's id is no name of a key. (Each one is.)
    pub fn new(secret: &Secret, authority: &AuthorityId) -> Result<Self, InvalidKey> {
        let key = |purpose: &str| {
            let name = format!("{authority}/{purpose}");
            SigningKey::from_seed(&name, KeyKind::Note, &derive(secret, purpose))
        };
        let sealing = SealingKey::from_bytes(&derive(secret, "sealing"));
        Ok(Self {
            sealing: sealing.map_err(|_| InvalidKey::Form)?,
            receipts: key("receipts")?,
            tickets: key("tickets")?,
        })
    }

    /// Encrypts `value`; only with the same `context` it can be opened.
    pub(in crate::app) fn seal<T: Serialize>(
        &self,
        value: &T,
        context: impl ToString,
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, AppError> {
        let plain = serde_json::to_vec(value).map_err(|error| AppError::Internal(error.into()))?;
        let sealed = self.sealing.seal(&plain, &context.to_string(), entropy);
        sealed.map_err(cannot_open)
    }

    /// Decrypts what [`DrawKeys::seal`] made.
    pub(in crate::app) fn open<T: DeserializeOwned>(
        &self,
        sealed: &[u8],
        context: impl ToString,
    ) -> Result<T, AppError> {
        let plain = self.sealing.open(sealed, &context.to_string()).map_err(cannot_open)?;
        serde_json::from_slice(&plain).map_err(|error| AppError::Internal(error.into()))
    }
}

/// The bytes of a key for one purpose.
pub(in crate::app) fn derive(secret: &Secret, purpose: &str) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    let tag = hmac::sign(&key, format!("fairtermin draws v1 {purpose}").as_bytes());
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    bytes
}

fn cannot_open(error: SealError) -> AppError {
    AppError::Internal(format!("what a draw keeps secret: {error}").into())
}

#[cfg(test)]
mod tests {
    use ambient::{Entropy, SeededEntropy};

    use super::*;

    #[test]
    fn a_secret_opens_for_its_own_draw_only() {
        let key = |text: &str| {
            DrawKeys::new(&Secret::new(text.repeat(32)), &"amt".parse().unwrap()).unwrap()
        };
        let (ours, theirs) = (key("a"), key("b"));
        let entropy: &dyn Entropy = &SeededEntropy::new(1);
        let secrets = Secrets::new(entropy, Some(Bytes([7; 32])));
        let sealed = ours.seal(&secrets, "draw_1", entropy).unwrap();
        assert_eq!(ours.open::<Secrets>(&sealed, "draw_1").unwrap(), secrets);
        assert!(ours.open::<Secrets>(&sealed, "draw_2").is_err());
        assert!(theirs.open::<Secrets>(&sealed, "draw_1").is_err());
        assert_ne!(ours.receipts.verifier(), ours.tickets.verifier());
    }
}
