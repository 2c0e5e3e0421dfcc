//! Leader election by a Lease of `coordination.k8s.io`, with a term that fences off paused leaders.
//!
//! The protocol is that of client-go's `leaderelection`: one holder, renewed by a compare-and-set
//! of the whole object (`resourceVersion`), replaced once it did not renew for its duration. As
//! there, the lease alone does not exclude two leaders: a paused process believes in its leadership
//! until its own clock passes the expiry. What excludes their effects is the [`Term`].
//!
//! Two margins: a leader stops one retry period before others may follow, and others wait a whole
//! duration from when *they* saw the last renewal. No clock is compared with another machine's.

use std::{sync::Arc, time::Duration};

use ambient::Clock;
use jiff::{SignedDuration, Timestamp};
use k8s_openapi::api::coordination::v1::Lease;
use kube::{Api, Resource, api::PostParams};
use tokio::sync::watch;

use crate::{
    Cluster, ClusterError, Term,
    time::{micro_time, timestamp},
};

/// How long a Lease holds and how often it is renewed.
///
/// The same in all replicas. `retry_period` is well below `lease_duration`.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// A leader that did not renew for so long is replaced (`leaseDurationSeconds`, in whole
    /// seconds).
    pub lease_duration: Duration,
    /// Between two attempts to acquire or renew.
    pub retry_period: Duration,
}

impl Default for Timing {
    /// 15 s and 3 s: one missed renewal is nothing, a dead leader is replaced within 18 s.
    fn default() -> Self {
        Self { lease_duration: Duration::from_secs(15), retry_period: Duration::from_secs(3) }
    }
}

/// The lease that this process acquired or renewed last.
#[derive(Debug, Clone, Copy)]
pub struct LeaderLease {
    /// The leadership term.
    pub term: Term,
    /// When it ends, if it is not renewed, by this machine's clock.
    pub until: Timestamp,
}

/// Whether this process leads, for its jobs. Clones share the state.
///
/// For jobs: they ask before each piece of work. Without an election (one process alone) a channel
/// with a lease that never ends does the same.
#[derive(Debug, Clone)]
pub struct Leadership {
    /// What the election won last; `None` once it lost.
    lease: watch::Receiver<Option<LeaderLease>>,
    clock: Arc<dyn Clock>,
}

impl Leadership {
    /// For an election elsewhere, such as in a database: its candidate sends the lease that it
    /// acquired.
    ///
    /// Sending `None` ends the leadership at once.
    #[must_use]
    pub fn channel(clock: Arc<dyn Clock>) -> (watch::Sender<Option<LeaderLease>>, Self) {
        let sender = watch::Sender::new(None);
        let lease = sender.subscribe();
        (sender, Self { lease, clock })
    }

    /// The term in which this process leads now, or `None`. Ask before each piece of work, and
    /// carry the term into its transaction: see [`Term`].
    ///
    /// Asks no server: the lease's end against our clock.
    #[must_use]
    pub fn term(&self) -> Option<Term> {
        let lease = *self.lease.borrow();
        lease.filter(|lease| self.clock.now() < lease.until).map(|lease| lease.term)
    }

    /// Returns when leadership was acquired, lost or renewed.
    ///
    /// A lease that runs out is no change: [`term`](Self::term) tells.
    pub async fn changed(&mut self) {
        if self.lease.changed().await.is_err() {
            // The election ended: nothing will change any more.
            std::future::pending::<()>().await;
        }
    }

    /// Waits until this process leads in a term other than `last`.
    ///
    /// For a job that prepares something once per term, such as reading state anew.
    pub async fn term_after(&mut self, last: Option<Term>) -> Term {
        loop {
            match self.term() {
                Some(term) if Some(term) != last => return term,
                _ => self.changed().await,
            }
        }
    }
}

/// The Lease as last seen, and since when it is so.
#[derive(Debug)]
struct ObservedLease {
    /// `resourceVersion`: changes with each renewal.
    version: Option<String>,
    /// When this process first saw that version, by its own clock.
    since: Timestamp,
}

/// One candidate for one Lease. Drive it with [`run`](Self::run).
#[derive(Debug)]
pub struct Election {
    leases: Api<Lease>,
    namespace: String,
    name: String,
    /// Pod and start time in milliseconds: `holderIdentity`.
    candidate: String,
    timing: Timing,
    clock: Arc<dyn Clock>,
    /// Of the last holder other than us.
    observed: Option<ObservedLease>,
    /// Where jobs see what was won.
    lease: watch::Sender<Option<LeaderLease>>,
}

impl Cluster {
    /// A candidate for the Lease `name`.
    ///
    /// It leads nothing until [`run`](Election::run) is polled.
    #[must_use]
    pub fn election(&self, name: &str, timing: Timing) -> Election {
        Election::new(self, name, timing)
    }
}

impl Election {
    /// Reads nothing yet: the first look at the Lease comes with the election.
    fn new(cluster: &Cluster, name: &str, timing: Timing) -> Self {
        let started = cluster.clock.now().as_millisecond();
        Self {
            leases: Api::namespaced(cluster.client.clone(), &cluster.namespace),
            namespace: cluster.namespace.clone(),
            name: name.to_owned(),
            // A container that starts again keeps its pod's name, but it is another candidate.
            candidate: format!("{}_{started}", cluster.instance),
            timing,
            clock: cluster.clock.clone(),
            observed: None,
            lease: watch::Sender::new(None),
        }
    }

    /// For the jobs that depend on this election.
    #[must_use]
    pub fn leadership(&self) -> Leadership {
        Leadership { lease: self.lease.subscribe(), clock: self.clock.clone() }
    }

    /// Takes part until `end` is ready, then gives the Lease back so that another can follow at
    /// once.
    ///
    /// Errors are logged and tried again after the retry period; they do not end it. When `end`
    /// comes the jobs should have stopped, as another process may lead right after.
    pub async fn run(mut self, end: impl Future<Output = ()>) {
        let mut end = std::pin::pin!(end);
        loop {
            tokio::select! {
                () = &mut end => break,
                () = self.try_once() => {}
            }
            tokio::select! {
                () = &mut end => break,
                () = tokio::time::sleep(self.timing.retry_period) => {}
            }
        }
        if let Err(error) = self.release().await {
            tracing::info!(lease = self.name, %error, "cannot release the Lease; another process leads once it expires");
        }
    }

    /// One attempt, for at most a third of the lease's duration, so that a silent API server leaves
    /// time for another one. Logs what changed.
    async fn try_once(&mut self) {
        let led = self.leadership().term();
        let attempt = tokio::time::timeout(self.timing.lease_duration / 3, self.attempt()).await;
        let answer = attempt.unwrap_or_else(|_| Err(ClusterError::Late { what: self.what() }));
        if let Err(error) = answer {
            tracing::warn!(lease = self.name, %error, "election attempt failed; a leader stays one until its lease expires");
        }
        let leads = self.leadership().term();
        if leads != led {
            let term = leads.map(Term::number);
            tracing::info!(lease = self.name, candidate = self.candidate, term, "leadership");
        }
    }

    /// One attempt to win the Lease, or to renew it if it is ours. Answers the term if we lead.
    ///
    /// A renewal is an attempt too. Losing the compare-and-set (409) is no error: another was
    /// faster.
    ///
    /// # Errors
    /// If the API server refuses or cannot be reached. A leader stays one until its time is over.
    pub async fn attempt(&mut self) -> Result<Option<Term>, ClusterError> {
        let asked = self.clock.now();
        let mut lease = self.read().await?;
        let spec = lease.spec.get_or_insert_default();
        let holder = spec.holder_identity.as_deref().unwrap_or_default();
        let ours = holder == self.candidate;
        if !ours && !holder.is_empty() && !self.expired(&lease, asked) {
            self.lease.send_replace(None);
            return Ok(None);
        }
        let spec = lease.spec.get_or_insert_default();
        if !ours {
            spec.acquire_time = Some(micro_time(asked));
            spec.lease_transitions = Some(spec.lease_transitions.unwrap_or(0) + 1);
        }
        spec.holder_identity = Some(self.candidate.clone());
        spec.lease_duration_seconds = i32::try_from(self.timing.lease_duration.as_secs()).ok();
        spec.renew_time = Some(micro_time(asked));
        let won = self.write(&lease).await?.map(|lease| self.leader_lease(&lease, asked));
        self.lease.send_replace(won);
        Ok(won.map(|won| won.term))
    }

    /// Gives the Lease back, if it is ours.
    ///
    /// With an empty holder the next attempt of another candidate wins without waiting. If it
    /// fails, the lease runs out.
    ///
    /// # Errors
    /// If the API server refuses or cannot be reached.
    pub async fn release(&mut self) -> Result<(), ClusterError> {
        if self.lease.send_replace(None).is_none() {
            return Ok(());
        }
        let mut lease = self.read().await?;
        let spec = lease.spec.get_or_insert_default();
        if spec.holder_identity.as_deref() == Some(&self.candidate) {
            spec.holder_identity = None;
            self.write(&lease).await?;
        }
        Ok(())
    }

    /// Whether the Lease has not changed for as long as it lasts, by our own clock: the clocks of
    /// two machines are never compared.
    ///
    /// Called for Leases of others. The first look never finds one expired.
    fn expired(&mut self, lease: &Lease, now: Timestamp) -> bool {
        let version = &lease.meta().resource_version;
        let lasts = lease.spec.as_ref().and_then(|spec| spec.lease_duration_seconds).unwrap_or(0);
        match &mut self.observed {
            Some(observed) if observed.version == *version => {
                // A clock that was set back must not make us wait longer than once more.
                observed.since = observed.since.min(now);
                now.duration_since(observed.since) >= SignedDuration::from_secs(lasts.into())
            }
            _ => {
                self.observed = Some(ObservedLease { version: version.clone(), since: now });
                false
            }
        }
    }

    /// Our lease ends one retry period before others may acquire it.
    ///
    /// Counted from `asked`, before the request went out: a slow answer shortens our lease and
    /// never lengthens it.
    fn leader_lease(&self, lease: &Lease, asked: Timestamp) -> LeaderLease {
        let made = lease.meta().creation_timestamp.as_ref().map_or(asked, timestamp);
        let transitions = lease.spec.as_ref().and_then(|spec| spec.lease_transitions).unwrap_or(0);
        let valid = self.timing.lease_duration.saturating_sub(self.timing.retry_period);
        let valid = SignedDuration::try_from(valid).unwrap_or(SignedDuration::ZERO);
        LeaderLease {
            term: Term::of_lease(made, transitions),
            until: asked.saturating_add(valid).unwrap_or(asked),
        }
    }

    /// The Lease as it is now.
    async fn read(&self) -> Result<Lease, ClusterError> {
        let found =
            self.leases.get_opt(&self.name).await.map_err(ClusterError::api(self.what()))?;
        found.ok_or_else(|| ClusterError::NoLease {
            namespace: self.namespace.clone(),
            name: self.name.clone(),
        })
    }

    /// Compare and set: the version that was read goes along. `None` if another was faster.
    async fn write(&self, lease: &Lease) -> Result<Option<Lease>, ClusterError> {
        match self.leases.replace(&self.name, &PostParams::default(), lease).await {
            Ok(lease) => Ok(Some(lease)),
            Err(kube::Error::Api(status)) if status.code == 409 => Ok(None),
            Err(error) => Err(ClusterError::api(self.what())(error)),
        }
    }

    /// Names the Lease in errors.
    fn what(&self) -> String {
        format!("the Lease {}/{}", self.namespace, self.name)
    }
}
