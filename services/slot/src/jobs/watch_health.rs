//! Tells readiness about the parts that nothing else watches.

use std::{sync::Arc, time::Duration};

use telemetry::Part;

use crate::app::Engine;

const EVERY: Duration = Duration::from_secs(2);

/// Watches for ever.
pub async fn run(engine: Arc<Engine>, database: Part, identity: Part) {
    loop {
        match engine.database.ping().await {
            Ok(()) => database.ready(),
            Err(error) => database.not_ready(error.to_string()),
        }
        if engine.verifier.has_keys() {
            identity.ready();
        } else {
            identity.not_ready("its keys were never fetched");
        }
        tokio::time::sleep(EVERY).await;
    }
}
