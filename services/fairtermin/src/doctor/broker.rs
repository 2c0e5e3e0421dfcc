//! A queue of the broker: is it taken from, and did anything end as a dead letter?

use messaging::{QueueState, RabbitMq};

use super::{installation::QueueOf, look::Look};

/// A consumer takes hundreds a second.
const MANY: u32 = 1_000;

/// Looks at a queue; makes none.
pub async fn look(queue: QueueOf, mut look: Look) -> Look {
    let QueueOf { url, namespace, name } = queue;
    let broker = RabbitMq::in_namespace(url.expose(), "doctor", &namespace);
    match broker.queue_state(&name).await {
        Ok(Some(state)) => judge(&name, state, &mut look),
        Ok(None) => {
            let problem = format!("no process has ever made it in the namespace `{namespace}`");
            look.broken(problem, "is `bus.namespace` the same in all services?");
        }
        Err(error) => {
            look.broken(error.to_string(), "does the broker run, and is `bus-url` right?");
        }
    }
    look
}

fn judge(name: &str, state: QueueState, look: &mut Look) {
    let QueueState { waiting, consumers, dead } = state;
    match consumers {
        0 => look.broken(
            "no process takes from it",
            "the pods and the log of the service whose queue it is",
        ),
        _ => look.saw(format!("{consumers} consumers, {waiting} events wait")),
    }
    if waiting > MANY {
        look.warn(format!("{waiting} events wait"), "the log of the service whose queue it is");
    }
    if dead > 0 {
        let problem = format!("{dead} events were given up");
        let next = format!("fairtermin dead-letters --queue {name} list; then replay or drop them");
        look.broken(problem, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_letters_and_a_queue_without_consumers_are_said() {
        let told = |state| {
            let mut look = Look::at("queue");
            judge("slot.lea", state, &mut look);
            (look.to_mend(), look.to_string())
        };
        assert_eq!(told(QueueState { waiting: 3, consumers: 2, dead: 0 }).0, 0);
        let (count, text) = told(QueueState { waiting: 0, consumers: 0, dead: 7 });
        assert_eq!(count, 2);
        assert!(text.contains("fairtermin dead-letters --queue slot.lea list"), "{text}");
    }
}
