//! Delivers to agencies whenever something is due.

use std::time::Duration;

use crate::app::webhooks::deliver::Deliverer;

const POLL: Duration = Duration::from_secs(1);

/// Runs for ever; does nothing where there are no webhooks.
pub(crate) async fn run(deliverer: Option<Deliverer>) {
    let Some(deliverer) = deliverer else { return std::future::pending().await };
    loop {
        match deliverer.pass().await {
            Ok(0) => deliverer.wake().wait(POLL).await,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "cannot deliver webhooks; tried again at the next poll");
                tokio::time::sleep(POLL).await;
            }
        }
    }
}
