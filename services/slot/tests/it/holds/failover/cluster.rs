//! A cluster of three masters, each with a replica.

use std::process::Command;

use slot::holds::{RedisMode, RedisSettings};

use super::{
    NOTICED_WITHIN, go_on, open,
    server::{Server, WAIT_TIMEOUT, free_port},
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
    let slot = slot_of(site, &nodes[0]).await;
    let ports = testkit::eventually(WAIT_TIMEOUT, async || {
        let (master, replica) = owners(&nodes[0], slot).await?;
        Some((master, replica?))
    })
    .await;
    let index = |port| nodes.iter().position(|node| node.port == port).unwrap();
    (index(ports.0), index(ports.1))
}

async fn slot_of(site: &Site, node: &Server) -> u64 {
    let key = format!("{{ft:{}}}", site.authority());
    node.ask(&["CLUSTER", "KEYSLOT", &key]).await.unwrap()
}

/// Who has a slot, as a node knows: the ports of the master and of the replica.
async fn owners(node: &Server, slot: u64) -> Option<(u16, Option<u16>)> {
    let ranges: Vec<Vec<redis::Value>> = node.ask(&["CLUSTER", "SLOTS"]).await.ok()?;
    ranges.into_iter().find_map(|range| ports_of(range, slot))
}

/// Waits until each node that is left knows of the new master: one that does not sends clients to the
/// old one.
async fn wait_until_all_know(master: &Server, left: &[&Server], slot: u64) {
    testkit::eventually(WAIT_TIMEOUT, async || {
        for node in left {
            let (port, _) = owners(node, slot).await?;
            let state: String = node.ask(&["CLUSTER", "INFO"]).await.ok()?;
            (port == master.port && state.contains("cluster_state:ok")).then_some(())?;
        }
        Some(())
    })
    .await;
}

/// The ports of the master of a range of slots and of its replica, if that is known and this slot is
/// among them.
fn ports_of(range: Vec<redis::Value>, slot: u64) -> Option<(u16, Option<u16>)> {
    let mut range = range.into_iter();
    let first: u64 = redis::from_redis_value(range.next()?).unwrap();
    let last: u64 = redis::from_redis_value(range.next()?).unwrap();
    let mut port = || -> Option<u16> {
        let node: Vec<redis::Value> = redis::from_redis_value(range.next()?).unwrap();
        redis::from_redis_value(node.into_iter().nth(1)?).ok()
    };
    let ports = (port()?, port());
    (first..=last).contains(&slot).then_some(ports)
}

/// On one thread: each thread has a connection of its own, which learns of the new master by its own
/// first failure. The first command of each may fail, and what follows asks for answers.
#[tokio::test]
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
    let slot = slot_of(&site, &nodes[0]).await;
    let scene = go_on(site).await;
    nodes[master].kill();
    nodes[replica].wait_until(&["INFO", "replication"], "role:master").await;
    let dead = nodes[master].port;
    let left: Vec<_> = nodes.iter().filter(|node| node.port != dead).collect();
    wait_until_all_know(&nodes[replica], &left, slot).await;
    let noticed = scene.rebuild().await;
    testkit::report(format_args!("cluster: a node that took over was noticed after {noticed:?}"));
    assert!(noticed < NOTICED_WITHIN, "{noticed:?}");
    let all =
        testkit::eventually(WAIT_TIMEOUT, async || other.holds.changes(Some(&before)).await.ok())
            .await;
    assert!(all.complete);
    scene.is_as_the_database_says(&scene.site).await;
    scene.is_as_the_database_says(&other).await;
}
