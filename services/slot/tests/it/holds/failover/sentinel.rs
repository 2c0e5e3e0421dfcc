//! A master with a replica, watched by a sentinel.

use slot::holds::{RedisMode, RedisSettings};

use super::{
    NOTICED_WITHIN, Scene, go_on,
    network::Network,
    open,
    server::{Server, WAIT_TIMEOUT},
};
use crate::holds::site::Site;

struct Servers {
    master: Server,
    replica: Server,
    sentinel: Server,
    network: Network,
}

impl Servers {
    async fn start() -> Option<Self> {
        let master = Server::start(&[]).await?;
        let network = Network::to(master.port).await;
        let port = network.port.to_string();
        let replica = Server::start(&["--replicaof", "127.0.0.1", &port]).await?;
        replica.wait_until(&["INFO", "replication"], "master_link_status:up").await;
        let sentinel = Server::sentinel(network.port).await;
        let known = format!("name 127.0.0.1:{}", replica.port);
        sentinel.wait_until(&["SENTINEL", "REPLICAS", "m"], &known).await;
        sentinel.wait_until(&["SENTINEL", "REPLICAS", "m"], "master-link-status ok").await;
        Some(Self { master, replica, sentinel, network })
    }

    fn settings(&self) -> RedisSettings {
        RedisSettings {
            mode: RedisMode::Sentinel,
            master: "m".to_owned(),
            ..RedisSettings::standalone(self.sentinel.url())
        }
    }

    /// Bookings that both servers know.
    async fn open(&self) -> Site {
        let site = open(Site::at("sentinel", &self.settings())).await;
        let acknowledged: i64 = self.master.ask(&["WAIT", "1", "60000"]).await.unwrap();
        assert_eq!(acknowledged, 1);
        site
    }

    /// Until the replica has become the master, whatever the old one thinks.
    async fn fail_over(&self) {
        self.replica.wait_until(&["INFO", "replication"], "role:master").await;
        let port = self.replica.port.to_string();
        let words = ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", "m"];
        self.sentinel.wait_until(&words, &port).await;
    }
}

async fn look_at_both(scene: &Scene, other: &Site) {
    scene.is_as_the_database_says(&scene.site).await;
    scene.is_as_the_database_says(other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_lagged_when_its_master_was_killed_is_loaded_again() {
    let Some(mut servers) = Servers::start().await else { return };
    let site = servers.open().await;
    // Another process of the service, which knows the present epoch.
    let other = site.replica(&servers.settings());
    let before = other.holds.changes(None).await.unwrap();
    servers.network.let_replicas_lag();
    let scene = go_on(site).await;
    servers.master.kill();
    servers.fail_over().await;
    let noticed = scene.rebuild().await;
    testkit::report(format_args!("sentinel: a lagging replica was noticed after {noticed:?}"));
    assert!(noticed < NOTICED_WITHIN, "{noticed:?}");
    assert!(
        testkit::eventually(WAIT_TIMEOUT, async || {
            other.holds.changes(Some(&before)).await.ok()
        })
        .await
        .complete
    );
    look_at_both(&scene, &other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_master_that_was_cut_off_is_left_though_it_still_answers() {
    let Some(servers) = Servers::start().await else { return };
    let site = servers.open().await;
    let other = site.replica(&servers.settings());
    other.holds.changes(None).await.unwrap();
    servers.network.cut_off();
    // Our connections still lead to the old master.
    let scene = go_on(site).await;
    servers.fail_over().await;
    let alone = other.hold(6, &[crate::holds::site::offer(700, 10, 1)]).await.unwrap();
    assert_eq!(alone.epoch, scene.forgotten.epoch, "the old master believes that it is one");
    let noticed = scene.rebuild().await;
    testkit::report(format_args!("sentinel: a cut-off master was left after {noticed:?}"));
    assert!(noticed < NOTICED_WITHIN, "{noticed:?}");
    // The other process looks after the store too.
    testkit::eventually(WAIT_TIMEOUT, async || {
        other.holds.begin_rebuild().await.ok().filter(Option::is_none)?;
        let epoch = other.holds.state_of(&alone).await.ok()?;
        (epoch == slot::holds::HoldState::Unknown).then_some(())
    })
    .await;
    look_at_both(&scene, &other).await;
}
