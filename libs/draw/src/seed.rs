//! Secrets, the commitments that bind to them beforehand, and the order that follows from them.
//!
//! Two secrets make the chance, and each was fixed before anybody knew the other: the authority's
//! seed by its commitment in the announcement, the beacon by being in the future. One honest source
//! is enough.
//!
//! Reader's path: [`Secret::commitment`] before the draw, [`randomness`] when both are revealed,
//! [`OrderKey`] from both, [`OrderKey::order`] for the list. Identity's [`stamp`] is here too, as
//! it is made in the same way. Each use of a hash has a label of its own, so that a value of one
//! use never serves in another.

use aws_lc_rs::hmac;

use crate::{Beacon, Bytes, Channel, Seconds, Serial, quicknet};

/// A secret of 32 random bytes that is published after the draw.
pub type Seed = Bytes<32>;

/// Whose secret, as the commitment to it names it.
///
/// The label keeps the three apart: a commitment to a seed cannot be shown as one to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// The authority's seed.
    Seed,
    /// The auditor's seed, in the place of a public beacon.
    Auditor,
    /// Identity's key for the stamps of tickets, made anew for each draw and published after the
    /// freeze.
    StampKey,
}

impl Secret {
    /// The first field under the hash.
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Seed => b"apptdraw/v1/seed",
            Self::Auditor => b"apptdraw/v1/auditor",
            Self::StampKey => b"apptdraw/v1/stamp-key",
        }
    }

    /// What is published before the draw: `SHA-256(lp(label, draw, secret))`.
    ///
    /// Binding because SHA-256 has no known collisions; hiding because the secret has 256 random
    /// bits. `draw` is the announcement's id, so the same seed in two draws has two commitments.
    #[must_use]
    pub fn commitment(self, draw: &str, secret: &Seed) -> Bytes<32> {
        let fields = tlog::framed(&[self.label(), draw.as_bytes(), &secret.0]);
        tlog::Hash::of(&[&fields]).into()
    }
}

/// An auditor's seed for one draw, from the one secret that an auditor who serves many keeps:
/// `HMAC(secret, lp("apptdraw/v1/auditor-seed", draw, closes))`.
///
/// No verifier computes it: it checks the commitment. `closes` is part of it, as decimal digits, so that
/// a request with an earlier closing time is answered with another seed.
#[must_use]
pub fn auditor_seed(secret: &Seed, draw: &str, closes: Seconds) -> Seed {
    let closes = closes.to_string();
    mac(&secret.0, &[b"apptdraw/v1/auditor-seed", draw.as_bytes(), closes.as_bytes()])
}

/// What identity writes on a ticket, the first 16 bytes of
/// `HMAC(key, lp("apptdraw/v1/stamp", draw, channel, serial))`. Once the list is frozen identity
/// publishes the key, and everybody sees that each ticket of the list is its own.
///
/// 16 bytes are enough: a forger has to guess before the freeze, when identity alone can tell a
/// right stamp from a wrong one, and each ticket is one guess.
#[must_use]
pub fn stamp(draw: &str, key: &Seed, serial: &Serial, channel: Channel) -> Bytes<16> {
    let channel: &[u8] = match channel {
        Channel::Desk => b"desk",
        Channel::Online => b"online",
    };
    let tag = mac(&key.0, &[b"apptdraw/v1/stamp", draw.as_bytes(), channel, &serial.0]);
    let mut stamp = [0; 16];
    stamp.copy_from_slice(&tag.0[..16]);
    Bytes(stamp)
}

/// The second source of chance, as it was revealed.
///
/// The text names neither seed nor signature. The kind must fit too: an auditor's seed never stands
/// in for a round of drand. For a round it is what drand calls its randomness.
///
/// # Errors
/// What was revealed does not fit what was announced, in words.
pub fn randomness(draw: &str, beacon: &Beacon, revealed: &Revealed) -> Result<Bytes<32>, String> {
    match (beacon, revealed) {
        (Beacon::Drand { round, .. }, Revealed::Signature(signature)) => {
            quicknet::verify(*round, signature).map_err(|error| error.to_string())
        }
        (Beacon::Auditor { commitment, .. }, Revealed::Seed(seed)) => {
            if Secret::Auditor.commitment(draw, seed) != *commitment {
                return Err("the auditor's seed is not the one announced".into());
            }
            Ok(tlog::Hash::of(&[&seed.0]).into())
        }
        _ => Err("what was revealed is not of the announced kind".into()),
    }
}

/// What the second source of chance has revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Revealed {
    /// The auditor's seed, which its commitment in the announcement opens.
    Seed(Seed),
    /// The signature of the round, a compressed point in G1. Anybody can fetch it.
    Signature(Bytes<48>),
}

/// The key of the order: `HMAC(seed, lp("apptdraw/v1/key", announcement, randomness))`.
///
/// Known only when both secrets are. Before the beacon not even the authority can compute it;
/// before the reveal not even the members of drand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderKey(Bytes<32>);

impl OrderKey {
    /// `announcement` is the digest of the announcement.
    ///
    /// The list is not part of it: otherwise wishes could be tried, by altering an entry, until the
    /// order pleases. Each ticket's number is drawn for itself.
    #[must_use]
    pub fn new(seed: &Seed, announcement: &Bytes<32>, randomness: &Bytes<32>) -> Self {
        Self(mac(&seed.0, &[b"apptdraw/v1/key", &announcement.0, &randomness.0]))
    }

    /// The number that a ticket has drawn: `HMAC(key, lp("apptdraw/v1/rank", serial))`.
    ///
    /// Smaller ranks choose first. Two tickets with one rank would need a collision of
    /// HMAC-SHA-256; the serial decides then.
    #[must_use]
    pub fn rank(&self, serial: &Serial) -> Bytes<32> {
        mac(&self.0.0, &[b"apptdraw/v1/rank", &serial.0])
    }
}

/// HMAC-SHA-256 over framed fields.
fn mac(key: &[u8; 32], fields: &[&[u8]]) -> Bytes<32> {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &tlog::framed(fields));
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    Bytes(bytes)
}
