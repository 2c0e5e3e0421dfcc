//! The public beacon: quicknet, a network of drand (League of Entropy).
//!
//! Every three seconds its members, of whom a threshold must agree, publish a BLS signature of the
//! round's number. The scheme is `bls-unchained-g1-rfc9380`: signatures in G1, keys in G2. A
//! signature is unknown before, and anybody can check it with the network's public key.
//!
//! This module knows one network and needs no network access: [`time`] and [`round_from`] map
//! between rounds and seconds, [`verify`] checks what the caller has fetched. The constants are
//! those of `https://api.drand.sh` and are part of the scheme: another network would be another
//! version.
//!
//! Why quicknet and not the older chained network: its rounds do not depend on the round before, so
//! the signature of a round is checked with nothing but its number and the public key.

use blst::{
    BLST_ERROR,
    min_sig::{PublicKey, Signature},
};

use crate::{Bytes, Seconds};

/// The chain hash, which names the network.
///
/// The announcement repeats it, so that a reader sees which network is meant without this crate.
pub const CHAIN: [u8; 32] = [
    0x52, 0xdb, 0x9b, 0xa7, 0x0e, 0x0c, 0xc0, 0xf6, 0xea, 0xf7, 0x80, 0x3d, 0xd0, 0x74, 0x47, 0xa1,
    0xf5, 0x47, 0x77, 0x35, 0xfd, 0x3f, 0x66, 0x17, 0x92, 0xba, 0x94, 0x60, 0x0c, 0x84, 0xe9, 0x71,
];

/// The network's public key, compressed.
///
/// In G2, 96 bytes. It never changes while the network lives: members may join or leave, the key of
/// the group stays.
const KEY: &str = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c\
                   8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb\
                   5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";
/// When round 1 was published: 2023-08-23 15:09:27 UTC.
const GENESIS: Seconds = 1_692_803_367;
/// Seconds between rounds.
const PERIOD: Seconds = 3;
/// RFC 9380's name of this way of hashing to the curve.
///
/// Signatures in G1, hashed to the curve with SHA-256 and the simplified SWU map, in the domain of
/// basic BLS (draft-irtf-cfrg-bls-signature, `NUL`). drand says G1 in the name of its scheme, too.
const SUITE: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/// A signature that is not the network's of this round.
///
/// Says the round and not the signature: the reader fetches the round and compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature is not quicknet's of round {0}")]
pub struct NotOfThisRound(pub u64);

/// When a round is published, in seconds since 1970. Round 0, which is none, counts as 1. A round
/// above about 2^62 would overflow: announcements are bounded before
/// ([`crate::Announcement::check`]).
#[must_use]
pub const fn time(round: u64) -> Seconds {
    GENESIS + PERIOD * round.saturating_sub(1)
}

/// The first round at or after `instant` (seconds since 1970). For who announces: take the end of
/// the freeze. Before the network began this is round 1.
#[must_use]
pub const fn round_from(instant: Seconds) -> u64 {
    instant.saturating_sub(GENESIS).div_ceil(PERIOD) + 1
}

/// Checks the signature of a round and gives its randomness, SHA-256 of the signature: the bytes of
/// a curve point are not uniform, their hash is.
///
/// The message is SHA-256 of the round as eight bytes, big endian (drand's unchained schemes).
/// Bytes that are no point of the group, or the point at infinity, are refused before the pairing.
///
/// # Errors
/// It is not the network's, or of another round.
pub fn verify(round: u64, signature: &Bytes<48>) -> Result<Bytes<32>, NotOfThisRound> {
    let key: Bytes<96> = KEY.parse().expect("the constant is 96 bytes");
    let key = PublicKey::key_validate(&key.0).expect("the constant is a key");
    let message = tlog::Hash::of(&[&round.to_be_bytes()]);
    let point = Signature::sig_validate(&signature.0, true).map_err(|_| NotOfThisRound(round))?;
    match point.verify(false, &message.0, SUITE, &[], &key, false) {
        BLST_ERROR::BLST_SUCCESS => Ok(tlog::Hash::of(&[&signature.0]).into()),
        _ => Err(NotOfThisRound(round)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published rounds: number, signature, randomness.
    const ROUNDS: [(u64, &str, &str); 4] = [
        (
            42,
            "95a9f9f5b231b7714de1553105d8ffdf3dcda24cfdb1e689319bccf79a9c8ce430a91b811fbfaf763900bc998b5d686a",
            "8ada64bae5c6c0f5540a6a13af56e663240edfbd2c76ac6a8f27671eb7259ce3",
        ),
        (
            123,
            "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
            "fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc",
        ),
        (
            1000,
            "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
            "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
        ),
        (
            20_791_007,
            "8d2c8bbc37170dbacc5e280a21d4e195cff5f32a19fd6a58633fa4e4670478b5fb39bc13dd8f8c4372c5a76191198ac5",
            "f4ad45db792e14676c62891989b804504e09bf0029cd472143d958649ab3c88a",
        ),
    ];

    #[test]
    fn published_rounds_hold_and_give_their_randomness() {
        for (round, signature, randomness) in ROUNDS {
            let signature = signature.parse().unwrap();
            assert_eq!(verify(round, &signature).unwrap().to_string(), randomness);
        }
    }

    #[test]
    fn another_round_a_flipped_bit_and_no_point_are_refused() {
        for (round, signature, _) in ROUNDS {
            let signature: Bytes<48> = signature.parse().unwrap();
            assert_eq!(verify(round + 1, &signature), Err(NotOfThisRound(round + 1)));
            for bit in [0, 5, 7, 100, 383] {
                let mut other = signature;
                other.0[bit / 8] ^= 0x80 >> (bit % 8);
                assert!(verify(round, &other).is_err(), "bit {bit}");
            }
        }
        let mut infinity = [0; 48];
        infinity[0] = 0xc0;
        assert!(verify(42, &Bytes(infinity)).is_err());
        assert!(verify(42, &Bytes([0; 48])).is_err());
    }

    #[test]
    fn the_first_round_at_or_after_an_instant_is_never_before_it() {
        assert_eq!(round_from(1_776_643_200), 27_946_612);
        for instant in GENESIS..GENESIS + 20 {
            let round = round_from(instant);
            assert!(time(round) >= instant && time(round) < instant + PERIOD);
        }
    }
}
