//! Randomness as an input.
//!
//! Ids, tokens, booking codes and the coins for returning seats take an [`Entropy`], so that a
//! test can name the seed and a failure can be repeated. The order of a draw does
//! not come from it: that is computed from public randomness, by anybody (see `libs/draw`).

use std::{cell::RefCell, fmt, sync::Mutex};

/// A source of random bytes.
///
/// [`SystemEntropy`] is fit for secrets, [`SeededEntropy`] never is. The type does not tell the
/// two apart: only tests and simulations make the second.
pub trait Entropy: Send + Sync + fmt::Debug {
    /// Fills `buffer` with random bytes.
    fn fill(&self, buffer: &mut [u8]);

    /// Fills `buffer` with random bytes for an identifier.
    ///
    /// They are as random, but may have been asked for ahead and have lain in memory: never for tokens,
    /// codes and seeds.
    fn fill_id(&self, buffer: &mut [u8]) {
        self.fill(buffer);
    }

    /// A whole number drawn evenly from `0..bound`; 0 if `bound` is 0.
    ///
    /// Uses rejection, so that no number is more likely than another.
    ///
    /// The naive `random % bound` would prefer small numbers. A second try is needed with a
    /// probability of less than one half, and of practically nothing for the bounds that occur
    /// here.
    fn below(&self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let zone = u64::MAX - (u64::MAX % bound);
        loop {
            let mut bytes = [0; 8];
            self.fill(&mut bytes);
            let number = u64::from_le_bytes(bytes);
            if number < zone {
                return number % bound;
            }
        }
    }
}

/// `N` random bytes from `entropy`.
impl dyn Entropy + '_ {
    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// Bytes for identifiers that a thread asks for at once: for 32 of them. The operating system takes longer
/// to be asked than to make them.
const ASKED_AHEAD: usize = 512;

thread_local! {
    /// What is left of them. Each byte is given away once.
    static AHEAD: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The operating system's random number generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    fn fill(&self, buffer: &mut [u8]) {
        // Without random numbers no token is safe: stopping is the only honest answer.
        getrandom::fill(buffer).expect("the operating system provides random numbers");
    }

    fn fill_id(&self, buffer: &mut [u8]) {
        AHEAD.with_borrow_mut(|ahead| {
            if ahead.len() < buffer.len() {
                ahead.resize(ASKED_AHEAD.max(buffer.len()), 0);
                self.fill(ahead);
            }
            let rest = ahead.len() - buffer.len();
            buffer.copy_from_slice(&ahead[rest..]);
            ahead.truncate(rest);
        });
    }
}

/// Repeatable numbers for tests and simulations (SplitMix64). Never for secrets.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<u64>);

impl SeededEntropy {
    /// A source that always yields the same bytes for the same `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in buffer.chunks_mut(8) {
            *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_same_seed_yields_the_same_bytes() {
        let (a, b) = (SeededEntropy::new(7), SeededEntropy::new(7));
        assert_eq!((&a as &dyn Entropy).bytes::<13>(), (&b as &dyn Entropy).bytes::<13>());
    }

    #[test]
    fn an_identifier_gets_the_bytes_that_a_seed_yields() {
        let (a, b) = (SeededEntropy::new(7), SeededEntropy::new(7));
        let (mut of_id, mut plain) = ([0; 16], [0; 16]);
        a.fill_id(&mut of_id);
        b.fill(&mut plain);
        assert_eq!(of_id, plain);
    }

    #[test]
    fn no_byte_that_was_asked_for_ahead_is_given_away_twice() {
        let mut seen = HashSet::new();
        for _ in 0..10 * ASKED_AHEAD / 16 {
            let mut id = [0; 16];
            SystemEntropy.fill_id(&mut id);
            assert!(seen.insert(id));
        }
        let mut long = [0; 2 * ASKED_AHEAD];
        SystemEntropy.fill_id(&mut long);
        let (chunks, _) = long.as_chunks::<16>();
        assert!(chunks.iter().all(|chunk| seen.insert(*chunk)), "more than is asked for ahead");
    }

    #[test]
    fn below_covers_its_range_evenly() {
        let entropy = SeededEntropy::new(1);
        let mut counts = [0u32; 5];
        for _ in 0..10_000 {
            counts[entropy.below(5) as usize] += 1;
        }
        assert!(counts.iter().all(|n| (1_800..2_200).contains(n)), "{counts:?}");
        assert_eq!(entropy.below(0), 0);
    }
}
