//! A person joins a waiting list, or changes what they wish.
//!
//! Whether they may is decided as when a slot is held and confirmed. Who has an appointment waits for an
//! earlier one. The place in line is that of the day of joining and of chance; to change wishes does not
//! change it.

use auth::Attendee;
use aws_lc_rs::digest;
use booking::{TrustLevel, capacity::Need, rules::Refusal, state::BookingStatus};
use calendar::Channel;
use catalogue::Catalogue;
use ids::{DoubtId, GroupId, HoldId, Pseudonym, ServiceId, WaitingId};
use jiff::{ToSpan as _, civil::Date};
use serde_json::json;
use vocabulary::Language;

use super::{
    read_lists::{OwnPlace, own_place},
    terms, wishes,
};
use crate::{
    app::{
        AppError, Engine, Visit, VisitDetails,
        claim_entitlement::require_own,
        draws::{WantedSeats, WishesInvalid},
        facts,
        rebook::can_be_replaced,
    },
    domain::{
        Actor, BookedBy, Booking,
        waiting::{DayKey, WaitingEntry, WaitingStatus},
    },
    holds::Hold,
    person_data::Visitor,
    store::{
        Failure, Transaction,
        bookings::{self, BookingFilter},
        draw_entries, draw_pool,
        idempotency::{self, Answered},
        merged_persons, waiting_days, waiting_entries,
    },
};

/// How often it is tried again because another request of the same person was faster.
const TRIES: u32 = 3;
/// More active bookings than one human can have.
const LIMIT: u64 = 100;
/// Wishes of one person, at most.
const WISHES: usize = 20;
/// Locations or days in one wish, at most.
const NAMED: usize = 200;
/// How far ahead a day is looked for by which the rules of the service are asked.
const HORIZON_DAYS: i64 = 92;

/// What somebody joins with.
#[derive(Debug, Clone)]
pub struct JoinList {
    /// The actor: the person, or an agency for them.
    pub actor: Actor,
    /// The actor as shown to the person, if it is not they.
    pub booked_by: Option<BookedBy>,
    /// Set while it is unresolved whether the person is somebody else who is known.
    pub doubt: Option<DoubtId>,
    /// The person.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// For which service.
    pub service: ServiceId,
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
}

/// The answer to who joins.
#[derive(Debug, Clone)]
pub enum Joined {
    /// The place is new, or was changed.
    Now(OwnPlace),
    /// It was so before.
    Before(OwnPlace),
}

/// Joins, or changes the place that the person has. The same request again changes nothing.
///
/// # Errors
/// The service has no list, the person may not join, the wishes cannot be meant, or the database does
/// not answer.
pub async fn join_list(engine: &Engine, request: JoinList) -> Result<Joined, AppError> {
    let catalogue = engine.catalogue();
    let service = catalogue.service(&request.service);
    let service = service.ok_or_else(|| AppError::UnknownService(request.service.clone()))?;
    let group = service.group.clone();
    let joining = Joining { engine, request: &request, catalogue: &catalogue, group };
    if let Some(before) = joining.answered_before().await? {
        return Ok(Joined::Before(before));
    }
    if service.waiting_list.is_none() {
        return Err(AppError::NoWaitingList);
    }
    let attendee = joining.attendee().await?;
    joining.can_be_meant()?;
    let booked = joining.booked().await?;
    joining.allowed(&attendee, booked.as_ref()).await?;
    for _ in 0..TRIES {
        match joining.write(&attendee, booked.as_ref()).await {
            Err(AppError::DrawEntryChanged) => {}
            outcome => return outcome,
        }
    }
    Err(AppError::DrawEntryChanged)
}

/// The key of a day, as it was sealed.
pub(super) fn opened_key(engine: &Engine, day: Date, sealed: &[u8]) -> Result<DayKey, AppError> {
    engine.draws.keys.open(sealed, day).map(DayKey)
}

struct Joining<'a> {
    engine: &'a Engine,
    request: &'a JoinList,
    catalogue: &'a Catalogue,
    group: GroupId,
}

impl Joining<'_> {
    /// The same request, if it was answered before: then what is true now.
    async fn answered_before(&self) -> Result<Option<OwnPlace>, AppError> {
        let (db, request) = (self.engine.database.connection(), self.request);
        let known = idempotency::find(db, &request.actor.to_string(), &request.key).await?;
        let Some(known) = known else { return Ok(None) };
        if known.request != self.fingerprint() {
            return Err(AppError::IdempotencyMismatch);
        }
        let entry = waiting_entries::in_group(db, request.person, &self.group).await?;
        own_place(self.engine, entry.ok_or(AppError::NotWaiting)?).await.map(Some)
    }

    async fn attendee(&self) -> Result<Attendee, AppError> {
        let attendee = self.engine.attendee(&self.request.attendee_token).await?;
        if attendee.pseudonym != self.request.person {
            return Err(AppError::AttendeeInvalid("it is about another person".to_owned()));
        }
        Ok(attendee)
    }

    fn can_be_meant(&self) -> Result<(), WishesInvalid> {
        let wishes = &self.request.wishes;
        if !(1..=WISHES).contains(&wishes.len()) {
            return Err(WishesInvalid(format!("state 1 to {WISHES}, the best first")));
        }
        for wish in wishes {
            if wish.locations.len() > NAMED || wish.except.len() > NAMED {
                return Err(WishesInvalid(format!("name at most {NAMED} locations and days")));
            }
            let service = std::slice::from_ref(&self.request.service);
            let elsewhere = wish.locations.iter().find(|location| {
                self.catalogue.visit(location, service, self.request.people).is_err()
            });
            if let Some(location) = elsewhere {
                return Err(WishesInvalid(format!("no such visit is possible at `{location}`")));
            }
            if wish.from.zip(wish.until).is_some_and(|(from, until)| from > until) {
                return Err(WishesInvalid("`from` is after `until`".to_owned()));
            }
            if wish.after.zip(wish.before).is_some_and(|(after, before)| after >= before) {
                return Err(WishesInvalid("`after` is not before `before`".to_owned()));
            }
        }
        Ok(())
    }

    /// The appointment that they would give back for an earlier one.
    async fn booked(&self) -> Result<Option<Booking>, AppError> {
        let filter = BookingFilter::default();
        let filter = filter.of(self.request.person).in_status(BookingStatus::ACTIVE);
        let active = bookings::list(self.engine.database.connection(), &filter, LIMIT).await?;
        let booked = active.into_iter().find(|booking| booking.group == self.group);
        if let Some(booked) = &booked {
            can_be_replaced(booked, &self.group, self.engine.now())?;
        }
        Ok(booked)
    }

    /// Every rule of the service, as for the first day on which it is offered and they allow it.
    async fn allowed(&self, attendee: &Attendee, booked: Option<&Booking>) -> Result<(), AppError> {
        let (engine, request) = (self.engine, self.request);
        let details = VisitDetails {
            services: vec![request.service.clone()],
            people: request.people,
            channel: Channel::Public,
            level: request.level,
        };
        let level = request.level.min(attendee.level);
        let replaced = booked.map(|booking| booking.id);
        let (mut known, mut refusal): (_, Option<Refusal>) = (None, None);
        for hold in self.samples(replaced) {
            let visit = match Visit::drawn(engine, self.catalogue, &hold, &details) {
                Ok(visit) => visit,
                Err(error @ (AppError::NotOneVisit(_) | AppError::UnknownService(_))) => {
                    return Err(error);
                }
                Err(_) => continue,
            };
            let person = match known.take() {
                Some(person) => person,
                None => {
                    let who = request.person;
                    let facts = facts::of_person(engine, &visit, who, level, replaced).await?;
                    require_own(engine, &facts.entitlements, &Visitor::from(attendee)).await?;
                    let person = facts::with_birth_date(facts.person, &visit, attendee)?;
                    facts::with_doubt(engine, person, who, request.doubt, replaced).await?
                }
            };
            match visit.allowed(engine, &person) {
                Ok(_) => return Ok(()),
                Err(refused) => refusal = Some(refused),
            }
            known = Some(person);
        }
        Err(refusal.map_or(AppError::SlotNotOffered, AppError::from))
    }

    /// A seat of each of the next days on which the service is offered at one of its locations.
    fn samples(&self, replaces: Option<ids::BookingId>) -> impl Iterator<Item = Hold> + '_ {
        let (engine, request) = (self.engine, self.request);
        let (now, today) = (engine.now(), engine.local_date(engine.now()));
        let days = (1..=HORIZON_DAYS).map(move |days| today.saturating_add(days.days()));
        days.filter_map(move |date| {
            let seat = self.catalogue.locations().find_map(|(location, _)| {
                let service = std::slice::from_ref(&request.service);
                let visit = self.catalogue.visit(location, service, request.people).ok()?;
                let plan = engine.availability.day_plan(location, date)?;
                let channel = Channel::Public;
                let need = Need { slots: visit.slots, channel, skilled: visit.desks };
                let offer = need.offers(&plan).next()?;
                let day = booking::LocalDay::of(location, &plan);
                Some(day.seat(offer.span, offer.desks.lowest()?))
            })?;
            Some(Hold {
                id: HoldId::from_bits(0),
                person: request.person,
                group: self.group.clone(),
                replaces,
                seat,
                held_at: now,
                expires_at: now,
                is_extended: false,
                epoch: 0,
                details: Vec::new(),
            })
        })
    }

    /// Writes it, while nobody can merge the person.
    async fn write(
        &self,
        attendee: &Attendee,
        booked: Option<&Booking>,
    ) -> Result<Joined, AppError> {
        let (engine, request) = (self.engine, self.request);
        let mut unit = engine.begin().await?;
        let db = unit.transaction();
        draw_pool::keep_person(db, request.person).await?;
        if merged_persons::present(db, request.person).await? != request.person {
            return Err(AppError::PersonMerged);
        }
        let answered = Answered {
            caller: request.actor.to_string(),
            key: request.key.clone(),
            request: self.fingerprint(),
            at: engine.now(),
        };
        if !idempotency::note_answer(db, &answered).await? {
            // The same request came twice at once. With SQLite this transaction has the connection.
            drop(unit);
            let before = self.answered_before().await?.ok_or(AppError::DrawEntryChanged)?;
            return Ok(Joined::Before(before));
        }
        let before = waiting_entries::in_group(db, request.person, &self.group).await?;
        let (entry, action) = match before {
            None => {
                self.has_room(db).await?;
                let entry = self.entry(db, attendee, booked).await?;
                waiting_entries::insert(db, &entry).await.map_err(already_waiting)?;
                (entry, "waiting.joined")
            }
            Some(before) if before.service != request.service => {
                return Err(AppError::AlreadyWaiting);
            }
            Some(before) => {
                let Some(entry) = self.changed(&before, attendee, booked)? else {
                    unit.commit().await?;
                    return Ok(Joined::Before(own_place(engine, before).await?));
                };
                if !waiting_entries::replace(db, &before, &entry).await? {
                    return Err(AppError::DrawEntryChanged);
                }
                (entry, "waiting.changed")
            }
        };
        let details = json!({ "service": request.service });
        engine.record(&mut unit, &request.actor, action, entry.id, details).await?;
        unit.commit().await?;
        Ok(Joined::Now(own_place(engine, entry).await?))
    }

    async fn has_room(&self, transaction: &Transaction) -> Result<(), AppError> {
        let lengths = waiting_entries::lengths(transaction).await?;
        let people = lengths.get(&self.request.service).map_or(0, |length| length.people);
        match people < terms(self.catalogue, &self.request.service).max_people {
            true => Ok(()),
            false => Err(AppError::WaitingListFull),
        }
    }

    /// A new place, at the end of the line and somewhere among those who join today.
    async fn entry(
        &self,
        transaction: &Transaction,
        attendee: &Attendee,
        booked: Option<&Booking>,
    ) -> Result<WaitingEntry, AppError> {
        let (engine, request) = (self.engine, self.request);
        let day = engine.local_date(engine.now());
        let fresh: [u8; 32] = engine.entropy.bytes();
        let sealed = engine.draws.keys.seal(&fresh, day, &*engine.entropy)?;
        waiting_days::insert(transaction, day, sealed).await?;
        let sealed = waiting_days::find(transaction, day).await?;
        let sealed = sealed.ok_or_else(|| AppError::Internal("no key of the day".into()))?;
        let key = opened_key(engine, day, &sealed)?;
        let (id, hold) = (
            WaitingId::mint(&*engine.clock, &*engine.entropy),
            HoldId::mint(&*engine.clock, &*engine.entropy),
        );
        let now = engine.now();
        Ok(WaitingEntry {
            id,
            service: request.service.clone(),
            group: self.group.clone(),
            person: request.person,
            status: WaitingStatus::Waiting,
            hold,
            people: request.people,
            level: request.level.min(attendee.level),
            language: request.language.to_string(),
            booked_by: request.booked_by.clone(),
            doubt: request.doubt,
            replaces: booked.map(|booking| booking.id),
            place: key.place(day, request.person),
            wishes: engine.draws.keys.seal(&request.wishes, id, &*engine.entropy)?,
            attendee: engine.person_data.seal(&Visitor::from(attendee), hold, &*engine.entropy),
            declines: 0,
            answer_by: None,
            reason: None,
            joined_at: now,
            changed_at: now,
        })
    }

    /// The place with what is wished now; `None` if nothing is new. Who was asked whether they still
    /// wait has said so by this.
    fn changed(
        &self,
        before: &WaitingEntry,
        attendee: &Attendee,
        booked: Option<&Booking>,
    ) -> Result<Option<WaitingEntry>, AppError> {
        let (engine, request) = (self.engine, self.request);
        let replaces = booked.map(|booking| booking.id);
        let language = request.language.to_string();
        let is_same = wishes(engine, before)? == request.wishes
            && before.people == request.people
            && before.language == language
            && before.replaces == replaces
            && before.status != WaitingStatus::Asked;
        if is_same {
            return Ok(None);
        }
        let status = match before.status {
            WaitingStatus::Asked => WaitingStatus::Waiting,
            status => status,
        };
        // Later than before, also within a millisecond.
        let next = before.changed_at.checked_add(jiff::SignedDuration::from_millis(1));
        Ok(Some(WaitingEntry {
            status,
            people: request.people,
            level: request.level.min(attendee.level),
            language,
            replaces,
            answer_by: None,
            wishes: engine.draws.keys.seal(&request.wishes, before.id, &*engine.entropy)?,
            attendee: engine.person_data.seal(
                &Visitor::from(attendee),
                before.hold,
                &*engine.entropy,
            ),
            changed_at: engine.now().max(next.unwrap_or(before.changed_at)),
            ..before.clone()
        }))
    }

    /// The same for the same wish. The attendee token is left out, since a program may fetch a
    /// fresh one.
    fn fingerprint(&self) -> Vec<u8> {
        let JoinList { service, wishes, people, language, .. } = self.request;
        let text = format!("waiting list\n{service}\n{people}\n{language}\n{wishes:?}");
        digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
    }
}

fn already_waiting(failure: Failure) -> AppError {
    if waiting_entries::is_in_doubt(&failure) {
        return AppError::AlreadyWaiting;
    }
    match failure.unique_index() {
        // Another request of the same person came first: theirs is changed.
        Some(_) => AppError::DrawEntryChanged,
        None => failure.into(),
    }
}
