//! Holds that come together share a call.
//!
//! A hold that finds few on their way to Redis goes at once. Those who come on the same thread
//! while those calls run wait for the first to end and make up the next: without a rush nobody is
//! delayed, and in a rush what a call costs is paid once for many. Each gets its own answer,
//! as if they had gone one after the other.

use std::{
    cmp::Reverse,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use calendar::Desk;
use ids::{BookingId, GroupId, LocationId, Pseudonym};
use jiff::{Timestamp, civil::Date};
use tokio::sync::oneshot;

use super::{
    RedisHolds,
    keys::{Keys, day_expires_at, day_name, holder},
    reply::unexpected,
    script::{self, Call},
};
use crate::holds::{Day, HoldRequest, HoldsError, LONGEST_HOLD};

/// Most holds in one call. Redis does nothing else while it runs, some hundred microseconds.
const LARGEST_BATCH: usize = 64;

/// Most calls of a thread that are on their way. With one, whoever answers would have nothing to do
/// while all wait for Redis; with many, nobody would come together.
const CALLS_AT_ONCE: usize = 2;

/// What the script is told about one hold.
#[derive(Debug)]
pub(super) struct Wish {
    person: Pseudonym,
    group: GroupId,
    day: Day,
    /// The rest, packed; see `hold.lua`.
    terms: Vec<u8>,
}

impl Wish {
    pub fn of(request: &HoldRequest<'_>) -> Self {
        let lasts = request.lasts.min(LONGEST_HOLD).as_millis();
        let replaces = request.replaces.map_or(String::new(), |replaced| replaced.to_string());
        let offers = u16::try_from(request.offers.len()).unwrap_or(u16::MAX);
        let mut terms = Vec::with_capacity(64 + 12 * usize::from(offers));
        terms.extend(request.id.to_bits().to_be_bytes());
        terms.extend(u32::try_from(lasts).unwrap_or(0).to_le_bytes());
        terms.push(u8::try_from(replaces.len()).expect("ids are short"));
        terms.extend(replaces.as_bytes());
        terms.extend(offers.to_le_bytes());
        for offer in &request.offers[..offers.into()] {
            terms.extend(offer.start.to_le_bytes());
            terms.extend(offer.units.to_le_bytes());
            terms.extend(offer.desks.bits().to_le_bytes());
        }
        let (group, day) = (request.group.clone(), request.day.clone());
        Self { person: request.person, group, day, terms }
    }
}

/// What the script answered one person.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The seat is theirs.
    Held { start: u16, units: u16, desk: Desk, ends_at: Timestamp },
    /// They hold something else.
    Holding,
    /// They have a booking.
    Booked(BookingId),
    /// Nothing is free.
    Taken,
}

impl Outcome {
    /// Takes the first of the packed answers away.
    fn read(answers: &mut &[u8]) -> Option<Self> {
        let [kind] = take(answers)?;
        Some(match kind {
            b'H' => Self::Held {
                start: u16::from_le_bytes(take(answers)?),
                units: u16::from_le_bytes(take(answers)?),
                desk: Desk::new(u8::from_le_bytes(take(answers)?))?,
                ends_at: Timestamp::from_millisecond(i64::from_le_bytes(take(answers)?)).ok()?,
            },
            b'P' => Self::Holding,
            b'B' => {
                let [length] = take(answers)?;
                let (id, rest) = answers.split_at_checked(length.into())?;
                *answers = rest;
                Self::Booked(str::from_utf8(id).ok()?.parse().ok()?)
            }
            b'T' => Self::Taken,
            _ => return None,
        })
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}

/// The thread that served the queue is gone.
#[derive(Debug, thiserror::Error)]
#[error("the service is stopping")]
struct Stopping;

#[derive(Debug)]
struct Waiting {
    wish: Wish,
    answer: oneshot::Sender<Result<Outcome, HoldsError>>,
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
    /// Whether one more should serve the queue; the caller must see to it.
    fn join(&self, waiting: Waiting) -> bool {
        let mut queue = self.lock();
        queue.waiting.push(waiting);
        let has_room = queue.servers < CALLS_AT_ONCE;
        queue.servers += usize::from(has_room);
        has_room
    }

    /// Who comes next; one less serves the queue if nobody waits. Who went away takes no seat.
    fn next_batch(&self) -> Vec<Waiting> {
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

/// Serves a queue. If that ends before its time, as all tasks of a runtime do that shuts down, the
/// last one sends away who still waits.
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
    /// Takes the wish to Redis, alone or with others.
    pub(super) async fn hold_soon(&self, wish: Wish) -> Result<Outcome, HoldsError> {
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
        let packed = answer.and_then(|(word, mut reply)| match word.as_str() {
            "done" => reply.bytes(),
            other => Err(unexpected(other)),
        });
        let mut answers = packed.as_deref();
        for Waiting { answer, .. } in batch {
            let outcome = match &mut answers {
                Ok(answers) => {
                    Outcome::read(answers).ok_or_else(|| unexpected("an answer is missing"))
                }
                Err(error) => Err(error.clone()),
            };
            // Who went away meanwhile has a hold that expires by itself.
            let _ = answer.send(outcome);
        }
    }

    fn call_for(&self, keys: &Keys, batch: &[Waiting]) -> Call<'static> {
        let wishes = || batch.iter().map(|waiting| &waiting.wish);
        let days = days_of(wishes().map(|wish| &wish.day));
        let mut names = Vec::with_capacity(6 + batch.len() + 2 * days.len());
        names.push(Keys::epoch_key(&self.0.authority));
        names.extend([keys.holding(), keys.days(), keys.first_ends(), keys.version(), keys.feed()]);
        names.extend(wishes().map(|wish| keys.booked(wish.person, &wish.group)));
        names.extend(days.iter().map(|day| keys.day(&day.location, day.date)));
        names.extend(days.iter().map(|day| keys.ends(&day.location, day.date)));
        let (mut packed_wishes, mut packed_days) = (Vec::new(), Vec::new());
        for wish in wishes() {
            let index = days.binary_search_by_key(&key(&wish.day), |day| key(day));
            let number = index.map_or(0, |index| index + 1);
            packed_wishes.push(u8::try_from(number).expect("there are at most as many as holds"));
            packed_wishes.extend(&wish.terms);
        }
        for day in &days {
            packed_days.extend(u32::from(day.units).to_le_bytes());
            packed_days.extend(day_expires_at(day.date).to_le_bytes());
        }
        let mut call = script::HOLD.call(&names).arg(&keys.current).arg(batch.len());
        call = call.arg(packed_wishes).arg(packed_days);
        for wish in wishes() {
            call = call.arg(holder(wish.person, &wish.group));
        }
        for day in days {
            call = call.arg(day_name(&day.location, day.date));
        }
        call
    }
}

fn key(day: &Day) -> (&LocationId, Date) {
    (&day.location, day.date)
}

/// Each day once, in order. If a new catalogue gave a day more units meanwhile, it has the more.
fn days_of<'a>(wished: impl Iterator<Item = &'a Day>) -> Vec<&'a Day> {
    let mut days: Vec<_> = wished.collect();
    days.sort_unstable_by_key(|day| (key(day), Reverse(day.units)));
    days.dedup_by_key(|day| key(day));
    days
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use tokio::sync::oneshot::error::TryRecvError;

    use super::*;

    fn somebody() -> (Waiting, oneshot::Receiver<Result<Outcome, HoldsError>>) {
        let wish = Wish {
            person: Pseudonym::from_bits(1),
            group: "papers".parse().unwrap(),
            day: Day { location: "mitte".parse().unwrap(), date: date(2027, 1, 11), units: 288 },
            terms: Vec::new(),
        };
        let (answer, outcome) = oneshot::channel();
        (Waiting { wish, answer }, outcome)
    }

    #[test]
    fn a_call_goes_at_once_until_enough_are_on_their_way_and_who_went_away_is_left_out() {
        let queue = HoldQueue::default();
        let mut outcomes = Vec::new();
        for number in 0..CALLS_AT_ONCE + 3 {
            let (waiting, outcome) = somebody();
            assert_eq!(queue.join(waiting), number < CALLS_AT_ONCE);
            outcomes.push(outcome);
        }
        outcomes.pop();
        assert_eq!(queue.next_batch().len(), CALLS_AT_ONCE + 2);
        assert!(queue.next_batch().is_empty());
        assert!(queue.join(somebody().0), "one less is on its way");
    }

    #[test]
    fn a_day_is_told_once_with_the_most_units_that_anybody_saw() {
        let day = |location: &str, units| Day {
            location: location.parse().unwrap(),
            date: date(2027, 1, 11),
            units,
        };
        let wished = [day("mitte", 276), day("pankow", 288), day("mitte", 288)];
        let days: Vec<_> = days_of(wished.iter()).into_iter().cloned().collect();
        assert_eq!(days, [day("mitte", 288), day("pankow", 288)]);
    }

    #[test]
    fn only_the_last_who_ends_early_sends_people_away() {
        let queue = HoldQueue::default();
        let mut outcomes = Vec::new();
        for _ in 0..CALLS_AT_ONCE {
            let (waiting, outcome) = somebody();
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
        assert!(queue.join(somebody().0), "a new one can begin");
    }
}
