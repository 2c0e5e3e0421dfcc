//! The office gives a date to an application on file: an agency's program by the entitlement's id, staff by
//! the reference in the letter.

use std::sync::Arc;

use booking::{Reservation, TrustLevel, entitlement::Reference};
use calendar::Channel;
use catalogue::{Allocation, Catalogue};
use ids::{
    AssignedDateId, ClientId, EntitlementId, HoldId, LocationId, ReservationId, ServiceId, StaffId,
};
use jiff::{SignedDuration, Timestamp};
use messaging::UnitOfWork;
use serde_json::{Value, json};

use super::{called_now, end_dates::note_end, events, give_up, language::language_of, terms};
use crate::{
    app::{
        AppError, DeskRefusal, Engine, Once, Visit, VisitDetails, facts,
        hold_slot::HoldSlot,
        own_entitlement::own_entitlement,
        release_seat::usable_until,
        seat_request::binding_booking,
        two_staff::{Permit, Wanted, permit},
    },
    domain::{
        Actor, AssignedDate, Binding, CountedAct, DeskReason, Entitlement, stand_in,
        waiting::OfferStatus,
    },
    holds::{FactsNeeded, Hold, HoldError, HoldRefusal, HoldRequest},
    store::{
        assigned_dates, closings, entitlements, gate,
        reservations::{self, KeptSeat, Purpose},
    },
};

/// Why staff give a date, which could be sold.
const WHY: &str = "Say why staff give the date and not the program: `reason` is missing.";

/// Where and when.
#[derive(Debug, Clone)]
pub struct WantedDate {
    /// The location.
    pub location: LocationId,
    /// When it begins.
    pub start: Timestamp,
    /// How many people come.
    pub people: u16,
}

/// A date that staff give, with the letter or the file in hand.
#[derive(Debug, Clone)]
pub struct AssignAtDesk {
    /// The member of staff.
    pub staff: StaffId,
    /// What the application is for.
    pub service: ServiceId,
    /// Its reference.
    pub reference: Reference,
    /// Where and when.
    pub date: WantedDate,
    /// Why.
    pub reason: Option<DeskReason>,
}

/// Gives a date to what the agency posted. The same date again changes nothing.
///
/// # Errors
/// The agency posted no such entitlement; it has another date or an appointment; the service is not
/// allocated so; the seat is not offered or taken.
pub async fn assign_date(
    engine: &Engine,
    client: &ClientId,
    id: EntitlementId,
    wanted: WantedDate,
) -> Result<Once<AssignedDate>, AppError> {
    engine.know(&wanted.location)?;
    let entitlement = own_entitlement(engine, client, id).await?;
    let assigning = Assigning::new(engine, Actor::Agency(client.clone()), entitlement, wanted)?;
    match assigning.given().await? {
        Some(given) => Ok(Once::Before(given)),
        None => Ok(Once::Now(assigning.assign(json!({})).await?)),
    }
}

/// The same at the desk. It counts as a booking for a person whose document only this member of staff
/// saw; above the day's number a second one must have agreed.
///
/// # Errors
/// As [`assign_date`]; there is no reason; or it takes a second member of staff.
pub async fn assign_at_desk(
    engine: &Engine,
    command: AssignAtDesk,
) -> Result<Once<AssignedDate>, AppError> {
    let AssignAtDesk { staff, service, reference, date, reason } = command;
    engine.know(&date.location)?;
    let hash = engine.person_data.reference_hash(&service, &reference);
    let (db, services) = (engine.database.connection(), [&service].into());
    let found = entitlements::by_references(db, &services, vec![hash]).await?;
    let entitlement = found.into_iter().next().ok_or(AppError::NoSuchEntitlement)?;
    let assigning = Assigning::new(engine, Actor::Staff(staff), entitlement, date)?;
    if let Some(given) = assigning.given().await? {
        return Ok(Once::Before(given));
    }
    let reason = reason.ok_or(DeskRefusal::ReasonNeeded(WHY))?;
    let permit = permit(engine, assigning.to_count(staff, &reason)).await?;
    let details = json!({ "reason": reason, "agreed": permit.details() });
    finish(engine, permit, assigning.assign(details).await).await
}

async fn finish(
    engine: &Engine,
    permit: Permit,
    outcome: Result<AssignedDate, AppError>,
) -> Result<Once<AssignedDate>, AppError> {
    match outcome {
        Ok(date) => {
            let mut unit = engine.begin().await?;
            permit.used(engine, &mut unit).await?;
            unit.commit().await?;
            Ok(Once::Now(date))
        }
        Err(refusal) => {
            permit.refused(engine, &refusal).await;
            Err(refusal)
        }
    }
}

struct Assigning<'a> {
    engine: &'a Engine,
    catalogue: Arc<Catalogue>,
    actor: Actor,
    entitlement: Entitlement,
    /// What the application is for, as it is called now.
    service: ServiceId,
    wanted: WantedDate,
}

impl<'a> Assigning<'a> {
    /// Of a service whose dates the office gives, and of an application that can still be proven.
    fn new(
        engine: &'a Engine,
        actor: Actor,
        entitlement: Entitlement,
        wanted: WantedDate,
    ) -> Result<Self, AppError> {
        let catalogue = engine.catalogue();
        let id = catalogue.service_now(&entitlement.service).unwrap_or(&entitlement.service);
        let service = id.clone();
        let known = catalogue.service(&service);
        let known = known.ok_or_else(|| AppError::UnknownService(service.clone()))?;
        if known.allocation != Allocation::Assign {
            return Err(AppError::NotAssigned);
        }
        if entitlement.withdrawn_at.is_some() || entitlement.valid_until <= engine.now() {
            return Err(AppError::NoSuchEntitlement);
        }
        Ok(Self { engine, catalogue, actor, entitlement, service, wanted })
    }

    /// The same date, if it is given already.
    async fn given(&self) -> Result<Option<AssignedDate>, AppError> {
        let db = self.engine.database.connection();
        let open = assigned_dates::open_of(db, self.entitlement.id).await?;
        let open = open.filter(|date| date.is_open(self.engine.now()));
        let Some(open) = open.map(|date| called_now(&self.catalogue, date)) else {
            return Ok(None);
        };
        let WantedDate { location, start, people } = &self.wanted;
        let is_same =
            open.seat.location == *location && open.seat.start == *start && open.people == *people;
        if is_same { Ok(Some(open)) } else { Err(AppError::DateAlreadyAssigned) }
    }

    fn to_count(&self, staff: StaffId, reason: &DeskReason) -> Wanted {
        Wanted {
            staff,
            act: CountedAct::booking(Binding::Vouched),
            subject: self.entitlement.id.to_string(),
            location: self.wanted.location.clone(),
            services: vec![self.service.clone()],
            start: Some(self.wanted.start),
            reason: Some(reason.clone()),
            attendee: None,
        }
    }

    /// Takes the seat by a hold, and keeps it in the database.
    async fn assign(&self, details: Value) -> Result<AssignedDate, AppError> {
        self.require_no_appointment().await?;
        let (engine, db) = (self.engine, self.engine.database.connection());
        // Before the hold: one that is given up keeps its seat from others for a while.
        let (given_to, start) = (&self.entitlement, self.wanted.start);
        let answer_by = terms::answer_by(engine, &self.catalogue, &self.service, given_to, start)?;
        terms::require_fewer(engine, given_to.id).await?;
        let hold = self.hold().await?;
        let written = self.write(self.date(&hold, answer_by), &hold, details).await;
        if written.is_err() {
            // Else it expires, and its seat returns by chance all the same.
            let _ = engine.holds.give_up(&hold).await;
        }
        if let Err(AppError::SlotTaken) = &written {
            // The holds gave away a seat that the database knows as taken: they missed something.
            engine.repairs.day_of(&hold.seat, &engine.berlin);
            // Or another request gave the application a date at the same moment.
            let open = assigned_dates::open_of(db, self.entitlement.id).await?;
            if open.is_some_and(|date| date.is_open(engine.now())) {
                return Err(AppError::DateAlreadyAssigned);
            }
        }
        written
    }

    /// A person with an appointment in the group needs no date.
    async fn require_no_appointment(&self) -> Result<(), AppError> {
        let (engine, db) = (self.engine, self.engine.database.connection());
        if !entitlements::upcoming(db, self.entitlement.id, engine.now()).await?.is_empty() {
            return Err(AppError::AlreadyBooked);
        }
        let Some(person) = self.entitlement.person else { return Ok(()) };
        let Some(service) = self.catalogue.service(&self.service) else { return Ok(()) };
        match binding_booking(engine, person, &service.group).await? {
            Some(_) => Err(AppError::AlreadyBooked),
            None => Ok(()),
        }
    }

    /// One atomic step, as for everybody.
    async fn hold(&self) -> Result<Hold, AppError> {
        let engine = self.engine;
        let command = self.command();
        let visit = Visit::plan(engine, &self.catalogue, &command)?;
        let offers = visit.allowed(engine, &facts::assumed(TrustLevel::High))?;
        let details = self.details().to_bytes();
        let minutes = i64::from(self.catalogue.authority.hold_minutes);
        let request = HoldRequest {
            id: HoldId::mint(&*engine.clock, &*engine.entropy),
            person: command.person,
            group: visit.group,
            day: &visit.day,
            offers: &offers,
            // A seat that the desk keeps is a reservation of the database.
            at_desk: false,
            replaces: None,
            lasts: SignedDuration::from_mins(minutes),
            usable_until: self.usable_until(),
            facts: FactsNeeded::None,
            details: &details,
        };
        match engine.holds.hold(&request).await {
            // Another request for the same application is under way.
            Err(HoldError::Refused(HoldRefusal::AlreadyHolding(_))) => {
                Err(AppError::DateAlreadyAssigned)
            }
            outcome => Ok(outcome?),
        }
    }

    fn command(&self) -> HoldSlot {
        HoldSlot {
            actor: self.actor.clone(),
            person: stand_in(self.entitlement.id),
            level: TrustLevel::High,
            doubt: None,
            channel: Channel::Staff,
            location: self.wanted.location.clone(),
            start: self.wanted.start,
            end: None,
            services: vec![self.service.clone()],
            people: self.wanted.people,
            replaces: None,
        }
    }

    fn details(&self) -> VisitDetails {
        VisitDetails {
            services: vec![self.service.clone()],
            people: self.wanted.people,
            channel: Channel::Staff,
            level: TrustLevel::High,
        }
    }

    fn usable_until(&self) -> Timestamp {
        usable_until(&self.catalogue, std::slice::from_ref(&self.service), self.wanted.start)
    }

    fn date(&self, hold: &Hold, answer_by: Timestamp) -> AssignedDate {
        let engine = self.engine;
        AssignedDate {
            id: AssignedDateId::mint(&*engine.clock, &*engine.entropy),
            entitlement: self.entitlement.id,
            // The bits of the hold, whose place it takes in the hold store.
            reservation: ReservationId::from_bits(hold.id.to_bits()),
            hold: hold.id,
            status: OfferStatus::Open,
            service: self.service.clone(),
            seat: hold.seat.clone(),
            people: self.wanted.people,
            made_at: engine.now(),
            answer_by,
            booking: None,
        }
    }

    /// A date that was not answered in time makes room, even if the job that ends it has not run yet.
    async fn end_lapsed(&self, unit: &mut UnitOfWork<'a>) -> Result<(), AppError> {
        let (engine, now) = (self.engine, self.engine.now());
        let open = assigned_dates::open_of(unit.transaction(), self.entitlement.id).await?;
        let Some(date) = open.filter(|date| !date.is_open(now)) else { return Ok(()) };
        let (date, lapsed) = (called_now(&self.catalogue, date), OfferStatus::Lapsed);
        if give_up(engine, unit, &date, lapsed).await? {
            note_end(engine, unit, &date, lapsed).await?;
        }
        Ok(())
    }

    /// Keeps the seat, notes the date and tells the person, if they are known: all or nothing.
    async fn write(
        &self,
        date: AssignedDate,
        hold: &Hold,
        details: Value,
    ) -> Result<AssignedDate, AppError> {
        let engine = self.engine;
        let mut unit = engine.begin().await?;
        gate::pass_catalogue(unit.transaction()).await?;
        let day = date.seat.date(&engine.berlin);
        let closed = closings::since(unit.transaction(), day).await?;
        if closed.contains(&(date.seat.location.clone(), day)) {
            return Err(AppError::Closed);
        }
        self.end_lapsed(&mut unit).await?;
        let (person, group) = (stand_in(self.entitlement.id), hold.group.clone());
        let purpose = Purpose::Offer { person, group: group.clone(), valid_until: date.answer_by };
        let seat = date.seat.clone();
        let kept = KeptSeat { id: date.reservation, seat, purpose, created_at: date.made_at };
        if !reservations::insert_free(unit.transaction(), &kept).await? {
            return Err(AppError::SlotTaken);
        }
        assigned_dates::insert(unit.transaction(), &date).await?;
        let details = json!({
            "date": date.id, "location": date.seat.location, "start": date.seat.start,
            "answer_by": date.answer_by, "at_desk": details,
        });
        let (actor, id) = (&self.actor, self.entitlement.id);
        engine.record(&mut unit, actor, "entitlement.date_assigned", id, details).await?;
        if let Some(whose) = self.entitlement.person {
            let language = language_of(unit.transaction(), whose).await?;
            let told = events::assigned(engine, &self.catalogue, &date, whose, &language);
            unit.publish(&told).await?;
        }
        let reservation = Reservation {
            id: date.reservation,
            kind: kept.purpose.kind(),
            seat: date.seat.clone(),
            holder: Some((person, group)),
            until: Some(date.answer_by),
        };
        let hold = hold.clone();
        unit.after_commit(async move {
            let given_up = engine.holds.give_up(&hold).await;
            if given_up.is_err() || engine.holds.place(&reservation).await.is_err() {
                engine.repairs.day_of(&reservation.seat, &engine.berlin);
            }
        });
        unit.commit().await?;
        tracing::info!(date = %date.id, service = %date.service, "the office gave a date");
        Ok(date)
    }
}
