//! A person takes what is offered to them: an appointment by the same constraints as everybody's.
//! An appointment that the person has already is given back in the same step.

use aws_lc_rs::digest;
use booking::{
    ReservationKind, TrustLevel,
    state::{Action, BookingStatus},
};
use calendar::Channel;
use catalogue::Catalogue;
use ids::{BookingCode, BookingId, DoubtId, EntitlementId, GroupId, OfferId, Pseudonym};
use messaging::UnitOfWork;
use serde_json::json;

use super::visitor;
use crate::{
    app::{
        AppError, Engine, Once, Visit, VisitDetails, WaitingRefusal,
        accept_until_decided::{Attempt, accept_until_decided},
        claim_entitlement::require_own,
        confirmation::DecidedBy,
        events, facts,
        holds_follow::entitlement_ended,
        log,
        rebook::{can_be_replaced, visitor_on},
        release_seat::give_up_seat,
        required_level::require_level,
    },
    domain::{
        Actor, Binding, BookedBy, BookedTexts, Booking,
        waiting::{OfferStatus, SeatOffer, WaitingEntry, WaitingStatus},
    },
    holds::Hold,
    person_data::Visitor,
    store::{
        bookings,
        idempotency::Answered,
        queries::{Confirmation, ConfirmationError},
        reservations,
        waiting_entries::{self, Step},
        waiting_offers,
    },
};

/// An acceptance.
#[derive(Debug, Clone)]
pub struct AcceptOffer {
    /// The actor: the person, or an agency for them.
    pub actor: Actor,
    /// The actor as shown to the person, if it is not they.
    pub booked_by: Option<BookedBy>,
    /// What ties the appointment to the person.
    pub binding: Binding,
    /// Set while the person's identity is in doubt.
    pub doubt: Option<DoubtId>,
    /// The person.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// Which offer.
    pub offer: OfferId,
}

/// Accepts, once, however often it is called.
///
/// # Errors
/// There is no such offer to this person, it is over, or a rule or the database decides against it:
/// then it stays open.
pub async fn accept_offer(
    engine: &Engine,
    request: AcceptOffer,
) -> Result<Once<Booking>, AppError> {
    accept_until_decided(engine, || attempt(engine, &request)).await
}

async fn attempt(engine: &Engine, request: &AcceptOffer) -> Result<Attempt, AppError> {
    let db = engine.database.connection();
    let offer = waiting_offers::find(db, request.offer).await?;
    let offer = offer.ok_or(WaitingRefusal::OfferNotFound)?;
    let entry = waiting_entries::find(db, offer.entry).await?;
    let entry = entry.filter(|entry| entry.person == request.person);
    let entry = entry.ok_or(WaitingRefusal::OfferNotFound)?;
    if let (OfferStatus::Accepted, Some(booking)) = (offer.status, offer.booking) {
        let booking = bookings::find(db, booking).await?;
        return Ok(Attempt::Before(Box::new(booking.ok_or(AppError::BookingNotFound)?)));
    }
    if !offer.is_open(engine.now()) {
        return Err(WaitingRefusal::OfferOver.into());
    }
    // The same request was answered between the two reads: the name in the place is gone.
    if entry.status != WaitingStatus::Offered {
        return Ok(Attempt::Overtaken);
    }
    let old = match entry.replaces {
        Some(id) => bookings::find(db, id).await?,
        None => None,
    };
    let old = old.filter(|old| old.status.is_active() && old.person == entry.person);
    Accepting { engine, request, offer, entry, old }.accept(&engine.decides_by()).await
}

struct Accepting<'a> {
    engine: &'a Engine,
    request: &'a AcceptOffer,
    offer: SeatOffer,
    entry: WaitingEntry,
    /// The appointment that is given back.
    old: Option<Booking>,
}

impl Accepting<'_> {
    async fn accept(&self, decided_by: &DecidedBy) -> Result<Attempt, AppError> {
        let (engine, entry) = (self.engine, &self.entry);
        let group = self.group(&decided_by.1);
        if let Some(old) = &self.old {
            require_level(engine, old, self.request.level)?;
            can_be_replaced(old, &group, engine.now())?;
        }
        let hold = self.hold(group);
        let details = VisitDetails {
            services: vec![self.offer.service.clone()],
            people: entry.people,
            channel: Channel::Public,
            level: self.request.level,
        };
        let visit = Visit::drawn(engine, &decided_by.1, &hold, &details)?;
        let entitlements = self.allowed(&visit).await?;
        let entitled_to = visit.demanding_entitlement();
        drop(visit);
        let written = self.write(decided_by, entitlements).await?;
        if matches!(written, Attempt::Written(_)) && !entitled_to.is_empty() {
            entitlement_ended(engine, entry.person, entitled_to).await;
        }
        Ok(written)
    }

    /// In which group the appointment counts: that of the service by now. Values may have moved it to another
    /// one since the person joined.
    fn group(&self, catalogue: &Catalogue) -> GroupId {
        let service = &self.offer.service;
        let service = catalogue.service(catalogue.service_now(service).unwrap_or(service));
        service.map_or(&self.entry.group, |service| &service.group).clone()
    }

    /// The offer as a hold, for what the rules ask.
    fn hold(&self, group: GroupId) -> Hold {
        Hold {
            id: self.entry.hold,
            person: self.entry.person,
            group,
            replaces: self.old.as_ref().map(|old| old.id),
            seat: self.offer.seat.clone(),
            held_at: self.offer.made_at,
            expires_at: self.offer.valid_until,
            is_extended: false,
            epoch: 0,
            details: Vec::new(),
        }
    }

    /// Whether the rules still allow it. Returns the entitlements on which the booking will stand.
    async fn allowed(&self, visit: &Visit<'_>) -> Result<Vec<EntitlementId>, AppError> {
        let (engine, entry) = (self.engine, &self.entry);
        let (level, replaced) = (self.request.level, self.old.as_ref().map(|old| old.id));
        let known = facts::at_confirm(engine, visit, entry.person, level, replaced, true).await?;
        let visitor = self.visitor()?;
        let mut person = known.person;
        person.birth_date = visitor.birthdate.parse().ok();
        let doubt = self.request.doubt;
        let person = facts::with_doubt(engine, person, entry.person, doubt, replaced).await?;
        visit.allowed(engine, &person)?;
        require_own(engine, &known.entitlements, &visitor).await?;
        Ok(known.entitlements)
    }

    /// The name that will stand on the appointment.
    fn visitor(&self) -> Result<Visitor, AppError> {
        let (engine, entry) = (self.engine, &self.entry);
        match &self.old {
            Some(old) => visitor_on(engine, old),
            None => visitor(engine, entry),
        }
    }

    /// The offer ends, its seat is the booking's, the old appointment is given back and the place is
    /// out of the line: all or nothing.
    async fn write(
        &self,
        decided_by: &DecidedBy,
        entitlements: Vec<EntitlementId>,
    ) -> Result<Attempt, AppError> {
        let (engine, offer, now) = (self.engine, &self.offer, self.engine.now());
        let booking = self.booking(decided_by)?;
        let mut unit = engine.begin().await?;
        let db = unit.transaction();
        let (accepted, id) = (OfferStatus::Accepted, Some(booking.id));
        if !waiting_offers::end(db, offer.id, accepted, id, now).await? {
            return Ok(Attempt::Overtaken);
        }
        let kind = ReservationKind::Offer;
        if reservations::delete(db, &[offer.reservation], kind).await?.is_empty() {
            tracing::error!(offer = %offer.id, "an open offer keeps no seat");
            return Err(WaitingRefusal::OfferOver.into());
        }
        if let Some(old) = &self.old {
            if !bookings::act(db, old, Action::Rebook, 0, now).await? {
                return Ok(Attempt::Overtaken);
            }
            give_up_seat(engine, &mut unit, &decided_by.1, old).await?;
        }
        let confirmation = self.confirmation(decided_by, entitlements, &booking);
        match confirmation.insert(&mut unit).await {
            Ok(()) => {}
            // Dropped, the unit leaves the offer open.
            Err(ConfirmationError::Refused(obstacle)) => return Ok(Attempt::Refused(obstacle)),
            Err(error @ ConfirmationError::Failed(_)) => return Err(error.into()),
        }
        self.end_place(&mut unit).await?;
        log::moves::accepted(engine, unit.transaction(), &decided_by.1, &booking).await?;
        let seat = booking.seat.clone();
        // The holds follow day by day: the person is bound by the booking from then on.
        unit.after_commit(async move { engine.repairs.day_of(&seat, &engine.berlin) });
        unit.commit().await?;
        Ok(Attempt::Written(Box::new(booking)))
    }

    async fn end_place(&self, unit: &mut UnitOfWork<'_>) -> Result<(), AppError> {
        let declines = self.entry.declines;
        let step = Step { to: WaitingStatus::Booked, declines, answer_by: None, reason: None };
        let now = self.engine.now();
        waiting_entries::advance(unit.transaction(), &self.entry, &step, now).await?;
        Ok(())
    }

    fn confirmation(
        &self,
        decided_by: &DecidedBy,
        entitlements: Vec<EntitlementId>,
        booking: &Booking,
    ) -> Confirmation {
        let (engine, offer) = (self.engine, &self.offer);
        let event = match &self.old {
            Some(old) => events::rebooked(engine, &decided_by.1, booking, old),
            None => events::confirmed(engine, &decided_by.1, booking),
        };
        let details = json!({
            "offer": offer.id,
            "entry": offer.entry,
            "location": booking.seat.location,
            "start": booking.seat.start,
            "services": booking.services,
            "replaces": booking.replaces,
        });
        let request = digest::digest(&digest::SHA256, offer.id.to_string().as_bytes());
        Confirmation {
            audit: engine.audit(&self.request.actor, "booking.offer_accepted", booking.id, details),
            event,
            answered: Answered {
                caller: self.request.actor.to_string(),
                key: offer.id.to_string(),
                request: request.as_ref().to_vec(),
                at: engine.now(),
            },
            decided_by: decided_by.0,
            entitlements,
            booking: booking.clone(),
        }
    }

    fn booking(&self, (_, catalogue): &DecidedBy) -> Result<Booking, AppError> {
        let (engine, entry, offer, now) =
            (self.engine, &self.entry, &self.offer, self.engine.now());
        let id = BookingId::mint(&*engine.clock, &*engine.entropy);
        let services = vec![offer.service.clone()];
        let attendee = engine.person_data.seal(&self.visitor()?, entry.hold, &*engine.entropy);
        Ok(Booking {
            id,
            code: BookingCode::mint(&*engine.entropy),
            hold: entry.hold,
            person: entry.person,
            group: self.group(catalogue),
            status: BookingStatus::Confirmed,
            texts: BookedTexts::of(catalogue, &offer.seat.location, &services),
            seat: offer.seat.clone(),
            services,
            people: entry.people,
            channel: Channel::Public,
            level: self.request.level,
            booked_by: self.request.booked_by.clone(),
            doubt: self.request.doubt,
            binding: self.request.binding,
            language: entry.language.clone(),
            sequence: self.old.as_ref().map_or(0, |old| old.sequence.saturating_add(1)),
            replaces: self.old.as_ref().map(|old| old.id),
            series: self.old.as_ref().map_or(id, |old| old.series),
            attendee,
            held_at: offer.made_at,
            created_at: now,
            changed_at: now,
        })
    }
}
