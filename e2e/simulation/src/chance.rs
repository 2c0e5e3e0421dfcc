//! Random numbers of named, independent streams.

use std::sync::atomic::{AtomicU64, Ordering};

use ambient::Entropy;

/// The seed of every published run.
pub const SEED: u64 = 2027;

/// A stream of random numbers. The same seed and name give the same numbers, whatever other streams
/// did before: a check that is added changes no other.
///
/// SplitMix64, as `ambient::SeededEntropy`, but without a lock: the checks take billions of numbers.
#[derive(Debug)]
pub struct Chance(AtomicU64);

impl Entropy for Chance {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            chunk.copy_from_slice(&self.bits().to_le_bytes()[..chunk.len()]);
        }
    }
}

impl Chance {
    /// The stream of this name.
    #[must_use]
    pub fn named(seed: u64, name: &str) -> Self {
        // FNV-1a: spreads names over seeds, no more is needed.
        let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        Self(AtomicU64::new(hash))
    }

    /// For functions of the engine that take a source of randomness.
    #[must_use]
    pub fn entropy(&self) -> &dyn Entropy {
        self
    }

    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// 64 random bits.
    #[must_use]
    pub fn bits(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Evenly from 0 to 1, without 1.
    #[must_use]
    pub fn unit(&self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number from 0 to `bound`, without `bound`.
    #[must_use]
    pub fn below(&self, bound: usize) -> usize {
        usize::try_from(Entropy::below(self, bound as u64)).unwrap_or(0)
    }

    /// Whether something of this probability happens.
    #[must_use]
    pub fn happens(&self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// The time until the next event of a Poisson process.
    #[must_use]
    pub fn exponential(&self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// How many events of a Poisson process there are in a time in which `mean` are expected.
    #[must_use]
    pub fn poisson(&self, mean: f64) -> usize {
        let mut events = 0;
        let mut left = mean - self.exponential(1.0);
        while left >= 0.0 {
            events += 1;
            left -= self.exponential(1.0);
        }
        events
    }

    /// Puts `items` into a random order (Fisher and Yates).
    pub fn shuffle<T>(&self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
