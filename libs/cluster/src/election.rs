//! Leader election by a Lease of `coordination.k8s.io`, with a term that fences off paused leaders.

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
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// A leader that did not renew for so long is replaced (`leaseDurationSeconds`).
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
    /// When it ends, if it is not renewed.
    pub until: Timestamp,
}

/// Whether this process leads, for its jobs. Clones share the state.
#[derive(Debug, Clone)]
pub struct Leadership {
    lease: watch::Receiver<Option<LeaderLease>>,
    clock: Arc<dyn Clock>,
}

impl Leadership {
    /// For an election elsewhere, such as in a database: its candidate sends the lease that it
    /// acquired.
    #[must_use]
    pub fn channel(clock: Arc<dyn Clock>) -> (watch::Sender<Option<LeaderLease>>, Self) {
        let sender = watch::Sender::new(None);
        let lease = sender.subscribe();
        (sender, Self { lease, clock })
    }

    /// The term in which this process leads now, or `None`. Ask before each piece of work, and
    /// carry the term into its transaction: see [`Term`].
    #[must_use]
    pub fn term(&self) -> Option<Term> {
        let lease = *self.lease.borrow();
        lease.filter(|lease| self.clock.now() < lease.until).map(|lease| lease.term)
    }

    /// Returns when leadership was acquired, lost or renewed.
    pub async fn changed(&mut self) {
        if self.lease.changed().await.is_err() {
            // The election ended: nothing will change any more.
            std::future::pending::<()>().await;
        }
    }

    /// Waits until this process leads in a term other than `last`.
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
    version: Option<String>,
    since: Timestamp,
}

/// One candidate for one Lease. Drive it with [`run`](Self::run).
#[derive(Debug)]
pub struct Election {
    leases: Api<Lease>,
    namespace: String,
    name: String,
    candidate: String,
    timing: Timing,
    clock: Arc<dyn Clock>,
    observed: Option<ObservedLease>,
    lease: watch::Sender<Option<LeaderLease>>,
}

impl Cluster {
    /// A candidate for the Lease `name`.
    #[must_use]
    pub fn election(&self, name: &str, timing: Timing) -> Election {
        Election::new(self, name, timing)
    }
}

impl Election {
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

    fn what(&self) -> String {
        format!("the Lease {}/{}", self.namespace, self.name)
    }
}
