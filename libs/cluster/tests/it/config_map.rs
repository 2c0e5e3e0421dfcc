//! Following a ConfigMap.

use std::time::Duration;

use cluster::ConfigMapWatch;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::api::DeleteParams;
use tokio::time::{Instant, timeout};

use crate::playground::Playground;

async fn next(watch: &mut ConfigMapWatch) -> String {
    timeout(Duration::from_secs(10), watch.next()).await.expect("news within ten seconds").text
}

#[tokio::test]
#[ignore = "needs a Kubernetes API server: make test-kube"]
async fn every_change_arrives_within_two_seconds() {
    let playground = Playground::open("watch").await;
    playground.write("catalogue", "catalogue.yaml", "0").await;
    let mut watch = playground.now().watch("catalogue", "catalogue.yaml");
    assert_eq!(next(&mut watch).await, "0");

    let mut slowest = Duration::ZERO;
    for change in 1..=5 {
        let text = change.to_string();
        let began = Instant::now();
        playground.write("catalogue", "catalogue.yaml", &text).await;
        assert_eq!(next(&mut watch).await, text);
        slowest = slowest.max(began.elapsed());
    }
    eprintln!("slowest of five changes: {slowest:?}");
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    playground.close().await;
}

#[tokio::test]
#[ignore = "needs a Kubernetes API server: make test-kube"]
async fn a_watch_waits_for_what_is_missing_and_outlives_deletion() {
    let playground = Playground::open("missing").await;
    let mut watch = playground.now().watch("later", "wanted");
    let nothing = timeout(Duration::from_millis(500), watch.next()).await;
    assert!(nothing.is_err(), "there is no ConfigMap yet");

    playground.write("another", "wanted", "not this one").await;
    playground.write("later", "wanted", "here").await;
    assert_eq!(next(&mut watch).await, "here");

    playground.api::<ConfigMap>().delete("later", &DeleteParams::default()).await.unwrap();
    playground.write("later", "unwanted", "no such key").await;
    playground.write("later", "wanted", "again").await;
    assert_eq!(next(&mut watch).await, "again");
    playground.close().await;
}
