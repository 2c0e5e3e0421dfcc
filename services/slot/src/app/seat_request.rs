//! A person asks for a seat that is given later: by a draw, or to those who wait in a list.
//!
//! Both take the same statements, know a repeated request, and ask the rules as if a seat was held.

use auth::Attendee;
use aws_lc_rs::digest;
use booking::{Seat, TrustLevel, state::BookingStatus};
use calendar::Channel;
use ids::{BookingId, DoubtId, GroupId, HoldId, LocationId, Pseudonym, ServiceId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use vocabulary::Language;

use super::{
    AppError, DeskRefusal, Engine, Once, VisitDetails, WantedSeats,
    close_past_bookings::close_if_due, confirm_booking::AtDesk,
};
use crate::{
    domain::{Actor, Binding, BookedBy, Booking, PhoneNumber},
    holds::Hold,
    store::{
        Transaction,
        bookings::{self, BookingFilter},
        gate,
        idempotency::{self, Answered},
        merged_persons,
    },
};

/// How often a request is tried again because another one of the same person was faster.
const TRIES: u32 = 3;
/// More active bookings than one human can have.
const MAX_ACTIVE: u64 = 100;

/// What is stated with such a request.
#[derive(Debug, Clone)]
pub struct SeatRequest {
    /// The actor: the person, or an agency for them.
    pub actor: Actor,
    /// The actor as shown to the person, if it is not they.
    pub booked_by: Option<BookedBy>,
    /// What ties it to the person.
    pub binding: Binding,
    /// Set if staff ask for the person.
    pub at_desk: Option<AtDesk>,
    /// Which office phones the person, and where, if they have no e-mail.
    pub phone: Option<(LocationId, PhoneNumber)>,
    /// Set while the person's identity is in doubt.
    pub doubt: Option<DoubtId>,
    /// The person.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// What they wish, the best first.
    pub wishes: Vec<WantedSeats>,
    /// How many come together.
    pub people: u16,
    /// Identity's signed statement of the person's name and birth date.
    pub attendee_token: String,
    /// In which language to write to the person.
    pub language: Language,
    /// The caller's `Idempotency-Key`.
    pub key: String,
    /// Something new is wanted: what the person has with other wishes stays as it is.
    pub only_new: bool,
}

impl SeatRequest {
    /// The attendee, who must be the person.
    pub(super) async fn attendee(&self, engine: &Engine) -> Result<Attendee, AppError> {
        let attendee = engine.attendee(&self.attendee_token).await?;
        if attendee.pseudonym != self.person {
            return Err(AppError::AttendeeInvalid("it is about another person".to_owned()));
        }
        Ok(attendee)
    }

    /// Whether the same request about `subject` was answered before.
    ///
    /// # Errors
    /// The key was used for another request, or the database does not answer.
    pub(super) async fn was_answered(
        &self,
        engine: &Engine,
        subject: &str,
    ) -> Result<bool, AppError> {
        let db = engine.database.connection();
        match idempotency::find(db, &self.actor.to_string(), &self.key).await? {
            Some(known) if known.request != self.fingerprint(subject) => {
                Err(AppError::IdempotencyMismatch)
            }
            known => Ok(known.is_some()),
        }
    }

    /// Notes the request as answered; `false` if its key was used meanwhile.
    pub(super) async fn note_answer(
        &self,
        engine: &Engine,
        transaction: &Transaction,
        subject: &str,
    ) -> Result<bool, AppError> {
        Ok(idempotency::note_answer(transaction, &self.answered(engine, subject)).await?)
    }

    /// The request as it is noted once it is answered.
    pub(super) fn answered(&self, engine: &Engine, subject: &str) -> Answered {
        Answered {
            caller: self.actor.to_string(),
            key: self.key.clone(),
            request: self.fingerprint(subject),
            at: engine.now(),
        }
    }

    /// Whether this caller may see and change what rests on `binding`. What a person made with a log-in of
    /// their own is theirs alone: a member of staff could sell it.
    ///
    /// # Errors
    /// Staff ask, and the person made it online.
    pub(super) fn may_change(&self, binding: Binding) -> Result<(), AppError> {
        match &self.actor {
            Actor::Staff(_) => for_staff(binding),
            _ => Ok(()),
        }
    }

    /// Keeps the person from being merged into another one until the transaction ends.
    ///
    /// # Errors
    /// They were merged already, or the database does not answer.
    pub(super) async fn keep_person(&self, transaction: &Transaction) -> Result<(), AppError> {
        gate::pass_person(transaction, self.person).await?;
        match merged_persons::present(transaction, self.person).await? == self.person {
            true => Ok(()),
            false => Err(AppError::PersonMerged),
        }
    }

    /// The appointment that keeps the person from another one in the group.
    pub(super) async fn binding_booking(
        &self,
        engine: &Engine,
        group: &GroupId,
    ) -> Result<Option<Booking>, AppError> {
        binding_booking(engine, self.person, group).await
    }

    /// `seat` as if the person held it, to ask the rules. No store knows this hold.
    pub(super) fn as_if_held(
        &self,
        engine: &Engine,
        group: &GroupId,
        seat: Seat,
        replaces: Option<BookingId>,
    ) -> Hold {
        let now = engine.now();
        Hold {
            id: HoldId::from_bits(0),
            person: self.person,
            group: group.clone(),
            replaces,
            seat,
            held_at: now,
            expires_at: now,
            is_extended: false,
            epoch: 0,
            details: Vec::new(),
        }
    }

    /// The visit that is asked for.
    pub(super) fn details(&self, service: &ServiceId) -> VisitDetails {
        VisitDetails {
            services: vec![service.clone()],
            people: self.people,
            channel: Channel::Public,
            level: self.level,
        }
    }

    /// What the audit log says of it: `details`, and at the desk why and with whom.
    pub(super) fn audited(&self, details: Value) -> Value {
        audited_at_desk(self.at_desk.as_ref(), details)
    }

    /// The same for a repeat of the request. The attendee token is left out, since a program may
    /// fetch a fresh one.
    pub(super) fn fingerprint(&self, subject: &str) -> Vec<u8> {
        let Self { wishes, people, language, .. } = self;
        let phone = self.phone.as_ref();
        let phone = phone.map(|(office, number)| format!("\n{office}\n{}", number.as_str()));
        let phone = phone.unwrap_or_default();
        let text = format!("{subject}\n{people}\n{language}\n{wishes:?}{phone}");
        digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
    }
}

/// The appointment that a person has in the group.
///
/// # Errors
/// The database does not answer.
pub(super) async fn active_booking(
    engine: &Engine,
    person: Pseudonym,
    group: &GroupId,
) -> Result<Option<Booking>, AppError> {
    let filter = BookingFilter::default().of(person).in_status(BookingStatus::ACTIVE);
    let active = bookings::list(engine.database.connection(), &filter, MAX_ACTIVE).await?;
    Ok(active.into_iter().find(|booking| booking.group == *group))
}

/// The appointment that keeps a person from another one in the group. One that nobody noted in time is closed, and
/// binds them no more.
///
/// # Errors
/// The database does not answer.
pub(super) async fn binding_booking(
    engine: &Engine,
    person: Pseudonym,
    group: &GroupId,
) -> Result<Option<Booking>, AppError> {
    let Some(booking) = active_booking(engine, person, group).await? else { return Ok(None) };
    let is_closed = close_if_due(engine, &booking).await;
    Ok((!is_closed).then_some(booking))
}

/// What [`active_booking`] finds, in a transaction: with SQLite it has the only connection.
pub(super) async fn active_booking_in(
    transaction: &Transaction,
    person: Pseudonym,
    group: &GroupId,
) -> Result<Option<Booking>, AppError> {
    let filter = BookingFilter::default().of(person).in_status(BookingStatus::ACTIVE);
    let active = bookings::list(transaction, &filter, MAX_ACTIVE).await?;
    Ok(active.into_iter().find(|booking| booking.group == *group))
}

/// What the audit log says of something: `details`, and at the desk why and with whom.
pub(super) fn audited_at_desk(at_desk: Option<&AtDesk>, mut details: Value) -> Value {
    if let Some(AtDesk { reason, agreed }) = at_desk {
        details["reason"] = json!(reason);
        details["agreed"] = agreed.clone();
    }
    details
}

/// Whether staff may see and change what rests on `binding`.
///
/// # Errors
/// The person made it online.
pub(super) fn for_staff(binding: Binding) -> Result<(), AppError> {
    match binding {
        Binding::Online => Err(DeskRefusal::MadeOnline.into()),
        _ => Ok(()),
    }
}

/// Writes a change, and tries again while another request of the person changes the same entry. `write`
/// has no outcome if the same request came at once and was first; then it is what is `known` of that one.
pub(super) async fn write_once<T, Writing, Knowing>(
    write: impl Fn() -> Writing,
    known: impl Fn() -> Knowing,
) -> Result<Once<T>, AppError>
where
    Writing: Future<Output = Result<Option<Once<T>>, AppError>>,
    Knowing: Future<Output = Result<Option<T>, AppError>>,
{
    for _ in 0..TRIES {
        match write().await {
            Ok(Some(outcome)) => return Ok(outcome),
            // With SQLite the transaction had the connection, so it is asked only now.
            Ok(None) => {
                if let Some(before) = known().await? {
                    return Ok(Once::Before(before));
                }
            }
            Err(AppError::EntryChanged) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Err(AppError::EntryChanged)
}

/// The instant of a change: later than the one before, also within a millisecond.
pub(super) fn later_than(before: Timestamp, now: Timestamp) -> Timestamp {
    let next = before.checked_add(SignedDuration::from_millis(1));
    now.max(next.unwrap_or(before))
}
