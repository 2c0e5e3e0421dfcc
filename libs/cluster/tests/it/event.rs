//! Events that an admin reads.

use std::time::Duration;

use cluster::{Report, Severity};
use k8s_openapi::api::events::v1::Event;
use kube::api::ListParams;

use crate::playground::Playground;

#[tokio::test]
#[ignore = "needs a Kubernetes API server: make test-kube"]
async fn a_refusal_is_found_with_the_object_that_it_is_about() {
    let playground = Playground::open("event").await;
    playground.write("catalogue", "catalogue.yaml", "grid: 7").await;
    let cluster = playground.now();
    let found = tokio::time::timeout(
        Duration::from_secs(10),
        cluster.watch("catalogue", "catalogue.yaml").next(),
    )
    .await
    .unwrap();
    let note = format!("catalogue.locations.mitte.grid: 7 does not divide 60 {}", "x".repeat(2000));
    let report = Report {
        about: &found.source,
        severity: Severity::Warning,
        action: "ApplyCatalogue",
        reason: "CatalogueRefused",
        note: &note,
    };
    cluster.report(&report).await.unwrap();
    // Another replica says the same.
    cluster.report(&report).await.unwrap();

    let about =
        format!("regarding.name=catalogue,regarding.kind=ConfigMap,reason={}", report.reason);
    let events =
        playground.api::<Event>().list(&ListParams::default().fields(&about)).await.unwrap().items;
    assert_eq!(events.len(), 2);
    let event = &events[0];
    assert_eq!(event.type_.as_deref(), Some("Warning"));
    assert!(event.note.as_ref().unwrap().starts_with("catalogue.locations.mitte.grid"));
    assert_eq!(event.regarding.as_ref().unwrap().uid, found.source.uid);
    assert_eq!(event.reporting_instance.as_deref(), Some("pod-1"));
    playground.close().await;
}
