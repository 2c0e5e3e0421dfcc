//! How long to wait after a failure. Each pause is stretched or shortened by chance, so that
//! deliveries which failed together do not come back together.

use ambient::Entropy;
use jiff::SignedDuration;

/// Pauses of a delivery after its first, second, ... failed attempt, as Standard Webhooks recommends.
const DELIVERY_SECONDS: [i64; 9] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// Pauses of an endpoint whose breaker is open, before its first, second, ... probe.
const ENDPOINT_SECONDS: [i64; 7] = [5, 10, 20, 40, 80, 160, 300];
/// A pause is this many thousandths longer or shorter at most.
const JITTER_PERMILLE: i64 = 200;

/// The pause of a delivery after so many attempts.
pub(crate) fn of_delivery(attempts: u32, entropy: &dyn Entropy) -> SignedDuration {
    jittered(pick(&DELIVERY_SECONDS, attempts), entropy)
}

/// The pause of an endpoint before its next probe; `probes` failed since the breaker opened.
pub(crate) fn of_endpoint(probes: u32, entropy: &dyn Entropy) -> SignedDuration {
    jittered(pick(&ENDPOINT_SECONDS, probes.saturating_add(1)), entropy)
}

/// The member number `count`, from 1; the last one for ever after.
fn pick(seconds: &[i64], count: u32) -> i64 {
    let place = usize::try_from(count.saturating_sub(1)).unwrap_or(usize::MAX);
    seconds[place.min(seconds.len() - 1)]
}

fn jittered(seconds: i64, entropy: &dyn Entropy) -> SignedDuration {
    let spread = 2 * JITTER_PERMILLE + 1;
    let chance = i64::try_from(entropy.below(spread.unsigned_abs())).unwrap_or(0);
    // A second has a thousand milliseconds, so thousandths of it are milliseconds.
    SignedDuration::from_millis(seconds * (1000 - JITTER_PERMILLE + chance))
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;

    use super::*;

    #[test]
    fn pauses_grow_and_differ_by_chance() {
        let entropy = SeededEntropy::new(1);
        for (attempts, seconds) in [(0, 5), (1, 5), (2, 300), (9, 86_400), (u32::MAX, 86_400)] {
            for _ in 0..50 {
                let pause = of_delivery(attempts, &entropy).as_millis();
                assert!((seconds * 800..=seconds * 1200).contains(&pause), "{attempts}: {pause}");
            }
        }
        let one = SeededEntropy::new(2);
        let pauses: std::collections::BTreeSet<_> =
            (0..20).map(|_| of_endpoint(3, &one).as_millis()).collect();
        assert!(pauses.len() > 10, "{pauses:?}");
        assert!(of_endpoint(60, &one) <= SignedDuration::from_secs(360));
    }
}
