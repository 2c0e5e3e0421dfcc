//! A copy of the seed for the auditor, so that withholding it changes nothing.
//!
//! Hybrid public key encryption, RFC 9180, mode Base: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! AES-128-GCM; `info` is `apptdraw/v1/escrow`, the additional data is the digest of the
//! announcement.
//!
//! Why: an authority that sees the order first could dislike it and claim that the seed was lost.
//! With a deposit the auditor reveals the seed instead, so withholding only shows who withheld.
//!
//! The deposit counts once the auditor has opened it and compared it with the announced commitment.
//! Sealed to the digest of the announcement, it cannot be reused for another draw. `aws-lc-rs`
//! offers the primitives but no HPKE, so the key schedule stands here, tested with the RFC's
//! vectors.

use ambient::Entropy;
use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{PrivateKey, UnparsedPublicKey, X25519, agree},
    hmac,
};
use serde::{Deserialize, Serialize};

use crate::{Bytes, Seed, announcement::Version};

/// Says what the key is for, so that the same key pair may serve other purposes.
const INFO: &[u8] = b"apptdraw/v1/escrow";
/// `suite_id` within the KEM: DHKEM(X25519, HKDF-SHA256) is 0x0020 (RFC 9180, section 7.1).
const KEM: &[u8] = b"KEM\x00\x20";
/// `suite_id` of the whole: KEM 0x0020, KDF HKDF-SHA256 0x0001, AEAD AES-128-GCM 0x0001.
const SUITE: &[u8] = b"HPKE\x00\x20\x00\x01\x00\x01";

/// The seed of a draw, readable by the auditor alone. Published with the announcement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escrow {
    /// Digest of the announcement; the additional data of the encryption.
    pub announcement: Bytes<32>,
    /// The auditor's public key, X25519, to find the right private one.
    pub auditor: Bytes<32>,
    /// The ephemeral public key, made for this one seal.
    pub enc: Bytes<32>,
    /// The encrypted seed and its tag: 32 and 16 bytes.
    pub sealed: Bytes<48>,
    /// This scheme.
    pub version: Version,
}

/// An escrow that cannot be made or opened.
///
/// Says nothing about the content. The command `fairtermin auditor open` shows it to the auditor,
/// who asks the authority for a new deposit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// The key is of another auditor.
    #[error("it is for another auditor's key")]
    OtherKey,
    /// The content was altered, it is of another announcement, or a key is no point of the curve
    /// (for example all zeros, RFC 7748, section 6.1).
    #[error("it was altered, or a key in it is none")]
    Altered,
}

/// The auditor's private key. One key serves any number of draws, as each deposit has a fresh
/// ephemeral key. Has no `Debug`, so that it never gets into a log.
pub struct AuditorKey {
    private: PrivateKey,
    public: Bytes<32>,
}

impl AuditorKey {
    /// The key that these secret bytes stand for (RFC 7748).
    ///
    /// Any 32 random bytes will do: X25519 clamps them. `fairtermin auditor key` draws them and
    /// keeps them in a file.
    ///
    /// # Errors
    /// They are no key.
    pub fn new(secret: &Bytes<32>) -> Result<Self, NotOpened> {
        let private =
            PrivateKey::from_private_key(&X25519, &secret.0).map_err(|_| NotOpened::Altered)?;
        let public = private.compute_public_key().map_err(|_| NotOpened::Altered)?;
        let public = public.as_ref().try_into().map_err(|_| NotOpened::Altered)?;
        Ok(Self { private, public: Bytes(public) })
    }

    /// Its public half, which authorities encrypt to.
    #[must_use]
    pub const fn public(&self) -> Bytes<32> {
        self.public
    }

    /// The seed in an escrow. The caller compares it with the announced commitment.
    ///
    /// # Errors
    /// It is for another key, or was altered.
    pub fn open(&self, escrow: &Escrow) -> Result<Seed, NotOpened> {
        if escrow.auditor != self.public {
            return Err(NotOpened::OtherKey);
        }
        let shared = shared(&self.private, &escrow.enc, &escrow.enc, &self.public)?;
        let (key, nonce) = schedule(&shared, INFO)?;
        let mut sealed = escrow.sealed.0;
        let aad = Aad::from(escrow.announcement.0);
        let seed = key.open_in_place(nonce, aad, &mut sealed).map_err(|_| NotOpened::Altered)?;
        seed.first_chunk::<32>().copied().map(Bytes).ok_or(NotOpened::Altered)
    }
}

impl Escrow {
    /// Encrypts a seed to the auditor.
    ///
    /// The ephemeral key is fresh, therefore the first nonce of its key schedule is used once only.
    /// `announcement` is the digest, `auditor` the public key that the auditor published.
    ///
    /// # Errors
    /// The auditor's key is none.
    pub fn seal(
        seed: &Seed,
        announcement: Bytes<32>,
        auditor: Bytes<32>,
        entropy: &dyn Entropy,
    ) -> Result<Self, NotOpened> {
        let ephemeral = AuditorKey::new(&Bytes(entropy.bytes()))?;
        let enc = ephemeral.public;
        let shared = shared(&ephemeral.private, &auditor, &enc, &auditor)?;
        let (key, nonce) = schedule(&shared, INFO)?;
        let mut sealed = seed.0.to_vec();
        key.seal_in_place_append_tag(nonce, Aad::from(announcement.0), &mut sealed)
            .map_err(|_| NotOpened::Altered)?;
        let sealed = Bytes(sealed.try_into().map_err(|_| NotOpened::Altered)?);
        Ok(Self { announcement, auditor, enc, sealed, version: Version::V1 })
    }
}

/// The secret that both sides share (RFC 9180, section 4.1).
///
/// `enc` and `auditor` form the context of the KEM: both sides bind the secret to both public keys.
/// A peer key that leads to a secret of zeros is refused by `agree`.
fn shared(
    own: &PrivateKey,
    other: &Bytes<32>,
    enc: &Bytes<32>,
    auditor: &Bytes<32>,
) -> Result<[u8; 32], NotOpened> {
    let peer = UnparsedPublicKey::new(&X25519, &other.0);
    agree(own, peer, NotOpened::Altered, |secret| {
        let prk = extract(KEM, &[], b"eae_prk", secret);
        Ok(expand(KEM, &prk, b"shared_secret", &[enc.0, auditor.0].concat()))
    })
}

/// The key and the first nonce (RFC 9180, section 5.1).
///
/// Mode Base: no pre-shared key, so `psk` and `psk_id` are empty. Only the first message is ever
/// sealed; its nonce is the base nonce as it stands.
fn schedule(shared: &[u8; 32], info: &[u8]) -> Result<(LessSafeKey, Nonce), NotOpened> {
    let hashes = [(&b"psk_id_hash"[..], &b""[..]), (&b"info_hash"[..], info)]
        .map(|(label, value)| extract(SUITE, &[], label, value));
    let context = [&[0u8][..], &hashes[0], &hashes[1]].concat();
    let secret = extract(SUITE, shared, b"secret", &[]);
    let key: [u8; 16] = expand(SUITE, &secret, b"key", &context);
    let nonce: [u8; 12] = expand(SUITE, &secret, b"base_nonce", &context);
    let key = UnboundKey::new(&AES_128_GCM, &key).map_err(|_| NotOpened::Altered)?;
    Ok((LessSafeKey::new(key), Nonce::assume_unique_for_key(nonce)))
}

/// LabeledExtract (RFC 9180, section 4): HKDF-Extract over `"HPKE-v1" || suite_id || label || ikm`.
/// An empty salt is a key of zeros for HMAC (RFC 5869, section 2.2).
fn extract(suite: &[u8], salt: &[u8], label: &[u8], ikm: &[u8]) -> [u8; 32] {
    hmac_of(salt, &[b"HPKE-v1", suite, label, ikm])
}

/// One block of HKDF-Expand: `N` is at most 32.
///
/// LabeledExpand (RFC 9180, section 4): the length goes first, as two bytes, and one block ends in
/// the byte 1.
fn expand<const N: usize>(suite: &[u8], prk: &[u8; 32], label: &[u8], info: &[u8]) -> [u8; N] {
    let length = u16::try_from(N).unwrap_or(u16::MAX).to_be_bytes();
    let block = hmac_of(prk, &[&length, b"HPKE-v1", suite, label, info, &[1]]);
    let mut bytes = [0; N];
    bytes.copy_from_slice(&block[..N]);
    bytes
}

/// HMAC-SHA-256 over `parts`, one after the other.
fn hmac_of(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    parts.iter().for_each(|part| context.update(part));
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.sign().as_ref());
    bytes
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;

    use super::*;

    fn auditor(number: u8) -> AuditorKey {
        AuditorKey::new(&Bytes([number; 32])).unwrap()
    }

    fn escrow() -> Escrow {
        let entropy = SeededEntropy::new(1);
        Escrow::seal(&Bytes([7; 32]), Bytes([8; 32]), auditor(1).public(), &entropy).unwrap()
    }

    /// RFC 9180, appendix A.1.1: from the recipient's key to the first ciphertext.
    #[test]
    fn the_rfcs_vector_holds() {
        let secret = "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8";
        let enc = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431";
        let key = AuditorKey::new(&secret.parse().unwrap()).unwrap();
        let enc: Bytes<32> = enc.parse().unwrap();
        let shared = shared(&key.private, &enc, &enc, &key.public).unwrap();
        assert_eq!(
            Bytes(shared).to_string(),
            "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc"
        );
        let (key, nonce) = schedule(&shared, b"Ode on a Grecian Urn").unwrap();
        let mut text = b"Beauty is truth, truth beauty".to_vec();
        key.seal_in_place_append_tag(nonce, Aad::from(b"Count-0"), &mut text).unwrap();
        let expected: Bytes<45> =
            "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9\
                                   6d8770ac83d07bea87e13c512a"
                .parse()
                .unwrap();
        assert_eq!(text, expected.0);
    }

    #[test]
    fn the_auditor_opens_it_and_nobody_else() {
        assert_eq!(auditor(1).open(&escrow()), Ok(Bytes([7; 32])));
        assert_eq!(auditor(2).open(&escrow()), Err(NotOpened::OtherKey));
        let stolen = Escrow { auditor: auditor(2).public(), ..escrow() };
        assert_eq!(auditor(2).open(&stolen), Err(NotOpened::Altered));
    }

    #[test]
    fn an_escrow_that_was_altered_or_is_of_another_draw_does_not_open() {
        let opened = |escrow| auditor(1).open(&escrow);
        let mut altered = escrow();
        altered.sealed.0[3] ^= 1;
        assert_eq!(opened(altered), Err(NotOpened::Altered));
        let other = Escrow { announcement: Bytes([9; 32]), ..escrow() };
        assert_eq!(opened(other), Err(NotOpened::Altered));
        let no_point = Escrow { enc: Bytes([0; 32]), ..escrow() };
        assert_eq!(opened(no_point), Err(NotOpened::Altered));
    }
}
