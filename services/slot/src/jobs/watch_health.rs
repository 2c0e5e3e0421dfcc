//! Tells readiness about the parts that nothing else watches.

use std::{sync::Arc, time::Duration};

use telemetry::Part;

use super::turns::Turns;
use crate::app::Engine;

const EVERY: Duration = Duration::from_secs(2);

/// Watches for ever.
pub async fn run(engine: Arc<Engine>, turns: Turns, database: Part, identity: Part) {
    loop {
        let turn = turns.take().await;
        match engine.database.ping().await {
            Ok(()) => database.ready(),
            Err(error) => database.not_ready(error.to_string()),
        }
        drop(turn);
        if engine.verifier.has_keys() {
            identity.ready();
        } else {
            identity.not_ready("its keys were never fetched");
        }
        tokio::time::sleep(EVERY).await;
    }
}
