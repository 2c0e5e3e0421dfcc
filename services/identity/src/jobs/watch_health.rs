//! Tells readiness whether the database answers.

use std::{sync::Arc, time::Duration};

use telemetry::Part;

use crate::app::Context;

const PAUSE: Duration = Duration::from_secs(2);

pub(crate) async fn run(context: Arc<Context>, database: Part) {
    loop {
        match context.database.ping().await {
            Ok(()) => database.ready(),
            Err(error) => database.not_ready(error.to_string()),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
