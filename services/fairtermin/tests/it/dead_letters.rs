//! An event that a service gave up is found, looked at, replayed and dropped.

use std::{
    process::{Command, Output},
    sync::Arc,
    time::Duration,
};

use ambient::{SystemClock, SystemEntropy};
use ids::EventId;
use messaging::{Bus, Deliver, Delivery, Event, Queue, RabbitMq, Verdict};
use proto::booking::v1::BookingCancelled;
use serde_json::Value;

const SOON: Duration = Duration::from_secs(20);

#[derive(Debug)]
struct NeverWorks;

#[async_trait::async_trait]
impl Deliver for NeverWorks {
    async fn deliver(&self, _: &Delivery) -> Verdict {
        Verdict::Poison("unreadable".to_owned())
    }
}

struct Operator {
    rabbitmq: String,
    namespace: String,
}

impl Operator {
    fn types(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_fairtermin"))
            .args(["dead-letters", "--namespace", &self.namespace, "--queue", "slot.lea"])
            .args(arguments)
            .env("FAIRTERMIN_RABBITMQ", &self.rabbitmq)
            .output()
            .unwrap()
    }

    fn list(&self) -> Vec<Value> {
        let output = self.types(&["list", "--format", "json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    async fn until_there_are(&self, number: usize) -> Vec<Value> {
        testkit::eventually(SOON, async || Some(self.list()).filter(|list| list.len() == number))
            .await
    }
}

fn event() -> Event {
    let message = BookingCancelled::default();
    let authority = "lea".parse().unwrap();
    Event::new(&authority, "booking", &message, &SystemClock, &SystemEntropy)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_lists_replays_and_drops() {
    let Some(rabbitmq) = testkit::rabbitmq_url() else { return };
    let namespace = format!("test-{}", EventId::mint(&SystemClock, &SystemEntropy));
    let operator = Operator { rabbitmq: rabbitmq.clone(), namespace: namespace.clone() };
    let bus: Arc<dyn Bus> = Arc::new(RabbitMq::in_namespace(&rabbitmq, "test", &namespace));
    let queue = Queue::named("slot.lea").bind("#");
    let consuming = {
        let bus = Arc::clone(&bus);
        tokio::spawn(async move { bus.consume(&queue, Arc::new(NeverWorks)).await })
    };
    let events = [event(), event()];
    // Published again until the queue is there: an unrouted event has nowhere to die.
    testkit::eventually(SOON, async || {
        bus.publish(&events).await.iter().all(Result::is_ok).then_some(())?;
        (!operator.list().is_empty()).then_some(())
    })
    .await;
    for letter in operator.list().iter().skip(2) {
        operator.types(&["drop", letter["id"].as_str().unwrap()]);
    }
    let dead = operator.until_there_are(2).await;
    assert_eq!(dead[0]["reason"], "unreadable");
    assert_eq!(dead[0]["type"], "fairtermin.booking.v1.BookingCancelled");
    let id = dead[0]["id"].as_str().unwrap();

    let shown = operator.types(&["show", id]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("urn:fairtermin:authority:lea"));
    // It comes back, since the consumer still cannot read it.
    assert!(operator.types(&["replay", id]).status.success());
    operator.until_there_are(2).await;
    assert!(operator.types(&["drop", id]).status.success());
    assert_eq!(operator.until_there_are(1).await.len(), 1);

    let again = operator.types(&["drop", id]);
    assert_eq!(again.status.code(), Some(1));
    let told = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(told.contains("has no dead letter") && told.contains("list"), "{told}");
    consuming.abort();
}

#[test]
fn without_a_broker_it_says_how_to_name_one() {
    let operator = Operator {
        rabbitmq: "amqp://someone:secret@127.0.0.1:1".to_owned(),
        namespace: "nowhere".to_owned(),
    };
    let output = operator.types(&["list"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("FAIRTERMIN_RABBITMQ") && !told.contains("secret"), "{told}");
}

#[test]
fn who_names_no_broker_is_told_how() {
    for address in [None, Some(""), Some("amqp://127.0.0.1:1/%2f")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairtermin"));
        command.args(["dead-letters", "list"]).env_remove("FAIRTERMIN_RABBITMQ");
        let output = command.envs(address.map(|at| ("FAIRTERMIN_RABBITMQ", at))).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains("FAIRTERMIN_RABBITMQ"), "{said}");
    }
}
