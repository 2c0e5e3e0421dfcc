//! Sends due messages.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use ambient::Clock;
use futures_util::{StreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use store::{Database, StoreError};

use crate::{
    app::{
        remind::is_night,
        write::{Writer, Written},
    },
    mail::delivery::{Delivery, DeliveryError, smtp::CONNECTIONS},
    notice::Urgency,
    store::{
        contacts,
        messages::{self, CONTACT_UNKNOWN, Due, End},
        postponed::{self, Postponed},
    },
};

/// Messages claimed for each connection at once.
const BATCH: usize = 4;
/// A message that could not be handed over for so long is given up.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(24 * 4);
const MAX_BACKOFF: SignedDuration = SignedDuration::from_mins(30);
/// Between two looks, at least.
const MIN_PAUSE: Duration = Duration::from_millis(50);

/// Sends messages, each once: a message is marked sent after the server has taken it. If the
/// process dies between the two, the message is sent again with the same Message-ID.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    pub(crate) database: Database,
    pub(crate) writer: Writer,
    pub(crate) delivery: Arc<dyn Delivery>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// What becomes of a message.
enum Outcome {
    End(End, Option<String>),
    Later(String),
}

impl Sender {
    /// Sends some of the most urgent due messages; returns how many it processed. By night reminders
    /// stay due and are not read: postponing a hundred thousand would slow down bookings at that
    /// hour.
    pub(crate) async fn pass(&self) -> Result<usize, StoreError> {
        // Read once: with two readings, a reminder that fell due between them could go out by night.
        let now = self.clock.now();
        for urgency in Urgency::ALL {
            if urgency == Urgency::Reminder && is_night(now) {
                continue;
            }
            let count = self.send_some(urgency, now).await?;
            if count > 0 {
                return Ok(count);
            }
        }
        Ok(0)
    }

    /// How long until the next message is due, `at_most` if none is before. Reminders that are due
    /// by night wait for the morning, which another look finds.
    pub(crate) async fn until_due(&self, at_most: Duration) -> Result<Duration, StoreError> {
        let now = self.clock.now();
        let mut next = at_most;
        for urgency in Urgency::ALL {
            if urgency == Urgency::Reminder && is_night(now) {
                continue;
            }
            if let Some(due_at) = messages::next_due(&self.database, urgency).await? {
                let left = Duration::try_from(due_at.duration_since(now)).unwrap_or(MIN_PAUSE);
                next = next.min(left.max(MIN_PAUSE));
            }
        }
        Ok(next)
    }

    async fn send_some(&self, urgency: Urgency, now: Timestamp) -> Result<usize, StoreError> {
        let at_once = at_once(urgency);
        let due = messages::take_due(&self.database, now, urgency, BATCH * at_once).await?;
        let count = due.len();
        let people: BTreeSet<_> = due.iter().map(|due| due.person).collect();
        let known = contacts::known(self.database.connection(), &people).await?;
        let is_known = |due: &Due| !due.kind.needs_contact() || known.contains(&due.person);
        let (due, unreachable): (Vec<_>, Vec<_>) = due.into_iter().partition(is_known);
        // First, as it is done at once: a contact that arrives finds what waits for it.
        let postponed = self.postpone_unreachable(unreachable).await;
        let results = stream::iter(due)
            .map(|due| self.process(due, true))
            .buffer_unordered(at_once)
            .collect::<Vec<_>>()
            .await;
        let waiting = results.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.wait_for_contact(waiting.into_iter().flatten().collect()).await?;
        // Whoever can be reached got their message also if this failed.
        postponed?;
        Ok(count)
    }

    /// Tries what goes to people who cannot be reached yet again later.
    async fn postpone_unreachable(&self, unreachable: Vec<Due>) -> Result<(), StoreError> {
        let mut waiting = Vec::with_capacity(unreachable.len());
        for due in unreachable {
            waiting.extend(self.process(due, false).await?);
        }
        self.wait_for_contact(waiting).await
    }

    /// What waits until the person can be reached is postponed by the caller.
    async fn process(&self, due: Due, known: bool) -> Result<Option<Postponed>, StoreError> {
        match due.trace {
            Some(trace) => trace.scope(self.process_in_trace(due, known)).await,
            None => self.process_in_trace(due, known).await,
        }
    }

    async fn process_in_trace(
        &self,
        due: Due,
        known: bool,
    ) -> Result<Option<Postponed>, StoreError> {
        let id = due.id;
        match self.send(&due, known).await? {
            Outcome::End(end, reason) => {
                messages::end(&self.database, id, end, reason.as_deref()).await?;
                match end {
                    End::Sent => tracing::info!(message_id = %id, "message sent"),
                    End::Failed => tracing::error!(message_id = %id, reason, "message failed"),
                    End::Dropped => tracing::info!(message_id = %id, reason, "message dropped"),
                }
            }
            Outcome::Later(reason) => {
                let now = self.clock.now();
                let pause = pause_after(due.attempts).min(MAX_BACKOFF);
                let until = now.saturating_add(pause).unwrap_or(now);
                tracing::debug!(message_id = %id, reason, attempts = due.attempts, "message waits");
                if reason == CONTACT_UNKNOWN {
                    return Ok(Some(Postponed { id, person: due.person, until }));
                }
                messages::postpone(&self.database, id, until, &reason).await?;
            }
        }
        Ok(None)
    }

    /// Postpones messages until their persons can be reached, or until their next try. An arriving contact
    /// makes waiting messages due. One that arrived while these were being processed found nothing waiting yet.
    async fn wait_for_contact(&self, waiting: Vec<Postponed>) -> Result<(), StoreError> {
        if waiting.is_empty() {
            return Ok(());
        }
        postponed::all(&self.database, &waiting, CONTACT_UNKNOWN).await?;
        let connection = self.database.connection();
        let people: BTreeSet<_> = waiting.iter().map(|one| one.person).collect();
        for person in contacts::known(connection, &people).await? {
            messages::make_due(connection, person).await?;
        }
        Ok(())
    }

    async fn send(&self, due: &Due, known: bool) -> Result<Outcome, StoreError> {
        let mail = match self.writer.write(due, known).await? {
            Written::Ready(mail) => mail,
            Written::Never(reason) => return Ok(Outcome::End(End::Failed, Some(reason))),
            Written::TooLate => {
                let reason = "too late to be of use".to_owned();
                return Ok(Outcome::End(End::Dropped, Some(reason)));
            }
            Written::Later(reason) => return Ok(Outcome::Later(reason)),
        };
        let waited = self.clock.now().duration_since(due.created_at);
        Ok(match self.delivery.deliver(&mail).await {
            Ok(()) => Outcome::End(End::Sent, None),
            Err(DeliveryError::Never(reason)) => Outcome::End(End::Failed, Some(reason)),
            Err(DeliveryError::Later(reason)) if waited > GIVE_UP_AFTER => {
                Outcome::End(End::Failed, Some(reason))
            }
            Err(DeliveryError::Later(reason)) => Outcome::Later(reason),
        })
    }
}

/// Reminders come by the ten thousand: they must leave the database to the bookings, and an
/// immediate message waits for the reminders that were just claimed.
const fn at_once(urgency: Urgency) -> usize {
    match urgency {
        Urgency::Immediate => CONNECTIONS as usize,
        Urgency::Reminder => CONNECTIONS as usize / 4,
    }
}

/// 1 s, 2 s, 4 s, ... up to half an hour.
fn pause_after(attempts: u32) -> SignedDuration {
    let doubled = 1_i64 << attempts.saturating_sub(1).min(20);
    SignedDuration::from_secs(doubled).min(MAX_BACKOFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_half_an_hour() {
        let seconds = [0, 1, 2, 5, 11, 12, 64, u32::MAX].map(|n| pause_after(n).as_secs());
        assert_eq!(seconds, [1, 1, 2, 16, 1024, 1800, 1800, 1800]);
    }
}
