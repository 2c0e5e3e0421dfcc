//! Randomness as an input.
//!
//! Ids, tokens, booking codes and the coins for returning seats take an [`Entropy`], so that a
//! test can name the seed and a failure can be repeated. The order of a draw does
//! not come from it: that is computed from public randomness, by anybody (see `libs/draw`).

use std::{fmt, sync::Mutex};

/// A source of random bytes.
///
/// [`SystemEntropy`] is fit for secrets, [`SeededEntropy`] never is. The type does not tell the
/// two apart: only tests and simulations make the second.
pub trait Entropy: Send + Sync + fmt::Debug {
    /// Fills `buffer` with random bytes.
    fn fill(&self, buffer: &mut [u8]);

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

/// The operating system's random number generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    fn fill(&self, buffer: &mut [u8]) {
        // Without random numbers no token is safe: stopping is the only honest answer.
        getrandom::fill(buffer).expect("the operating system provides random numbers");
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
    use super::*;

    #[test]
    fn the_same_seed_yields_the_same_bytes() {
        let (a, b) = (SeededEntropy::new(7), SeededEntropy::new(7));
        assert_eq!((&a as &dyn Entropy).bytes::<13>(), (&b as &dyn Entropy).bytes::<13>());
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
