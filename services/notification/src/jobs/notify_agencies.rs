//! Writes to agencies whose endpoint was paused.

use std::time::Duration;

use crate::app::webhooks::notify::Notifier;

const PAUSE: Duration = Duration::from_secs(5);

/// Runs for ever. `poll` is for notices that wait for the
/// mail server, and for those of a process that died.
pub(crate) async fn run(notifier: Notifier, poll: Duration) {
    loop {
        match notifier.pass().await {
            Ok(0) => notifier.wake().wait(poll).await,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "cannot write to agencies of paused webhooks; tried again soon");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
