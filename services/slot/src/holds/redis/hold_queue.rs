//! Concurrent holds share a call.
//!
//! With few calls of its thread in flight a hold is sent at once. Holds that arrive while those calls
//! run form the next batch: without load there is no delay, and under load many holds share the cost
//! of a call. Each gets its own reply, as if they had run one after the other.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::{
    RedisHolds,
    hold::{HoldCommand, HoldReply, Outcome},
    reply::unexpected,
};
use crate::holds::{HoldsError, fields::Fields};

/// Most holds in one call. Redis does nothing else while it runs, some hundred microseconds.
const LARGEST_BATCH: usize = 64;

/// The maximum of calls in flight per thread. With one, the thread would idle while Redis works; with
/// many, batches would be small.
const CALLS_AT_ONCE: usize = 2;

/// The thread that served the queue is gone.
#[derive(Debug, thiserror::Error)]
#[error("the service is stopping")]
struct Stopping;

#[derive(Debug)]
struct QueuedHold {
    command: HoldCommand,
    answer: oneshot::Sender<Result<HoldReply, HoldsError>>,
}

/// The holds of one thread that wait for the next call.
#[derive(Debug, Default)]
pub(super) struct HoldQueue(Mutex<Queue>);

#[derive(Debug, Default)]
struct Queue {
    waiting: Vec<QueuedHold>,
    /// Tasks with calls in flight, which serve the queue.
    servers: usize,
}

impl HoldQueue {
    /// Adds a hold. `true` if the caller must spawn one more server.
    fn join(&self, waiting: QueuedHold) -> bool {
        let mut queue = self.lock();
        queue.waiting.push(waiting);
        let has_room = queue.servers < CALLS_AT_ONCE;
        queue.servers += usize::from(has_room);
        has_room
    }

    /// The next batch. Drops cancelled waiters, and counts one server less if the queue is empty.
    fn next_batch(&self) -> Vec<QueuedHold> {
        let mut queue = self.lock();
        queue.waiting.retain(|waiting| !waiting.answer.is_closed());
        let size = queue.waiting.len().min(LARGEST_BATCH);
        queue.servers -= usize::from(size == 0);
        queue.waiting.drain(..size).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves a queue. If the task is dropped early, as at the shutdown of a runtime, the last one fails
/// all waiters.
struct Server<'a> {
    queue: &'a HoldQueue,
    is_done: bool,
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            let mut queue = self.queue.lock();
            queue.servers -= 1;
            if queue.servers == 0 {
                queue.waiting.clear();
            }
        }
    }
}

impl RedisHolds {
    /// Sends the hold to Redis, alone or in a batch, and returns its reply.
    pub(super) async fn hold_batched(&self, command: HoldCommand) -> Result<HoldReply, HoldsError> {
        let (answer, outcome) = oneshot::channel();
        let queues = &self.0.queues;
        let queue = queues.get().unwrap_or_else(|| queues.insert(HoldQueue::default()));
        if queue.join(QueuedHold { command, answer }) {
            let holds = self.clone();
            tokio::spawn(async move { holds.serve(&queue).await });
        }
        outcome.await.unwrap_or_else(|_| Err(HoldsError::Unavailable(Arc::new(Stopping))))
    }

    async fn serve(&self, queue: &HoldQueue) {
        let mut server = Server { queue, is_done: false };
        loop {
            let batch = queue.next_batch();
            server.is_done = batch.is_empty();
            if server.is_done {
                return;
            }
            self.answer_all(batch).await;
        }
    }

    async fn answer_all(&self, mut batch: Vec<QueuedHold>) {
        // Stable: on each day who came first is served first.
        batch.sort_by(|one, other| one.command.by_day(&other.command));
        let commands: Vec<_> = batch.iter().map(|waiting| &waiting.command).collect();
        let reply = self.hold_all(&commands).await;
        let mut answers =
            reply.as_ref().map(|(epoch, time, packed)| (*epoch, *time, Fields(packed)));
        for QueuedHold { answer, .. } in batch {
            let outcome = match &mut answers {
                Ok((epoch, time, answers)) => Outcome::read(answers)
                    .map(|outcome| HoldReply { epoch: *epoch, time: *time, outcome })
                    .ok_or_else(|| unexpected("an answer is missing")),
                Err(error) => Err(error.clone()),
            };
            // The hold of a cancelled waiter expires by itself.
            let _ = answer.send(outcome);
        }
    }
}

#[cfg(test)]
mod tests {
    use booking::LocalDay;
    use ids::{HoldId, Pseudonym};
    use jiff::{SignedDuration, Timestamp, civil::date};
    use tokio::sync::oneshot::error::TryRecvError;

    use super::*;
    use crate::holds::{FactsNeeded, HoldRequest};

    fn queued() -> (QueuedHold, oneshot::Receiver<Result<HoldReply, HoldsError>>) {
        let berlin = ambient::berlin();
        let command = HoldCommand::of(&HoldRequest {
            id: HoldId::from_bits(1),
            person: Pseudonym::from_bits(1),
            group: &"papers".parse().unwrap(),
            day: &LocalDay::new("mitte".parse().unwrap(), date(2027, 1, 11), &berlin),
            offers: &[],
            at_desk: false,
            replaces: None,
            lasts: SignedDuration::ZERO,
            usable_until: Timestamp::MAX,
            facts: FactsNeeded::None,
            details: &[],
        });
        let (answer, outcome) = oneshot::channel();
        (QueuedHold { command, answer }, outcome)
    }

    #[test]
    fn a_call_goes_at_once_until_enough_are_on_their_way_and_who_went_away_is_left_out() {
        let queue = HoldQueue::default();
        let mut outcomes = Vec::new();
        for number in 0..CALLS_AT_ONCE + 3 {
            let (waiting, outcome) = queued();
            assert_eq!(queue.join(waiting), number < CALLS_AT_ONCE);
            outcomes.push(outcome);
        }
        outcomes.pop();
        assert_eq!(queue.next_batch().len(), CALLS_AT_ONCE + 2);
        assert!(queue.next_batch().is_empty());
        assert!(queue.join(queued().0), "one less is on its way");
    }

    #[test]
    fn only_the_last_who_ends_early_sends_people_away() {
        let queue = HoldQueue::default();
        let mut outcomes = Vec::new();
        for _ in 0..CALLS_AT_ONCE {
            let (waiting, outcome) = queued();
            assert!(queue.join(waiting));
            outcomes.push(outcome);
        }
        let servers: Vec<_> =
            (0..CALLS_AT_ONCE).map(|_| Server { queue: &queue, is_done: false }).collect();
        let last = servers.len() - 1;
        for (number, server) in servers.into_iter().enumerate() {
            drop(server);
            let sent_away = matches!(outcomes[0].try_recv(), Err(TryRecvError::Closed));
            assert_eq!(sent_away, number == last);
        }
        assert!(queue.join(queued().0), "a new one can begin");
    }
}
