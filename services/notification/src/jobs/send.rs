//! Sends whenever something is due.

use std::time::Duration;

use messaging::Wake;

use crate::app::send::Sender;

const PAUSE: Duration = Duration::from_secs(1);

/// Runs for ever; `wake` is given when a message was stored. `poll` is for what a process stored
/// that died before it told the others.
pub(crate) async fn run(sender: Sender, wake: Wake, poll: Duration) {
    loop {
        let next = match sender.pass().await {
            Ok(0) => sender.until_due(poll).await,
            Ok(_) => continue,
            Err(error) => Err(error),
        };
        match next {
            Ok(pause) => wake.wait(pause).await,
            Err(error) => {
                tracing::warn!(%error, "cannot send due messages; tried again soon");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
