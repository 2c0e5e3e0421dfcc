//! What Prometheus reads of webhooks. Of this process, but for the two gauges: those are of the
//! database.

use telemetry::{Counter, Gauge, Metrics};

/// The numbers of webhooks.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    /// Events that receivers took.
    pub(crate) delivered: Counter,
    pub(crate) failed_attempts: Counter,
    /// Circuit breakers that opened.
    pub(crate) opened: Counter,
    pub(crate) pauses: Counter,
    /// Active endpoints whose last attempt failed and for which something waits.
    pub(crate) failing: Gauge,
    pub(crate) paused: Gauge,
}

impl Numbers {
    pub(crate) fn of(metrics: &Metrics) -> Self {
        Self {
            delivered: metrics.counter("webhook_events_delivered", "Events that receivers took"),
            failed_attempts: metrics.counter("webhook_attempts_failed", "Attempts that failed"),
            opened: metrics.counter("webhook_breakers_opened", "Circuit breakers that opened"),
            pauses: metrics.counter("webhook_pauses", "Endpoints that were paused"),
            failing: metrics
                .gauge("webhooks_failing", "Endpoints that fail and have events waiting"),
            paused: metrics.gauge("webhooks_paused", "Endpoints that are paused"),
        }
    }
}
