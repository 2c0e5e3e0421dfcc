//! Tells readiness whether the bus can be reached.

use std::{sync::Arc, time::Duration};

use messaging::Bus;
use telemetry::Part;

const INTERVAL: Duration = Duration::from_secs(5);

/// Runs for ever.
pub(crate) async fn run(bus: Arc<dyn Bus>, part: Part) {
    loop {
        match bus.ping().await {
            Ok(()) => part.ready(),
            Err(error) => part.not_ready(error.to_string()),
        }
        tokio::time::sleep(INTERVAL).await;
    }
}
