//! The binomial distribution, exactly.

/// How many of `n` independent trials of probability `p` come true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Binomial {
    /// Trials.
    pub n: usize,
    /// Probability of each, more than 0 and less than 1.
    pub p: f64,
}

impl Binomial {
    /// The probabilities of 0 to `n`.
    #[must_use]
    pub fn probabilities(&self) -> Vec<f64> {
        // By logarithms, since the first probability can be too small for a float.
        let mut log = self.n as f64 * (1.0 - self.p).ln();
        let odds = (self.p / (1.0 - self.p)).ln();
        (0..=self.n)
            .map(|hits| {
                let here = log.exp();
                log += ((self.n - hits) as f64 / (hits + 1) as f64).ln() + odds;
                here
            })
            .collect()
    }

    /// The probability of more than `limit`.
    #[must_use]
    pub fn above(&self, limit: usize) -> f64 {
        self.probabilities().into_iter().skip(limit + 1).sum()
    }

    /// What is expected of them if no more than `limit` count.
    #[must_use]
    pub fn expected_up_to(&self, limit: usize) -> f64 {
        let weighted = |(hits, p): (usize, f64)| hits.min(limit) as f64 * p;
        self.probabilities().into_iter().enumerate().map(weighted).sum()
    }
}
