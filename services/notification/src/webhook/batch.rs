//! Several events in one delivery, for receivers that asked for it.

use std::num::NonZeroU8;

use aws_lc_rs::digest::{SHA256, digest};
use ids::SubscriptionId;
use jiff::SignedDuration;

/// The most events in a batch.
pub(crate) const MAX_EVENTS: u8 = 100;
/// The longest that an event waits for others, in seconds.
pub(crate) const MAX_SECONDS: u8 = 60;

/// How events are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Batching {
    max_events: NonZeroU8,
    max_seconds: u8,
}

/// The size or the time is out of bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("max_events must be 1 to {MAX_EVENTS}, max_seconds 0 to {MAX_SECONDS}")]
pub(crate) struct OutOfBounds;

impl Batching {
    /// Batches of up to `max_events`; an event waits for others for `max_seconds` at most.
    pub(crate) fn new(max_events: u64, max_seconds: u64) -> Result<Self, OutOfBounds> {
        let events = u8::try_from(max_events).ok().filter(|events| *events <= MAX_EVENTS);
        let seconds = u8::try_from(max_seconds).ok().filter(|seconds| *seconds <= MAX_SECONDS);
        let max_events = events.and_then(NonZeroU8::new).ok_or(OutOfBounds)?;
        Ok(Self { max_events, max_seconds: seconds.ok_or(OutOfBounds)? })
    }

    pub(crate) const fn max_events(self) -> u8 {
        self.max_events.get()
    }

    pub(crate) const fn max_seconds(self) -> u8 {
        self.max_seconds
    }

    /// How long an event waits for others.
    pub(crate) fn wait(self) -> SignedDuration {
        SignedDuration::from_secs(self.max_seconds.into())
    }

    /// How many events a batch may have that failed so often: half as many each time, so that one event
    /// which the receiver never takes ends up alone.
    pub(crate) fn size_after(self, failures: u32) -> usize {
        usize::from(self.max_events.get().checked_shr(failures).unwrap_or(0).max(1))
    }

    /// How often a full batch is halved until one event is left.
    pub(crate) const fn halvings(self) -> u32 {
        self.max_events.ilog2()
    }
}

/// The `webhook-id` of a batch: the same for the same events of the same endpoint.
pub(crate) fn id(subscription: SubscriptionId, positions: impl Iterator<Item = i64>) -> String {
    let mut text = subscription.to_string();
    for position in positions {
        text += &format!(" {position}");
    }
    let hash = digest(&SHA256, text.as_bytes());
    let hex: String = hash.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("batch_{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_has_bounds_and_halves_after_failures() {
        for (events, seconds) in [(0, 0), (101, 0), (256, 0), (1, 61), (u64::MAX, u64::MAX)] {
            assert_eq!(Batching::new(events, seconds), Err(OutOfBounds), "{events} {seconds}");
        }
        let batching = Batching::new(100, 60).unwrap();
        let sizes = [0, 1, 2, 6, 7, 99].map(|failures| batching.size_after(failures));
        assert_eq!(sizes, [100, 50, 25, 1, 1, 1]);
        for events in 1..=u64::from(MAX_EVENTS) {
            let batching = Batching::new(events, 0).unwrap();
            assert_eq!(batching.size_after(batching.halvings()), 1, "{events}");
        }
    }

    #[test]
    fn the_same_events_have_the_same_id() {
        let endpoint = SubscriptionId::from_bits(1);
        assert_eq!(id(endpoint, [1, 2].into_iter()), id(endpoint, [1, 2].into_iter()));
        assert_ne!(id(endpoint, [1, 2].into_iter()), id(endpoint, [12].into_iter()));
        assert_ne!(
            id(endpoint, [1].into_iter()),
            id(SubscriptionId::from_bits(2), [1].into_iter())
        );
    }
}
