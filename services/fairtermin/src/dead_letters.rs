//! `dead-letters`: what an operator does with events that a consumer gave up.

use std::fmt::Write as _;

use ids::EventId;
use messaging::{Bus as _, BusError, DeadLetter, RabbitMq};
use serde_json::json;

use crate::{
    arguments::{DeadLetterAction, DeadLetters, Format},
    command_error::CommandError,
};

/// Most that are listed at once.
const LIMIT: usize = 1_000;

const ADVICE: &str = "give the broker's address with --rabbitmq or FAIRTERMIN_RABBITMQ, \
                      amqp://HOST:PORT/VHOST with USER:PASSWORD@ before the host";

/// Lists, shows, replays or drops.
pub async fn run(arguments: DeadLetters) -> Result<(), CommandError> {
    let DeadLetters { rabbitmq, namespace, queue, action } = arguments;
    let rabbitmq = rabbitmq.filter(|address| !address.is_empty());
    let rabbitmq =
        rabbitmq.ok_or_else(|| CommandError::new("no broker is given").advice(ADVICE))?;
    let letters = Letters { bus: RabbitMq::in_namespace(&rabbitmq, "operator", &namespace), queue };
    match action {
        DeadLetterAction::List { format } => letters.list(format).await,
        DeadLetterAction::Show { id } => letters.show(id).await,
        DeadLetterAction::Replay { ids, all } => {
            let ids = if all { letters.all_ids().await? } else { ids };
            letters
                .each(&ids, "replayed", async |id| letters.bus.replay(&letters.queue, id).await)
                .await
        }
        DeadLetterAction::Drop { ids } => {
            letters
                .each(&ids, "dropped", async |id| letters.bus.discard(&letters.queue, id).await)
                .await
        }
    }
}

struct Letters {
    bus: RabbitMq,
    queue: String,
}

impl Letters {
    async fn read(&self) -> Result<Vec<DeadLetter>, CommandError> {
        self.bus.dead_letters(&self.queue, LIMIT).await.map_err(|error| failed(&error))
    }

    async fn all_ids(&self) -> Result<Vec<EventId>, CommandError> {
        Ok(self.read().await?.iter().map(|letter| letter.event.id).collect())
    }

    async fn list(&self, format: Format) -> Result<(), CommandError> {
        let letters = self.read().await?;
        match format {
            Format::Json => {
                let all: Vec<_> = letters.iter().map(view).collect();
                println!("{}", serde_json::Value::from(all));
            }
            Format::Table if letters.is_empty() => println!("no dead letters in {}", self.queue),
            Format::Table => print!("{}", table(&letters)),
        }
        Ok(())
    }

    async fn show(&self, id: EventId) -> Result<(), CommandError> {
        let letters = self.read().await?;
        let letter = letters.iter().find(|letter| letter.event.id == id);
        println!("{:#}", view(letter.ok_or_else(|| self.unknown(id))?));
        Ok(())
    }

    async fn each(
        &self,
        ids: &[EventId],
        done: &str,
        act: impl AsyncFn(EventId) -> Result<bool, BusError>,
    ) -> Result<(), CommandError> {
        for id in ids {
            if !act(*id).await.map_err(|error| failed(&error))? {
                return Err(self.unknown(*id));
            }
            println!("{done} {id}");
        }
        Ok(())
    }

    fn unknown(&self, id: EventId) -> CommandError {
        let advice = format!("list them: fairtermin dead-letters --queue {} list", self.queue);
        CommandError::new(format!("{} has no dead letter {id}", self.queue)).advice(advice)
    }
}

fn failed(error: &BusError) -> CommandError {
    CommandError::new(error.to_string()).advice(ADVICE)
}

/// Everything but the content: that may name a person.
fn view(letter: &DeadLetter) -> serde_json::Value {
    let DeadLetter { event, reason, attempts } = letter;
    json!({
        "id": event.id,
        "type": event.kind,
        "source": event.source(),
        "subject": event.subject,
        "time": event.time,
        "traceparent": event.traceparent.map(|trace| trace.to_string()),
        "bytes": event.data.len(),
        "attempts": attempts,
        "reason": reason,
    })
}

fn table(letters: &[DeadLetter]) -> String {
    let mut text = String::new();
    for DeadLetter { event, reason, attempts } in letters {
        let kind = event.kind.rsplit('.').next().unwrap_or(&event.kind);
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "{}  {:.0}  {kind:<20} {:<12} tried {attempts} times: {reason}",
            event.id, event.time, event.authority
        );
    }
    text
}
