//! A person joins a waiting list, or changes what they wish.
//!
//! Whether they may is decided as when a slot is held and confirmed. A person with an appointment
//! waits for an earlier one. The place in line is that of the day of joining and of chance;
//! changing wishes keeps it.

use auth::Attendee;
use booking::{capacity::Need, rules::Refusal};
use calendar::Channel;
use catalogue::Catalogue;
use ids::{BookingId, GroupId, HoldId, ServiceId, WaitingId};
use jiff::{ToSpan as _, civil::Date};
use serde_json::json;

use super::{
    fitting::Fitting,
    read_lists::{OwnPlace, own_place},
    rejoin::declines_before,
    stand_by::StandByDay,
    terms, wishes,
};
use crate::{
    app::{
        AppError, Engine, Once, SeatRequest, Visit, WaitingRefusal, WishesInvalid,
        claim_entitlement::require_own,
        facts,
        rebook::can_be_replaced,
        seat_request::{later_than, write_once},
    },
    domain::{
        Booking,
        waiting::{DayKey, Phone, WaitingEntry, WaitingStatus},
    },
    holds::Hold,
    person_data::Visitor,
    store::{Failure, Transaction, waiting_days, waiting_entries},
};

/// How far ahead a day is looked for by which the rules of the service are asked.
const HORIZON_DAYS: i64 = 92;

/// A request to join.
#[derive(Debug, Clone)]
pub struct JoinList {
    /// For which service.
    pub service: ServiceId,
    /// What is stated.
    pub request: SeatRequest,
    /// Set if they can come at once.
    pub stand_by: Option<StandByDay>,
}

/// Joins, or changes the place that the person has. The same request again changes nothing.
///
/// # Errors
/// The service has no list, the person may not join, the wishes cannot be meant or one of them fits no
/// seat, or the database does not answer.
pub async fn join_list(engine: &Engine, join: JoinList) -> Result<Once<OwnPlace>, AppError> {
    let JoinList { service: id, request, stand_by } = &join;
    let catalogue = engine.catalogue();
    let service = catalogue.service(id).ok_or_else(|| AppError::UnknownService(id.clone()))?;
    let group = service.group.clone();
    let today = engine.local_date(engine.now());
    let stand_by = stand_by.map(|day| day.date(today));
    let joining = Joining { engine, service: id, request, catalogue: &catalogue, group, stand_by };
    if let Some(before) = joining.answered_before().await? {
        return Ok(Once::Before(before));
    }
    let list = service.waiting_list.ok_or(WaitingRefusal::NoList)?;
    if stand_by.is_some() && list.stand_by.is_none() {
        let why = "`stand_by`: the list offers no seats at short notice";
        return Err(WishesInvalid(why.to_owned()).into());
    }
    let attendee = request.attendee(engine).await?;
    let fitting = Fitting { engine, catalogue: &catalogue, service: id, people: request.people };
    fitting.can_be_meant(&request.wishes)?;
    let booked = joining.booked().await?;
    joining.allowed(&attendee, booked.as_ref()).await?;
    fitting.each_fits(&request.wishes)?;
    write_once(|| joining.write(&attendee, booked.as_ref()), || joining.answered_before()).await
}

/// The key of a day, as it was sealed.
pub(super) fn opened_key(engine: &Engine, day: Date, sealed: &[u8]) -> Result<DayKey, AppError> {
    engine.draws.keys.open(sealed, day).map(DayKey)
}

pub(super) struct Joining<'a> {
    pub(super) engine: &'a Engine,
    pub(super) service: &'a ServiceId,
    pub(super) request: &'a SeatRequest,
    pub(super) catalogue: &'a Catalogue,
    pub(super) group: GroupId,
    /// Until the end of this day they can come at once.
    pub(super) stand_by: Option<Date>,
}

impl Joining<'_> {
    /// The same request, if it was answered before: then what is true now.
    async fn answered_before(&self) -> Result<Option<OwnPlace>, AppError> {
        let (engine, request) = (self.engine, self.request);
        if !request.was_answered(engine, &self.subject()).await? {
            return Ok(None);
        }
        let db = engine.database.connection();
        let entry = waiting_entries::in_group(db, request.person, &self.group).await?;
        let entry = entry.ok_or(WaitingRefusal::NotWaiting)?;
        request.may_change(entry.binding)?;
        own_place(engine, entry).await.map(Some)
    }

    /// The appointment that they would give back for an earlier one.
    pub(super) async fn booked(&self) -> Result<Option<Booking>, AppError> {
        let booked = self.request.binding_booking(self.engine, &self.group).await?;
        if let Some(booked) = &booked {
            can_be_replaced(booked, &self.group, self.engine.now())?;
        }
        Ok(booked)
    }

    /// Every rule of the service, as for the first day on which it is offered and they allow it.
    async fn allowed(&self, attendee: &Attendee, booked: Option<&Booking>) -> Result<(), AppError> {
        let (engine, request) = (self.engine, self.request);
        let details = request.details(self.service);
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
    fn samples(&self, replaces: Option<BookingId>) -> impl Iterator<Item = Hold> + '_ {
        let (engine, request) = (self.engine, self.request);
        let today = engine.local_date(engine.now());
        let days = (1..=HORIZON_DAYS).map(move |days| today.saturating_add(days.days()));
        days.filter_map(move |date| {
            let seat = self.catalogue.locations().find_map(|(location, _)| {
                let service = std::slice::from_ref(self.service);
                let channel = Channel::Public;
                let visit =
                    self.catalogue.visit_by(channel, location, service, request.people).ok()?;
                let plan = engine.availability.day_plan(location, date)?;
                let need = Need { slots: visit.slots, channel, skilled: visit.desks };
                let offer = need.offers(&plan).next()?;
                let day = booking::LocalDay::of(location, &plan);
                Some(day.seat(offer.span, offer.desks.lowest()?))
            })?;
            Some(request.as_if_held(engine, &self.group, seat, replaces))
        })
    }

    /// Writes it; `None` if the same request came at once and was first. Until the transaction ends the
    /// person cannot be merged.
    async fn write(
        &self,
        attendee: &Attendee,
        booked: Option<&Booking>,
    ) -> Result<Option<Once<OwnPlace>>, AppError> {
        let (engine, request) = (self.engine, self.request);
        let mut unit = engine.begin().await?;
        let db = unit.transaction();
        request.keep_person(db).await?;
        if !request.note_answer(engine, db, &self.subject()).await? {
            return Ok(None);
        }
        let before = waiting_entries::in_group(db, request.person, &self.group).await?;
        let (entry, action) = match before {
            None if request.doubt.is_some() => return Err(WaitingRefusal::InDoubt.into()),
            None => {
                let declines = declines_before(self, db, booked).await?;
                self.has_room(db).await?;
                let entry = self.entry(db, attendee, booked).await?;
                let entry = WaitingEntry { declines, ..entry };
                waiting_entries::insert(db, &entry).await.map_err(already_waiting)?;
                (entry, "waiting.joined")
            }
            Some(before) if before.service != *self.service => {
                return Err(WaitingRefusal::AlreadyWaiting.into());
            }
            Some(before) => {
                request.may_change(before.binding)?;
                let Some(entry) = self.changed(&before, attendee, booked)? else {
                    unit.commit().await?;
                    return Ok(Some(Once::Before(own_place(engine, before).await?)));
                };
                // Asked again: another desk may have put the person in line a moment ago.
                if request.only_new {
                    return Err(WaitingRefusal::WaitingBefore.into());
                }
                if !waiting_entries::replace(db, &before, &entry).await? {
                    return Err(AppError::EntryChanged);
                }
                (entry, "waiting.changed")
            }
        };
        let details = request.audited(json!({ "service": self.service }));
        engine.record(&mut unit, &request.actor, action, entry.id, details).await?;
        unit.commit().await?;
        Ok(Some(Once::Now(own_place(engine, entry).await?)))
    }

    async fn has_room(&self, transaction: &Transaction) -> Result<(), AppError> {
        let lengths = waiting_entries::lengths(transaction).await?;
        let people = lengths.get(self.service).map_or(0, |length| length.people);
        match people < terms(self.catalogue, self.service).max_people {
            true => Ok(()),
            false => Err(WaitingRefusal::Full.into()),
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
            service: self.service.clone(),
            group: self.group.clone(),
            person: request.person,
            status: WaitingStatus::Waiting,
            hold,
            people: request.people,
            level: request.level.min(attendee.level),
            language: request.language.to_string(),
            booked_by: request.booked_by.clone(),
            binding: request.binding,
            stand_by: self.stand_by,
            phone: self.phone(id)?,
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

    /// The place with what is wished now; `None` if nothing is new. A person who was asked whether
    /// they still wait has confirmed it by this.
    pub(super) fn changed(
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
            && before.binding == request.binding
            && before.stand_by == self.stand_by
            && self.is_phoned_as(before)?
            && before.status != WaitingStatus::Asked;
        if is_same {
            return Ok(None);
        }
        let status = match before.status {
            WaitingStatus::Asked => WaitingStatus::Waiting,
            status => status,
        };
        let visitor = Visitor::from(attendee);
        Ok(Some(WaitingEntry {
            status,
            people: request.people,
            level: request.level.min(attendee.level),
            language,
            binding: request.binding,
            stand_by: self.stand_by,
            phone: self.phone(before.id)?,
            replaces,
            answer_by: None,
            wishes: engine.draws.keys.seal(&request.wishes, before.id, &*engine.entropy)?,
            attendee: engine.person_data.seal(&visitor, before.hold, &*engine.entropy),
            changed_at: later_than(before.changed_at, engine.now()),
            ..before.clone()
        }))
    }

    /// How the desk reaches a person without e-mail. After a change with a log-in of their own they get
    /// messages instead.
    fn phone(&self, id: WaitingId) -> Result<Option<Phone>, AppError> {
        let engine = self.engine;
        let Some((office, number)) = &self.request.phone else { return Ok(None) };
        let number = engine.draws.keys.seal(&number.as_str(), id, &*engine.entropy)?;
        Ok(Some(Phone { office: office.clone(), number }))
    }

    /// Whether the desk reaches them there already.
    fn is_phoned_as(&self, before: &WaitingEntry) -> Result<bool, AppError> {
        Ok(match (&before.phone, &self.request.phone) {
            (None, None) => true,
            (Some(known), Some((office, number))) => {
                let text: String = self.engine.draws.keys.open(&known.number, before.id)?;
                known.office == *office && text == number.as_str()
            }
            _ => false,
        })
    }

    /// What the request is about, for its repeats.
    fn subject(&self) -> String {
        subject(self.service, self.stand_by)
    }
}

/// What a request to join is about.
pub(super) fn subject(service: &ServiceId, stand_by: Option<Date>) -> String {
    let day = stand_by.map(|day| format!("\n{day}")).unwrap_or_default();
    format!("waiting list\n{service}{day}")
}

fn already_waiting(failure: Failure) -> AppError {
    if waiting_entries::is_in_doubt(&failure) {
        return WaitingRefusal::AlreadyWaiting.into();
    }
    match failure.unique_index() {
        // Another request of the same person came first: theirs is changed.
        Some(_) => AppError::EntryChanged,
        None => failure.into(),
    }
}
