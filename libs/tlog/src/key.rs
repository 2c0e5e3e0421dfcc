//! Keys of signed notes (C2SP `signed-note`): who signs, and how the signature is checked.
//!
//! A key carries its name, and its id is a hash over both: the same bytes under another name are
//! another key. So a note says who signed it.
//!
//! Ed25519 (RFC 8032) only; C2SP knows further kinds, which are refused as unknown.

use std::{fmt, str::FromStr};

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::Hash;

/// What a key signs.
///
/// The kind is part of the id, so a witness's key cannot sign as a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// The text of a note (type 0x01).
    Note,
    /// A checkpoint and the time at which a witness saw it (type 0x04, C2SP `tlog-cosignature`).
    Cosignature,
}

impl KeyKind {
    /// The signature type of C2SP `signed-note`, first byte of the key in its text form.
    const fn byte(self) -> u8 {
        match self {
            Self::Note => 0x01,
            Self::Cosignature => 0x04,
        }
    }
}

/// A public key with the name of its owner; its text form is `name+id+key`.
///
/// Exactly one text form per key: parsing writes the key again and compares.
///
/// ```
/// use tlog::{KeyKind, SigningKey, VerifierKey};
///
/// let log = SigningKey::from_seed("log.example", KeyKind::Note, &[7; 32]).unwrap();
/// let text = log.verifier().to_string();
/// assert!(text.starts_with("log.example+"));
/// assert_eq!(text.parse::<VerifierKey>().unwrap(), *log.verifier());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    public: [u8; 32],
}

/// A text that is no verifier key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    /// Not `name+id+key` with the key in base64, or not 32 bytes of key.
    #[error("a key is written `name+id+base64`")]
    Form,
    /// A name that is empty, longer than 200 bytes, or has a space, a `+` or a control character.
    #[error("the name of a key has 1 to 200 characters, no spaces and no plus sign")]
    Name,
    /// Neither an Ed25519 key nor one for cosignatures.
    #[error("the key is of a kind that is not known here")]
    Kind,
    /// The id does not belong to the name and key, or the text is another form of the key (upper
    /// case, missing padding).
    #[error("the id of the key does not belong to its name")]
    Id,
}

impl VerifierKey {
    /// A key from its parts, for example from a settings file. Whether the 32 bytes are a point of
    /// the curve shows when a signature is checked: none verifies if not.
    ///
    /// # Errors
    /// The name is none.
    pub fn new(name: &str, kind: KeyKind, public: [u8; 32]) -> Result<Self, InvalidKey> {
        if is_name(name) {
            Ok(Self { name: name.to_owned(), kind, public })
        } else {
            Err(InvalidKey::Name)
        }
    }

    /// Whose key it is, for example `log.example/draws`.
    ///
    /// For a log this is its origin in checkpoints.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The first four bytes of SHA-256(name || LF || type || key).
    ///
    /// It helps to find the key of a signature and is no security: an attacker can find a key with
    /// the same four bytes. The signature decides.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        let hash = Hash::of(&[self.name.as_bytes(), b"\n", &[self.kind.byte()], &self.public]);
        [hash.0[0], hash.0[1], hash.0[2], hash.0[3]]
    }

    /// Whether `signature` is this key's signature of `message`.
    pub(crate) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.public).verify(message, signature).is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = u32::from_be_bytes(self.id());
        let key = [&[self.kind.byte()][..], &self.public].concat();
        write!(f, "{}+{id:08x}+{}", self.name, STANDARD.encode(key))
    }
}

impl FromStr for VerifierKey {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(InvalidKey::Form);
        };
        let key = STANDARD.decode(key).map_err(|_| InvalidKey::Form)?;
        let (kind, public) = key.split_first().ok_or(InvalidKey::Form)?;
        let kind = match kind {
            0x01 => KeyKind::Note,
            0x04 => KeyKind::Cosignature,
            _ => return Err(InvalidKey::Kind),
        };
        let public = public.try_into().map_err(|_| InvalidKey::Form)?;
        let key = Self::new(name, kind, public)?;
        // One text form only: the id as eight lower case digits.
        if key.to_string() == text && id.len() == 8 { Ok(key) } else { Err(InvalidKey::Id) }
    }
}

/// A private key with the name of its owner.
///
/// Its `Debug` shows the public half. It is made from a seed that the caller keeps as a secret,
/// because time and randomness are inputs here.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    verifier: VerifierKey,
}

impl SigningKey {
    /// The key that this secret seed stands for (RFC 8032).
    ///
    /// The seed is the 32 byte private key of RFC 8032, section 5.1.5. The same seed gives the same
    /// key.
    ///
    /// # Errors
    /// The name is none.
    pub fn from_seed(name: &str, kind: KeyKind, seed: &[u8; 32]) -> Result<Self, InvalidKey> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| InvalidKey::Form)?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| InvalidKey::Form)?;
        Ok(Self { pair, verifier: VerifierKey::new(name, kind, public)? })
    }

    /// Its public half.
    #[must_use]
    pub const fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Ed25519 over the message itself; what is signed (a note, or a cosignature with its time) the
    /// note decides.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message).as_ref().to_vec()
    }
}

impl fmt::Debug for SigningKey {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifier)
    }
}

/// 1 to 200 bytes without white space, `+` and control characters: what the formats of notes and
/// keys can carry.
pub(crate) fn is_name(name: &str) -> bool {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    (1..=200).contains(&name.len()) && !name.contains(forbidden)
}
