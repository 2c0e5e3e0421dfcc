//! Elects the process of an authority that runs the jobs.
//!
//! In Kubernetes a Lease decides, elsewhere a row of the database. Either way the leader's term goes
//! into the transaction of each effect ([`leader_leases::may_act`]), so that a process whose lease
//! expired while it was paused changes nothing.

use std::{sync::Arc, time::Duration};

use cluster::{Cluster, Election, LeaderLease, Leadership, Term, Timing};
use jiff::SignedDuration;
use telemetry::Gauge;
use tokio::sync::watch;

use crate::{
    app::{AppError, Engine},
    store::{Failure, leader_leases},
};

/// How often the metric is updated.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// How many connections are tried when the lease is released: more than a pool has.
const RELEASE_TRIES: u32 = 50;

/// This process as a candidate.
#[derive(Debug)]
pub enum Candidate {
    /// For a Lease.
    Lease(Box<Election>),
    /// For the row.
    Row(RowCandidate),
}

/// A candidate for the row of the database.
#[derive(Debug)]
pub struct RowCandidate {
    engine: Arc<Engine>,
    name: String,
    timing: Timing,
    lease: watch::Sender<Option<LeaderLease>>,
}

impl Candidate {
    /// For the Lease, if there is one, and what the jobs ask.
    pub fn new(engine: &Arc<Engine>, lease: Option<(&Cluster, &str)>) -> (Self, Leadership) {
        let timing = Timing::default();
        if let Some((cluster, lease)) = lease {
            let election = cluster.election(lease, timing);
            let leadership = election.leadership();
            return (Self::Lease(Box::new(election)), leadership);
        }
        let (lease, leadership) = Leadership::channel(Arc::clone(&engine.clock));
        let name = format!("{:016x}", u64::from_be_bytes(engine.entropy.bytes()));
        (Self::Row(RowCandidate { engine: Arc::clone(engine), name, timing, lease }), leadership)
    }

    /// Takes part until `end`, then lets another follow at once.
    pub async fn run(self, end: impl Future<Output = ()>) {
        match self {
            Self::Lease(election) => election.run(end).await,
            Self::Row(candidate) => candidate.run(end).await,
        }
    }
}

impl RowCandidate {
    async fn run(self, end: impl Future<Output = ()>) {
        let mut end = std::pin::pin!(end);
        loop {
            match self.attempt().await {
                Ok(lease) => drop(self.lease.send_replace(lease)),
                Err(error) => {
                    tracing::warn!(%error, "election attempt failed; a leader stays one until its lease expires")
                }
            }
            tokio::select! {
                () = &mut end => break,
                () = tokio::time::sleep(self.timing.retry_period) => {}
            }
        }
        self.release().await;
    }

    /// Lets another follow at once.
    ///
    /// Connections to the database are bound to the thread that opened them, and the threads that
    /// answered requests have ended: each that fails is thrown away, and the next one is tried.
    async fn release(&self) {
        for tries_left in (0..RELEASE_TRIES).rev() {
            let db = self.engine.database.connection();
            match leader_leases::release(db, &self.name).await {
                Ok(()) => return,
                Err(error) if tries_left == 0 => {
                    tracing::info!(%error, "cannot release the leader lease; another process leads once it expires");
                }
                Err(_) => tokio::task::yield_now().await,
            }
        }
    }

    async fn attempt(&self) -> Result<Option<LeaderLease>, AppError> {
        let asked = self.engine.now();
        let after = |duration: Duration| {
            let duration = SignedDuration::try_from(duration).unwrap_or(SignedDuration::ZERO);
            asked.saturating_add(duration).unwrap_or(asked)
        };
        let transaction = self.engine.database.begin().await?;
        let end = after(self.timing.lease_duration);
        let term = leader_leases::claim(&transaction, &self.name, asked, end).await?;
        transaction.commit().await.map_err(Failure::from)?;
        // Its own lease ends one retry period before others may acquire it.
        let until = after(self.timing.lease_duration.saturating_sub(self.timing.retry_period));
        Ok(term.map(|term| LeaderLease { term, until }))
    }
}

/// Sets the metric to the term in which this process leads; 0 if it does not.
pub async fn show(mut leadership: Leadership, number: Gauge) {
    loop {
        number.set(leadership.term().map_or(0, Term::number));
        tokio::select! {
            () = leadership.changed() => {}
            () = tokio::time::sleep(POLL_INTERVAL) => {}
        }
    }
}
