//! Personal data in an event, readable by its one consumer only.

use ambient::Entropy;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::{Engine as _, prelude::BASE64_STANDARD};

/// First byte of everything sealed, so that the form can change.
const VERSION: u8 = 1;
const KEY_LENGTH: usize = 32;

/// A key shared by the sealing and the opening service. AES-256-GCM with a random nonce: one key serves 2^32
/// messages (NIST SP 800-38D section 8.3).
pub struct SealingKey(LessSafeKey);

impl SealingKey {
    /// A key from 32 bytes in base 64, as it stands in the settings of both services.
    ///
    /// # Errors
    /// The text is not that.
    pub fn from_base64(text: &str) -> Result<Self, SealError> {
        let bytes = BASE64_STANDARD.decode(text.trim()).map_err(|_| SealError::Key)?;
        Self::from_bytes(&bytes)
    }

    /// A key from 32 bytes.
    ///
    /// # Errors
    /// There are more or fewer.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
        if bytes.len() != KEY_LENGTH {
            return Err(SealError::Key);
        }
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| SealError::Key)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Encrypts `plain`. Only a reader with the same `context` (for example the pseudonym it belongs
    /// to) can open it, so it cannot be moved elsewhere.
    ///
    /// # Errors
    /// `plain` is too long (64 GiB).
    pub fn seal(
        &self,
        plain: &[u8],
        context: &str,
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE_LEN] = entropy.bytes();
        let mut text = plain.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(context.as_bytes()),
                &mut text,
            )
            .map_err(|_| SealError::Seal)?;
        Ok([&[VERSION], nonce.as_slice(), &text].concat())
    }

    /// Decrypts what [`SealingKey::seal`] made with the same context.
    ///
    /// # Errors
    /// Another key, another context, or changed bytes.
    pub fn open(&self, sealed: &[u8], context: &str) -> Result<Vec<u8>, SealError> {
        let rest = sealed.strip_prefix(&[VERSION]).ok_or(SealError::Open)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(SealError::Open)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Open)?;
        let mut text = text.to_vec();
        let plain = self
            .0
            .open_in_place(nonce, Aad::from(context.as_bytes()), &mut text)
            .map_err(|_| SealError::Open)?;
        Ok(plain.to_vec())
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealingKey")
    }
}

/// What can go wrong with sealed data. Tells nothing about its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The key is malformed.
    #[error("a sealing key is 32 bytes in base 64 (`openssl rand -base64 32`)")]
    Key,
    /// It could not be sealed.
    #[error("the data could not be sealed")]
    Seal,
    /// It could not be opened.
    #[error("sealed data could not be opened: wrong key or changed on its way")]
    Open,
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;

    use super::*;

    #[test]
    fn only_the_same_key_and_context_open() {
        let (key, other) =
            (SealingKey::from_bytes(&[1; 32]).unwrap(), SealingKey::from_bytes(&[2; 32]).unwrap());
        let sealed = key.seal(b"mail", "psn_a", &SeededEntropy::new(1)).unwrap();
        assert_eq!(key.open(&sealed, "psn_a").unwrap(), b"mail");
        assert_eq!(key.open(&sealed, "psn_b"), Err(SealError::Open));
        assert_eq!(other.open(&sealed, "psn_a"), Err(SealError::Open));
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(key.open(&changed, "psn_a"), Err(SealError::Open));
        }
        assert_eq!(key.open(&[], "psn_a"), Err(SealError::Open));
    }

    #[test]
    fn a_malformed_key_says_what_is_expected() {
        for text in ["", "AAAA", "not base 64"] {
            assert_eq!(SealingKey::from_base64(text).unwrap_err(), SealError::Key);
        }
    }
}
