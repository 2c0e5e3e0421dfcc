//! Plans deliveries to agencies whenever events were recorded.

use std::time::Duration;

use messaging::Wake;

use crate::app::webhooks::plan::Planner;

const PAUSE: Duration = Duration::from_secs(1);

/// Runs for ever. `planned` is woken after deliveries were
/// planned; `poll` is for events of a process that died before it planned them.
pub(crate) async fn run(planner: Planner, planned: Wake, poll: Duration) {
    loop {
        match planner.pass().await {
            Ok(0) => planner.wake().wait(poll).await,
            Ok(_) => planned.wake(),
            Err(error) => {
                tracing::warn!(%error, "cannot plan webhook deliveries; tried again soon");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
