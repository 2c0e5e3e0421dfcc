//! A cluster of three masters, each with a replica.

use std::{process::Command, time::Duration};

use slot::holds::{RedisMode, RedisSettings};

use super::{
    NOTICED_WITHIN, go_on, open,
    server::{Server, free_port},
};
use crate::holds::site::Site;

async fn start() -> Option<Vec<Server>> {
    let mut nodes = Vec::new();
    for _ in 0..6 {
        let bus = free_port().to_string();
        let quick = ["--cluster-node-timeout", "1000", "--cluster-enabled", "yes"];
        nodes.push(Server::start(&[&quick[..], &["--cluster-port", &bus]].concat()).await?);
    }
    let addresses: Vec<_> = nodes.iter().map(|node| format!("127.0.0.1:{}", node.port)).collect();
    let mut create = Command::new("redis-cli");
    create.args(["--cluster", "create"]).args(&addresses);
    create.args(["--cluster-replicas", "1", "--cluster-yes"]);
    let created = create.output().expect("redis-cli is installed where redis-server is");
    assert!(created.status.success(), "{}", String::from_utf8_lossy(&created.stdout));
    for node in &nodes {
        node.wait_until(&["CLUSTER", "INFO"], "cluster_state:ok").await;
    }
    Some(nodes)
}

/// The node that has the keys of an authority, and its replica.
async fn nodes_of(site: &Site, nodes: &[Server]) -> (usize, usize) {
    let key = format!("{{ft:{}}}", site.authority());
    let slot: u64 = nodes[0].ask(&["CLUSTER", "KEYSLOT", &key]).await.unwrap();
    let ports = testkit::eventually(Duration::from_secs(20), async || {
        let ranges: Vec<Vec<redis::Value>> = nodes[0].ask(&["CLUSTER", "SLOTS"]).await.unwrap();
        ranges.into_iter().find_map(|range| ports_of(range, slot))
    })
    .await;
    let index = |port| nodes.iter().position(|node| node.port == port).unwrap();
    (index(ports.0), index(ports.1))
}

/// The ports of the master and the replica of a range of slots, if this one is among them and the
/// replica is known.
fn ports_of(range: Vec<redis::Value>, slot: u64) -> Option<(u16, u16)> {
    let mut range = range.into_iter();
    let first: u64 = redis::from_redis_value(range.next()?).unwrap();
    let last: u64 = redis::from_redis_value(range.next()?).unwrap();
    let mut port = || -> Option<u16> {
        let node: Vec<redis::Value> = redis::from_redis_value(range.next()?).unwrap();
        redis::from_redis_value(node.into_iter().nth(1)?).ok()
    };
    let ports = (port()?, port()?);
    (first..=last).contains(&slot).then_some(ports)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_takes_over_is_loaded_again() {
    let Some(mut nodes) = start().await else { return };
    let settings = RedisSettings {
        urls: nodes.iter().map(Server::url).collect(),
        mode: RedisMode::Cluster,
        ..RedisSettings::standalone("")
    };
    let site = open(Site::at("cluster", &settings)).await;
    let other = site.replica(&settings);
    let before = other.holds.changes(None).await.unwrap();
    let (master, replica) = nodes_of(&site, &nodes).await;
    nodes[replica].wait_until(&["INFO", "replication"], "master_link_status:up").await;
    let scene = go_on(site).await;
    nodes[master].kill();
    nodes[replica].wait_until(&["INFO", "replication"], "role:master").await;
    nodes[replica].wait_until(&["CLUSTER", "INFO"], "cluster_state:ok").await;
    let noticed = scene.rebuild().await;
    testkit::report(format_args!("cluster: a node that took over was noticed after {noticed:?}"));
    assert!(noticed < NOTICED_WITHIN, "{noticed:?}");
    let all = testkit::eventually(Duration::from_secs(20), async || {
        other.holds.changes(Some(&before)).await.ok()
    })
    .await;
    assert!(all.complete);
    scene.is_as_the_database_says(&scene.site).await;
    scene.is_as_the_database_says(&other).await;
}
