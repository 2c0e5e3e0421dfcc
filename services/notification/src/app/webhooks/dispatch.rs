//! Gives turns to endpoints, for as long as the service runs. An attempt is a task of its own: a long
//! one delays only its own endpoint.

use std::{
    panic,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::task::JoinSet;

use super::{
    deliver::{Deliverer, Ended},
    ready::Ready,
};
use crate::webhook::turns::{Limits, Turn, Turns};

/// Attempts in flight, of this process.
const LIMITS: Limits =
    Limits { healthy: 192, troubled: 64, authority: 128, agency: 32, endpoint: 8 };
/// Between two looks at all queues, at least.
const MIN_LOOK: Duration = Duration::from_millis(200);
/// After the database could not be read.
const PAUSE: Duration = Duration::from_secs(1);
/// Waiting for a wake ends with one of the other reasons to go on.
const NEVER: Duration = Duration::from_secs(3600);

/// The job that delivers.
#[derive(Debug)]
pub(crate) struct Dispatcher {
    deliverer: Deliverer,
    ready: Ready,
    /// Between two looks at all queues, at most: another process may have died.
    poll: Duration,
}

impl Dispatcher {
    pub(crate) fn new(deliverer: Deliverer, ready: Ready, poll: Duration) -> Self {
        Self { deliverer, ready, poll }
    }

    /// Delivers for ever. Drop the future to stop: what is in flight is tried again when its lease
    /// ends.
    pub(crate) async fn run(self) {
        let mut turns = Turns::new(LIMITS);
        let mut running = JoinSet::new();
        let mut looked = Instant::now();
        let mut next_look = looked;
        loop {
            for (subscription, news) in self.ready.take() {
                turns.add(subscription, &news.owner, news.count, news.is_troubled);
            }
            if Instant::now() >= next_look {
                looked = Instant::now();
                next_look = looked + self.look(&mut turns).await;
            }
            while let Some(turn) = turns.next() {
                running.spawn(attempt(self.deliverer.clone(), turn));
            }
            tokio::select! {
                Some(ended) = running.join_next() => {
                    let (turn, ended) = ended.unwrap_or_else(|error| panic::resume_unwind(error.into_panic()));
                    turns.done(&turn, ended.done);
                    if let Some(at) = ended.due_at {
                        let due = Instant::now() + self.until(at);
                        next_look = next_look.min(due.max(looked + MIN_LOOK));
                    }
                }
                () = self.ready.arrived().wait(NEVER) => {}
                () = self.deliverer.changed().wait(NEVER) => next_look = next_look.min(looked + MIN_LOOK),
                () = tokio::time::sleep_until(next_look.into()) => {}
            }
        }
    }

    /// Looks at all queues; gives how long the next look may wait.
    async fn look(&self, turns: &mut Turns) -> Duration {
        let now = self.deliverer.now();
        let (waiting, lease_ends) = match self.deliverer.waiting(now).await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%error, "cannot look for webhook deliveries; tried again soon");
                return PAUSE;
            }
        };
        let failing = waiting.iter().filter(|each| each.is_troubled).count();
        self.deliverer.numbers.failing.set(i64::try_from(failing).unwrap_or(i64::MAX));
        let mut next = lease_ends;
        for each in waiting {
            if each.due_at <= now {
                turns.add(each.subscription, &each.owner, 1, each.is_troubled);
            } else {
                next = Some(next.map_or(each.due_at, |next| next.min(each.due_at)));
            }
        }
        next.map_or(self.poll, |at| self.until(at)).clamp(MIN_LOOK, self.poll)
    }

    /// How long until `at`, but not longer than until the next poll.
    fn until(&self, at: Timestamp) -> Duration {
        let left = at.duration_since(self.deliverer.now());
        Duration::try_from(left).unwrap_or(Duration::ZERO).min(self.poll)
    }
}

async fn attempt(deliverer: Deliverer, turn: Turn) -> (Turn, Ended) {
    let ended = deliverer.take_turn(&turn).await;
    (turn, ended)
}
