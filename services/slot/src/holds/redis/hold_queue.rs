//! Holds that come together share a call.
//!
//! A hold that finds nobody on its way to Redis goes at once. Those who come on the same thread
//! while that call runs wait for its end and make up the next: who waits for nobody is not
//! delayed, and in a rush most of a call's cost is paid once for many. Each gets its own answer,
//! as if they had gone one after the other.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ids::{BookingId, GroupId, LocationId, Pseudonym};
use jiff::civil::Date;
use tokio::sync::oneshot;

use super::{
    RedisHolds,
    keys::{Keys, day_expires_at, day_name},
    reply::{Reply, unexpected},
    script::{self, Call},
};
use crate::holds::{HoldRequest, HoldsError};

/// Most holds in one call. Redis does nothing else while it runs, some hundred microseconds.
const LARGEST_BATCH: usize = 64;

static LANES: std::sync::LazyLock<usize> = std::sync::LazyLock::new(|| {
    std::env::var("LANES").ok().and_then(|l| l.parse().ok()).unwrap_or(2)
});

/// What the script is told about one hold.
#[derive(Debug)]
pub(super) struct Wish {
    person: Pseudonym,
    group: GroupId,
    location: LocationId,
    date: Date,
    /// Hold id, milliseconds and units of the day; see `hold.lua`.
    terms: [u8; 24],
    offers: Vec<u8>,
    replaces: Option<BookingId>,
}

impl Wish {
    pub fn of(request: &HoldRequest<'_>) -> Self {
        let lasts = u32::try_from(request.lasts.as_millis()).unwrap_or(u32::MAX);
        let mut terms = [0; 24];
        terms[..16].copy_from_slice(&request.id.to_bits().to_be_bytes());
        terms[16..20].copy_from_slice(&lasts.to_le_bytes());
        terms[20..].copy_from_slice(&u32::from(request.day.units).to_le_bytes());
        let mut offers = Vec::with_capacity(request.offers.len() * 12);
        for offer in request.offers {
            offers.extend(offer.start.to_le_bytes());
            offers.extend(offer.units.to_le_bytes());
            offers.extend(offer.desks.bits().to_le_bytes());
        }
        Self {
            person: request.person,
            group: request.group.clone(),
            location: request.day.location.clone(),
            date: request.day.date,
            terms,
            offers,
            replaces: request.replaces,
        }
    }
}

/// The thread that served the queue is gone.
#[derive(Debug, thiserror::Error)]
#[error("the service is stopping")]
struct Stopping;

/// One person's answer of the script.
type Outcome = Result<Reply, HoldsError>;

#[derive(Debug)]
struct Waiting {
    wish: Wish,
    answer: oneshot::Sender<Outcome>,
}

/// Where the holds of one thread wait for the next call.
#[derive(Debug, Default)]
pub(super) struct HoldQueue(Mutex<Queue>);

#[derive(Debug, Default)]
struct Queue {
    waiting: Vec<Waiting>,
    /// How many are on their way and take those who wait afterwards.
    servers: usize,
}

impl HoldQueue {
    /// Whether nobody serves the queue, so that the caller must see to it.
    fn join(&self, waiting: Waiting) -> bool {
        let mut queue = self.lock();
        queue.waiting.push(waiting);
        let has_room = queue.servers < *LANES;
        queue.servers += usize::from(has_room);
        has_room
    }

    /// Who comes next; nobody is served any more if nobody waits.
    fn next_batch(&self) -> Vec<Waiting> {
        let mut queue = self.lock();
        let size = queue.waiting.len().min(LARGEST_BATCH);
        queue.servers -= usize::from(size == 0);
        queue.waiting.drain(..size).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves a queue. If that ends before its time, as all tasks of a runtime do that shuts down, it
/// sends away who still waits.
struct Server<'a> {
    queue: &'a HoldQueue,
    is_done: bool,
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            *self.queue.lock() = Queue::default();
        }
    }
}

impl RedisHolds {
    /// Takes the wish to Redis, alone or with others.
    pub(super) async fn hold_soon(&self, wish: Wish) -> Outcome {
        let (answer, outcome) = oneshot::channel();
        let queues = &self.0.queues;
        let queue = queues.here().unwrap_or_else(|| queues.put(HoldQueue::default()));
        if queue.join(Waiting { wish, answer }) {
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
            self.hold_all(batch).await;
        }
    }

    async fn hold_all(&self, batch: Vec<Waiting>) {
        let answer = self.run(|keys| self.call_for(keys, &batch)).await;
        let mut answers = answer.and_then(|(word, mut reply)| match word.as_str() {
            "done" => reply.list(),
            other => Err(unexpected(other)),
        });
        for Waiting { answer, .. } in batch {
            let outcome = match &mut answers {
                Ok(answers) => answers.list(),
                Err(error) => Err(error.clone()),
            };
            // Who went away meanwhile has a hold that expires by itself.
            let _ = answer.send(outcome);
        }
    }

    fn call_for(&self, keys: &Keys, batch: &[Waiting]) -> Call<'static> {
        let mut names = Vec::with_capacity(3 + 4 * batch.len());
        names.push(Keys::epoch_key(&self.0.authority));
        for Waiting { wish, .. } in batch {
            names.push(keys.holding(wish.person, &wish.group));
            names.push(keys.booked(wish.person, &wish.group));
        }
        names.extend([keys.version(), keys.changes()]);
        for Waiting { wish, .. } in batch {
            names.push(keys.day(&wish.location, wish.date));
            names.push(keys.ends(&wish.location, wish.date));
        }
        let call = script::HOLD.call(&names).arg(&keys.current);
        batch.iter().fold(call, |call, Waiting { wish, .. }| {
            call.arg(&wish.terms[..])
                .arg(wish.replaces.map_or(String::new(), |replaced| replaced.to_string()))
                .arg(day_expires_at(wish.date))
                .arg(day_name(&wish.location, wish.date))
                .arg(&wish.offers)
        })
    }
}
