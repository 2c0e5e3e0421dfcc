//! A relay that is busy hears that another process stored more.

use std::{sync::Arc, time::Duration};

use messaging::{Bus, Outbox, Relay, Wake};
use sea_orm::{ConnectionTrait as _, Statement};
use store::Database;

use crate::{
    gate::{Answer, Gate},
    support::{Migrations, SOON, event},
};

/// Longer than the test may take: whatever arrives was called for.
const NEVER: Duration = Duration::from_secs(3600);

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_stored_in_a_busy_lane_leaves_as_soon_as_the_lane_is_free() {
    let Some(url) = testkit::postgres_url().await else { return };
    let (here, there) =
        (Database::connect(&url).await.unwrap(), Database::connect(&url).await.unwrap());
    here.migrate::<Migrations>().await.unwrap();
    let bus = Arc::new(Gate::closed(Answer::Confirmed));
    let (wake_here, wake_there) = (Wake::default(), Wake::default());
    let start = |database: &Database, wake: &Wake| {
        let bus: Arc<dyn Bus> = Arc::<Gate>::clone(&bus);
        let relay = Relay::new(database.clone(), bus, wake.clone()).polling_every(NEVER);
        tokio::spawn(relay.run())
    };
    let mut relays = vec![start(&here, &wake_here)];
    listening(&here, 1).await;
    let (first, second) = (event("bkg_1"), event("bkg_1"));
    Outbox::enqueue(here.connection(), &first).await.unwrap();
    wake_here.wake();
    testkit::eventually(SOON, async || (bus.at_the_gate() == 1).then_some(())).await;

    // The lane is busy from here on. The other relay says so at its start, and at each wake-up.
    let mut notifications = here.listen("fairtermin_outbox").await.unwrap().unwrap();
    let mut notified = async || {
        let next = tokio::time::timeout(SOON, notifications.next()).await;
        next.expect("a relay notifies the others").unwrap();
    };
    relays.push(start(&there, &wake_there));
    notified().await;
    Outbox::enqueue(there.connection(), &second).await.unwrap();
    wake_there.wake();
    notified().await;
    assert_eq!(bus.through(), [], "the gate is closed");
    bus.let_through(2);
    testkit::eventually(SOON, async || (bus.through().len() == 2).then_some(())).await;
    assert_eq!(bus.through(), [first.id, second.id], "in order, each once");
    relays.iter().for_each(tokio::task::JoinHandle::abort);
}

/// Until `count` connections listen.
async fn listening(database: &Database, count: usize) {
    until(database, "query LIKE 'LISTEN%'", count).await;
}

async fn until(database: &Database, condition: &str, count: usize) {
    let sql = format!(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND {condition}"
    );
    testkit::eventually(SOON, async || {
        let statement = Statement::from_string(database.backend().into(), sql.clone());
        let rows = database.connection().query_all_raw(statement).await.unwrap();
        (rows.len() >= count).then_some(())
    })
    .await;
}
