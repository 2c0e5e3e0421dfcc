//! What runs beside the HTTP server.
//!
//! Consumers, relays, sweeps and elections are jobs. They begin with the service and end after its
//! last answer, since answers may depend on them.

use std::{future::pending, time::Duration};

use telemetry::Shutdown;
use tokio::task::{JoinError, JoinHandle, JoinSet};

/// How long a job may take that ends after the others.
const LAST_JOB: Duration = Duration::from_secs(2);

/// What runs beside the HTTP server: from its start until it has answered its last request.
///
/// A job that returns is done, which is no fault; one that panics ends the service. Dropping `Jobs`
/// drops all of them.
#[derive(Debug, Default)]
pub struct Jobs {
    /// End together, at once.
    running: JoinSet<()>,
    /// End one after the other, in the order in which they were added.
    last: Vec<Last>,
}

/// A job that ends after the others.
#[derive(Debug)]
struct Last {
    name: &'static str,
    others_ended: Shutdown,
    handle: JoinHandle<()>,
}

impl Jobs {
    /// Starts a job. It is dropped at whatever it waits for once the server has stopped, so
    /// whatever must be done as a whole belongs in one transaction. A job that panics ends the
    /// service: the process starts anew instead of running without it.
    pub fn spawn(&mut self, job: impl Future<Output = ()> + Send + 'static) {
        self.running.spawn(job);
    }

    /// Starts a job that ends after all others: `job` makes it from the signal that they have
    /// ended, after which it has 2 seconds. For example an election, which gives back what other
    /// processes wait for only when nothing works in its name any more.
    ///
    /// The time is bounded because a job that waits for a broker that is away would otherwise keep
    /// the process from ending; Kubernetes would kill it in the middle.
    pub fn spawn_last<J>(&mut self, name: &'static str, job: impl FnOnce(Shutdown) -> J)
    where
        J: Future<Output = ()> + Send + 'static,
    {
        let others_ended = Shutdown::new();
        let handle = tokio::spawn(job(others_ended.clone()));
        self.last.push(Last { name, others_ended, handle });
    }

    /// Returns when a job panics, with what it said.
    pub(crate) async fn panicked(&mut self) -> JoinError {
        while let Some(ended) = self.running.join_next().await {
            if let Err(error) = ended {
                return error;
            }
        }
        pending().await
    }

    /// Ends all jobs, the last ones last.
    pub(crate) async fn end(mut self) {
        self.running.shutdown().await;
        for Last { name, others_ended, mut handle } in self.last {
            others_ended.trigger();
            if tokio::time::timeout(LAST_JOB, &mut handle).await.is_err() {
                tracing::info!(job = name, "the job did not end in time");
                handle.abort();
            }
        }
    }
}
