//! Deletes the proofs of requests that are too old to be sent again (RFC 9449 section 11.1).

use std::{sync::Arc, time::Duration};

use ambient::Clock;
use store::{Database, used_once};

const PAUSE: Duration = Duration::from_mins(5);

pub(crate) async fn run(database: Database, clock: Arc<dyn Clock>) {
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Err(error) = used_once::delete_expired(database.connection(), clock.now()).await {
            tracing::warn!(%error, "cannot delete used proofs; tried again at the next run");
        }
    }
}
