//! Concurrent holds share a call.
//!
//! A hold is sent at once if no call of its thread is in flight. Holds that arrive while one runs form the
//! next batch, which is sent beside it once it is large enough: without load there is no delay, and under
//! load many holds share the cost of a call. Each gets its own reply, as if they had run one after the
//! other.

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

/// Fewer holds wait for the call that is in flight: to send them by themselves costs more than they
/// gain, the program and Redis alike.
const WORTH_A_CALL: usize = 8;

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
    /// Whoever waits is served: while there is anybody, there is a server.
    waiting: Vec<QueuedHold>,
    /// Tasks with calls in flight, which serve the queue.
    servers: usize,
    /// One of them was spawned and takes its first batch soon: all who join until then are in it.
    is_coming: bool,
}

impl Queue {
    /// Whether a call beside so many others is worth its cost.
    fn is_worth_a_call(&self, others: usize) -> bool {
        let fewest = if others == 0 { 1 } else { WORTH_A_CALL };
        self.waiting.len() >= fewest
    }
}

impl HoldQueue {
    /// Adds a hold. `true` if the caller must spawn one more server.
    fn join(&self, waiting: QueuedHold) -> bool {
        let mut queue = self.lock();
        queue.waiting.push(waiting);
        let has_room = queue.servers < CALLS_AT_ONCE && !queue.is_coming;
        let needs_server = has_room && queue.is_worth_a_call(queue.servers);
        if needs_server {
            queue.servers += 1;
            queue.is_coming = true;
        }
        needs_server
    }

    /// The next batch of a server. Drops cancelled waiters, and counts one server less if nobody waits, or
    /// too few while another server will come back for them.
    fn next_batch(&self) -> Vec<QueuedHold> {
        let mut queue = self.lock();
        queue.is_coming = false;
        queue.waiting.retain(|waiting| !waiting.answer.is_closed());
        if !queue.is_worth_a_call(queue.servers - 1) {
            queue.servers -= 1;
            return Vec::new();
        }
        let size = queue.waiting.len().min(LARGEST_BATCH);
        queue.waiting.drain(..size).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves a queue. If the task is dropped early, as at the shutdown of a runtime, the last one fails
/// all waiters.
struct Server {
    queue: Arc<HoldQueue>,
    is_done: bool,
}

impl Drop for Server {
    fn drop(&mut self) {
        if !self.is_done {
            let mut queue = self.queue.lock();
            queue.servers -= 1;
            queue.is_coming = false;
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
            let (holds, server) = (self.clone(), Server { queue, is_done: false });
            tokio::spawn(async move { holds.serve(server).await });
        }
        outcome.await.unwrap_or_else(|_| Err(HoldsError::Unavailable(Arc::new(Stopping))))
    }

    async fn serve(&self, mut server: Server) {
        loop {
            let batch = server.queue.next_batch();
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

    type Answer = oneshot::Receiver<Result<HoldReply, HoldsError>>;

    fn queued() -> (QueuedHold, Answer) {
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

    /// Adds so many holds: which of them need a server, and where they are answered.
    fn join(queue: &HoldQueue, holds: usize) -> (Vec<bool>, Vec<Answer>) {
        let joined = (0..holds).map(|_| {
            let (waiting, answer) = queued();
            (queue.join(waiting), answer)
        });
        joined.unzip()
    }

    #[test]
    fn a_hold_goes_at_once_with_all_who_come_together_but_for_who_went_away() {
        let queue = HoldQueue::default();
        let (needs_server, mut answers) = join(&queue, 2 * WORTH_A_CALL);
        assert!(needs_server[0] && !needs_server[1..].contains(&true), "{needs_server:?}");
        answers.pop();
        assert_eq!(queue.next_batch().len(), 2 * WORTH_A_CALL - 1);
    }

    #[test]
    fn a_second_call_goes_once_enough_wait_and_a_third_does_not() {
        let queue = HoldQueue::default();
        let (_, _first) = join(&queue, 1);
        assert_eq!(queue.next_batch().len(), 1);
        let (needs_server, _second) = join(&queue, WORTH_A_CALL);
        assert_eq!(needs_server.iter().position(|needed| *needed), Some(WORTH_A_CALL - 1));
        assert_eq!(queue.next_batch().len(), WORTH_A_CALL);
        let (needs_server, _third) = join(&queue, 2 * WORTH_A_CALL);
        assert!(!needs_server.contains(&true), "{needs_server:?}");
    }

    #[test]
    fn a_few_wait_for_the_call_in_flight_and_the_last_server_leaves_nobody() {
        let queue = HoldQueue::default();
        let (_, _first) = join(&queue, 1);
        assert_eq!(queue.next_batch().len(), 1);
        let (_, _second) = join(&queue, WORTH_A_CALL);
        assert_eq!(queue.next_batch().len(), WORTH_A_CALL);
        let (_, _few) = join(&queue, WORTH_A_CALL - 1);
        assert!(queue.next_batch().is_empty(), "the other server comes back");
        assert_eq!(queue.next_batch().len(), WORTH_A_CALL - 1);
        assert!(queue.next_batch().is_empty());
        assert!(queue.join(queued().0), "no server is left");
    }

    #[test]
    fn only_the_last_who_ends_early_sends_people_away() {
        let queue = Arc::new(HoldQueue::default());
        let server = || Server { queue: Arc::clone(&queue), is_done: false };
        let (_, _first) = join(&queue, 1);
        let in_flight = server();
        assert_eq!(queue.next_batch().len(), 1);
        let (_, mut answers) = join(&queue, WORTH_A_CALL);
        // It never ran.
        let coming = server();
        for (server, is_last) in [(coming, false), (in_flight, true)] {
            drop(server);
            let sent_away = matches!(answers[0].try_recv(), Err(TryRecvError::Closed));
            assert_eq!(sent_away, is_last);
        }
        assert!(queue.join(queued().0), "a new one can begin");
    }
}
