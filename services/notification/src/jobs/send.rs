//! Sends whenever something is due.

use std::time::Duration;

use messaging::Wake;

use crate::app::send::Sender;

/// Between two looks: messages become due by themselves, and other processes store some.
const POLL: Duration = Duration::from_secs(1);

/// Runs for ever; `wake` is given when a message was stored.
pub(crate) async fn run(sender: Sender, wake: Wake) {
    loop {
        match sender.pass().await {
            Ok(0) => wake.wait(POLL).await,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "cannot send due messages; tried again at the next poll");
                tokio::time::sleep(POLL).await;
            }
        }
    }
}
