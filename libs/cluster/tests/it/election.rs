//! One leader, and none that acts after its time.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use ambient::{SystemClock, VirtualClock};
use cluster::{ClusterError, Leadership, Term, Timing};
use futures_util::future::join_all;
use jiff::SignedDuration;
use k8s_openapi::api::coordination::v1::Lease;
use kube::api::PostParams;
use serde_json::json;
use testkit::eventually;

use crate::playground::Playground;

/// Stands for the `fence` row of a database: see [`Term`].
#[derive(Debug, Clone, Default)]
struct Fence(Arc<Mutex<Vec<Term>>>);

impl Fence {
    /// Acts, unless a later leader has acted already.
    fn act(&self, term: Term) -> bool {
        let mut acts = self.0.lock().unwrap();
        let lost = acts.last().is_some_and(|last| term < *last);
        if !lost {
            acts.push(term);
        }
        !lost
    }

    fn acts(&self) -> Vec<Term> {
        self.0.lock().unwrap().clone()
    }
}

/// The chart makes the Lease, without a holder.
async fn with_lease(test: &str) -> Playground {
    let playground = Playground::open(test).await;
    let lease: Lease = serde_json::from_value(json!({"metadata": {"name": "jobs"}})).unwrap();
    playground.api().create(&PostParams::default(), &lease).await.unwrap();
    playground
}

fn clock() -> VirtualClock {
    VirtualClock::at("2026-11-24T08:00:00Z".parse().unwrap())
}

#[tokio::test]
#[ignore = "needs a Kubernetes API server: make test-kube"]
async fn a_paused_leader_is_replaced_and_cannot_act_any_more() {
    let playground = with_lease("paused").await;
    let (first_clock, second_clock) = (clock(), clock());
    let timing = Timing::default();
    let mut first =
        playground.cluster("first", Arc::new(first_clock.clone())).election("jobs", timing);
    let mut second =
        playground.cluster("second", Arc::new(second_clock.clone())).election("jobs", timing);
    let fence = Fence::default();

    let term = first.attempt().await.unwrap().expect("nobody leads yet");
    assert_eq!(second.attempt().await.unwrap(), None);
    assert!(fence.act(term));

    // While the first renews, the second never gets its turn, however long it waits.
    for _ in 0..5 {
        first_clock.advance(SignedDuration::from_secs(10));
        second_clock.advance(SignedDuration::from_secs(10));
        assert_eq!(first.attempt().await.unwrap(), Some(term), "a renewal keeps the term");
        assert_eq!(second.attempt().await.unwrap(), None);
    }

    // The first is paused: its clock stands still. The second waits as long as the Lease lasts.
    second_clock.advance(SignedDuration::from_secs(14));
    assert_eq!(second.attempt().await.unwrap(), None);
    second_clock.advance(SignedDuration::from_secs(1));
    let next = second.attempt().await.unwrap().expect("the Lease expired");
    assert!(next > term);
    assert!(fence.act(next));

    // The first goes on where it was, and still believes that it leads. The fence knows better.
    assert_eq!(first.leadership().term(), Some(term));
    assert!(!fence.act(term));
    assert_eq!(first.attempt().await.unwrap(), None);
    assert_eq!(first.leadership().term(), None);
    assert_eq!(fence.acts(), [term, next]);
    playground.close().await;
}

#[tokio::test]
#[ignore = "needs a Kubernetes API server: make test-kube"]
async fn a_leader_that_cannot_renew_stops_before_another_may_start() {
    let playground = with_lease("silent").await;
    let time = clock();
    let mut election =
        playground.cluster("first", Arc::new(time.clone())).election("jobs", Timing::default());
    let leadership = election.leadership();
    assert_eq!(leadership.term(), None);
    let term = election.attempt().await.unwrap();
    time.advance(SignedDuration::from_secs(11));
    assert_eq!(leadership.term(), term);
    time.advance(SignedDuration::from_secs(1));
    assert_eq!(leadership.term(), None, "12 s of 15 s: others wait 3 s more");
    playground.close().await;
}

#[tokio::test]
#[ignore = "needs a Kubernetes API server: make test-kube"]
async fn of_many_candidates_at_once_exactly_one_wins_and_hands_over_at_once() {
    let playground = with_lease("race").await;
    let mut candidates: Vec<_> = (0..8)
        .map(|number| {
            let pod = format!("pod-{number}");
            playground.cluster(&pod, Arc::new(clock())).election("jobs", Timing::default())
        })
        .collect();
    let answers = join_all(candidates.iter_mut().map(|candidate| candidate.attempt())).await;
    let terms: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    let winners: Vec<_> = (0..8).filter(|candidate| terms[*candidate].is_some()).collect();
    let [winner] = winners[..] else { panic!("{winners:?}") };

    candidates[winner].release().await.unwrap();
    assert_eq!(candidates[winner].leadership().term(), None);
    let next = candidates[(winner + 1) % 8].attempt().await.unwrap();
    assert!(next > terms[winner], "no waiting after a release");
    playground.close().await;
}

#[tokio::test]
#[ignore = "needs a Kubernetes API server: make test-kube"]
async fn a_missing_lease_is_named() {
    let playground = Playground::open("nolease").await;
    let mut election = playground.now().election("jobs", Timing::default());
    let error = election.attempt().await.unwrap_err();
    assert!(matches!(error, ClusterError::NoLease { .. }), "{error}");
    assert!(error.to_string().contains("/jobs does not exist"), "{error}");
    playground.close().await;
}

/// What a service's job does: acts in each round in which its process leads.
async fn work(leadership: Leadership, fence: Fence) {
    loop {
        if let Some(term) = leadership.term() {
            fence.act(term);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a Kubernetes API server: make test-kube"]
async fn when_the_leader_dies_the_other_carries_on() {
    let playground = with_lease("dies").await;
    let timing =
        Timing { lease_duration: Duration::from_secs(2), retry_period: Duration::from_millis(300) };
    let fence = Fence::default();
    let start = |pod: &str| {
        let cluster = playground.cluster(pod, Arc::new(SystemClock));
        let election = cluster.election("jobs", timing);
        let leadership = election.leadership();
        let job = tokio::spawn(work(leadership.clone(), fence.clone()));
        let candidate = tokio::spawn(election.run(std::future::pending()));
        (leadership, job, candidate)
    };
    let (first, first_job, first_candidate) = start("first");
    let old = eventually(Duration::from_secs(10), async || first.term()).await;
    let (second, ..) = start("second");

    // Killed: nothing is given back.
    first_candidate.abort();
    first_job.abort();
    let new = eventually(Duration::from_secs(20), async || second.term()).await;
    assert!(new > old);
    eventually(Duration::from_secs(5), async || (fence.acts().last() == Some(&new)).then_some(()))
        .await;
    assert!(fence.acts().is_sorted());
    playground.close().await;
}
