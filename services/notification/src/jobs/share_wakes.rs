//! Wakes the jobs of other processes of this service (`NOTIFY`), so that they need not poll: what one
//! stored, any may send.

use std::{sync::Arc, time::Duration};

use ambient::Entropy;
use messaging::Wake;
use store::Database;

const CHANNEL: &str = "fairtermin_notification";
/// Between two notifications, at least: a flood of events is one hint after the other, not one each.
const MIN_PAUSE: Duration = Duration::from_millis(250);
/// After the connection was lost.
const PAUSE: Duration = Duration::from_secs(5);
/// A wake that waits for nothing else.
const NEVER: Duration = Duration::from_secs(3600);

/// Runs for ever: notifies the others whenever `stored` is woken, and wakes `jobs` whenever another
/// process notifies. On SQLite there are no others.
pub(crate) async fn run(
    database: Database,
    entropy: Arc<dyn Entropy>,
    stored: Wake,
    jobs: Vec<Wake>,
) {
    // Which process it was, so that none wakes itself.
    let own = entropy.below(u64::MAX).to_string();
    tokio::join!(notify(&database, &stored, &own), listen(&database, &jobs, &own));
}

async fn notify(database: &Database, stored: &Wake, own: &str) {
    loop {
        stored.wait(NEVER).await;
        if let Err(error) = database.notify(CHANNEL, own).await {
            tracing::debug!(%error, "cannot notify other processes; they find what is due at their next poll");
        }
        tokio::time::sleep(MIN_PAUSE).await;
    }
}

async fn listen(database: &Database, jobs: &[Wake], own: &str) {
    loop {
        match database.listen(CHANNEL).await {
            Ok(Some(mut notifications)) => {
                while let Ok(notification) = notifications.next().await {
                    // None: the connection was lost for a while, and with it perhaps a notification.
                    if notification.as_deref() != Some(own) {
                        jobs.iter().for_each(Wake::wake);
                    }
                }
            }
            Ok(None) => std::future::pending().await,
            Err(error) => {
                tracing::debug!(%error, "cannot listen for other processes; what is due is found at the next poll");
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
