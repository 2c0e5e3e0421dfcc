//! A relay that is busy hears that another process stored more.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use messaging::{
    Bus, BusError, DeadLetter, Deliver, Event, InProcessBus, Outbox, Queue, Relay, Subscriber,
    Unconfirmed, Wake,
};
use sea_orm::{ConnectionTrait as _, Statement};
use store::Database;
use tokio::sync::Semaphore;

use crate::support::{Migrations, SOON, event};

/// Longer than the test may take: whatever arrives was called for.
const NEVER: Duration = Duration::from_secs(3600);

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_stored_in_a_busy_lane_leaves_as_soon_as_the_lane_is_free() {
    let Some(url) = testkit::postgres_url().await else { return };
    let (here, there) =
        (Database::connect(&url).await.unwrap(), Database::connect(&url).await.unwrap());
    here.migrate::<Migrations>().await.unwrap();
    let bus = Arc::new(Gate::default());
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
    bus.gate.add_permits(2);
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

/// A bus with a gate: each publication waits for a permit.
#[derive(Debug)]
struct Gate {
    bus: InProcessBus,
    gate: Semaphore,
    state: Mutex<(usize, Vec<ids::EventId>)>,
}

impl Default for Gate {
    fn default() -> Self {
        let (bus, state) = (InProcessBus::new(), Mutex::default());
        Self { bus, gate: Semaphore::new(0), state }
    }
}

impl Gate {
    /// How many publications have reached it.
    fn at_the_gate(&self) -> usize {
        self.state.lock().unwrap().0
    }

    fn through(&self) -> Vec<ids::EventId> {
        self.state.lock().unwrap().1.clone()
    }
}

#[async_trait]
impl Bus for Gate {
    async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>> {
        self.state.lock().unwrap().0 += 1;
        self.gate.acquire().await.unwrap().forget();
        self.state.lock().unwrap().1.extend(events.iter().map(|event| event.id));
        events.iter().map(|_| Ok(())).collect()
    }
    async fn consume(&self, queue: &Queue, deliver: Arc<dyn Deliver>) {
        self.bus.consume(queue, deliver).await;
    }
    async fn subscribe(&self, patterns: &[String], subscriber: Arc<dyn Subscriber>) {
        self.bus.subscribe(patterns, subscriber).await;
    }
    async fn ping(&self) -> Result<(), BusError> {
        self.bus.ping().await
    }
    async fn dead_letters(&self, queue: &str, limit: usize) -> Result<Vec<DeadLetter>, BusError> {
        self.bus.dead_letters(queue, limit).await
    }
    async fn replay(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError> {
        self.bus.replay(queue, id).await
    }
    async fn discard(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError> {
        self.bus.discard(queue, id).await
    }
}
