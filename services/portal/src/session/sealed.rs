//! Text that only this portal can read and change (AES-256-GCM).

use ambient::Entropy;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::{Engine as _, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};

/// The key of the session cookie.
pub(crate) struct SealingKey(LessSafeKey);

/// The key in the settings is not 32 bytes in base64.
#[derive(Debug, thiserror::Error)]
#[error("session_key: not 32 bytes in base64 (make one with `openssl rand -base64 32`)")]
pub struct InvalidKey;

impl SealingKey {
    pub(crate) fn from_base64(text: &str) -> Result<Self, InvalidKey> {
        let bytes = BASE64_STANDARD.decode(text.trim()).map_err(|_| InvalidKey)?;
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| InvalidKey)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Encrypts `plain` for `purpose`; what was sealed for one purpose opens for no other.
    pub(crate) fn seal(&self, plain: &[u8], purpose: &str, entropy: &dyn Entropy) -> String {
        let nonce: [u8; NONCE_LEN] = entropy.bytes();
        let mut text = plain.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut text,
            )
            .expect("a cookie is far below the cipher's limit");
        BASE64_URL_SAFE_NO_PAD.encode([&nonce, text.as_slice()].concat())
    }

    /// Decrypts; `None` if it was not sealed by this key for this purpose.
    pub(crate) fn open(&self, sealed: &str, purpose: &str) -> Option<Vec<u8>> {
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let nonce = Nonce::try_assume_unique_for_key(bytes.get(..NONCE_LEN)?).ok()?;
        let text = bytes.get_mut(NONCE_LEN..)?;
        let plain = self.0.open_in_place(nonce, Aad::from(purpose.as_bytes()), text).ok()?;
        Some(plain.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;

    use super::*;

    #[test]
    fn only_what_was_sealed_for_this_purpose_opens() {
        let key = SealingKey::from_base64(&BASE64_STANDARD.encode([7; 32])).unwrap();
        let entropy = SeededEntropy::new(1);
        let sealed = key.seal(b"secret", "session", &entropy);
        assert_ne!(sealed, key.seal(b"secret", "session", &entropy));
        assert_eq!(key.open(&sealed, "session").unwrap(), b"secret");
        assert_eq!(key.open(&sealed, "other"), None);
        let mut changed = sealed.clone();
        changed.replace_range(20..21, if &sealed[20..21] == "A" { "B" } else { "A" });
        for wrong in [changed.as_str(), "", "AAAA", "ä", &sealed[..10]] {
            assert_eq!(key.open(wrong, "session"), None);
        }
        assert!(SealingKey::from_base64("c2hvcnQ=").is_err());
    }
}
