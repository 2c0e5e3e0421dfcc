//! A person takes the date that the office gave: an appointment by the same constraints as everybody's.

use auth::Attendee;
use aws_lc_rs::digest;
use booking::{ReservationKind, TrustLevel, rules, state::BookingStatus};
use calendar::Channel;
use ids::{AssignedDateId, BookingCode, BookingId, DoubtId, GroupId, Pseudonym};
use serde_json::json;
use vocabulary::Language;

use super::{of_person, over};
use crate::{
    app::{
        AppError, Engine, Once, Visit, VisitDetails,
        accept_until_decided::{Attempt, accept_until_decided},
        claim_entitlement::require_own,
        confirm_booking::AtDesk,
        confirmation::DecidedBy,
        events, facts,
        holds_follow::entitlement_ended,
        seat_request::audited_at_desk,
    },
    domain::{Actor, AssignedDate, Binding, BookedBy, BookedTexts, Booking, waiting::OfferStatus},
    holds::Hold,
    person_data::Visitor,
    store::{
        assigned_dates, bookings,
        idempotency::Answered,
        queries::{Confirmation, ConfirmationError},
        reservations,
    },
};

/// An acceptance.
#[derive(Debug, Clone)]
pub struct AcceptDate {
    /// The actor: the person, or an agency or staff for them.
    pub actor: Actor,
    /// The actor as shown to the person, if it is not they.
    pub booked_by: Option<BookedBy>,
    /// What ties the appointment to the person who comes.
    pub binding: Binding,
    /// Why staff accept it, if they do.
    pub at_desk: Option<AtDesk>,
    /// Set while the person's identity is in doubt.
    pub doubt: Option<DoubtId>,
    /// The person.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// Which date.
    pub date: AssignedDateId,
    /// Identity's signed statement of the person's name and birth date.
    pub attendee_token: String,
    /// In which language to write to the person.
    pub language: Language,
    /// The caller's `Idempotency-Key`. `None`: the date itself says which request it is.
    pub key: Option<String>,
}

/// Accepts, once, however often it is called.
///
/// # Errors
/// There is no such date for this person, it is over, or a rule or the database decides against it: then
/// it stays open.
pub async fn accept_date(engine: &Engine, request: AcceptDate) -> Result<Once<Booking>, AppError> {
    let attendee = engine.attendee(&request.attendee_token).await?;
    if attendee.pseudonym != request.person {
        return Err(AppError::AttendeeInvalid("it is about another person".to_owned()));
    }
    match accept_until_decided(engine, || attempt(engine, &request, &attendee)).await {
        Ok(booking) => Ok(booking),
        Err(refusal) => unless_accepted(engine, &request, refusal).await,
    }
}

async fn attempt(
    engine: &Engine,
    request: &AcceptDate,
    attendee: &Attendee,
) -> Result<Attempt, AppError> {
    let date = of_person(engine, request.date, request.person).await?;
    if let Some(booking) = accepted_before(engine, &date).await? {
        return Ok(Attempt::Before(Box::new(booking)));
    }
    if !date.is_open(engine.now()) {
        return Err(over(engine, &date));
    }
    Accepting { engine, request, attendee, date }.accept(&engine.decides_by()).await
}

/// The appointment that the date is by now.
pub(super) async fn accepted_before(
    engine: &Engine,
    date: &AssignedDate,
) -> Result<Option<Booking>, AppError> {
    let (OfferStatus::Accepted, Some(booking)) = (date.status, date.booking) else {
        return Ok(None);
    };
    let booking = bookings::find(engine.database.connection(), booking).await?;
    Ok(Some(booking.ok_or(AppError::BookingNotFound)?))
}

/// Of two acceptances at once the second finds the entitlement used and the person booked, by the first:
/// then it is a repeat.
async fn unless_accepted(
    engine: &Engine,
    request: &AcceptDate,
    refusal: AppError,
) -> Result<Once<Booking>, AppError> {
    let Ok(date) = of_person(engine, request.date, request.person).await else {
        return Err(refusal);
    };
    accepted_before(engine, &date).await?.map(Once::Before).ok_or(refusal)
}

struct Accepting<'a> {
    engine: &'a Engine,
    request: &'a AcceptDate,
    attendee: &'a Attendee,
    date: AssignedDate,
}

impl Accepting<'_> {
    async fn accept(&self, decided_by: &DecidedBy) -> Result<Attempt, AppError> {
        let engine = self.engine;
        let service = decided_by.1.service(&self.date.service);
        let unknown = || AppError::UnknownService(self.date.service.clone());
        let hold = self.hold(service.ok_or_else(unknown)?.group.clone());
        let details = VisitDetails {
            services: vec![self.date.service.clone()],
            people: self.date.people,
            channel: Channel::Staff,
            level: self.level(),
        };
        let visit = Visit::drawn(engine, &decided_by.1, &hold, &details)?;
        self.allowed(&visit).await?;
        let entitled_to = visit.demanding_entitlement();
        drop(visit);
        let written = self.write(decided_by, &hold).await?;
        if matches!(written, Attempt::Written(_)) && !entitled_to.is_empty() {
            entitlement_ended(engine, self.request.person, entitled_to).await;
        }
        Ok(written)
    }

    fn level(&self) -> TrustLevel {
        self.request.level.min(self.attendee.level)
    }

    /// The date as a hold, for what the rules ask.
    fn hold(&self, group: GroupId) -> Hold {
        Hold {
            id: self.date.hold,
            person: self.request.person,
            group,
            replaces: None,
            seat: self.date.seat.clone(),
            held_at: self.date.made_at,
            expires_at: self.date.answer_by,
            is_extended: false,
            epoch: 0,
            details: Vec::new(),
        }
    }

    /// Whether the rules allow it, and the application belongs to the person who will stand on the
    /// appointment.
    async fn allowed(&self, visit: &Visit<'_>) -> Result<(), AppError> {
        let (engine, person) = (self.engine, self.request.person);
        let known = facts::at_confirm(engine, visit, person, self.level(), None, true).await?;
        let facts = facts::with_birth_date(known.person, visit, self.attendee)?;
        let facts = facts::with_doubt(engine, facts, person, self.request.doubt, None).await?;
        visit.allowed(engine, &facts)?;
        if known.entitlements.is_empty() {
            return Err(rules::not_entitled().into());
        }
        require_own(engine, &[self.date.entitlement], &Visitor::from(self.attendee)).await
    }

    /// The date ends, and its seat is the booking's: all or nothing.
    async fn write(&self, decided_by: &DecidedBy, hold: &Hold) -> Result<Attempt, AppError> {
        let (engine, date, now) = (self.engine, &self.date, self.engine.now());
        let booking = self.booking(decided_by, hold);
        let mut unit = engine.begin().await?;
        let (accepted, id) = (OfferStatus::Accepted, Some(booking.id));
        if !assigned_dates::end(unit.transaction(), date.id, accepted, id, now).await? {
            return Ok(Attempt::Overtaken);
        }
        let kind = ReservationKind::Offer;
        let freed = reservations::delete(unit.transaction(), &[date.reservation], kind).await?;
        if freed.is_empty() {
            tracing::error!(date = %date.id, "an open date keeps no seat");
            return Err(AppError::DateOver(OfferStatus::Withdrawn));
        }
        match self.confirmation(decided_by, &booking).insert(&mut unit).await {
            Ok(()) => {}
            // Dropped, the unit leaves the date open.
            Err(ConfirmationError::Refused(obstacle)) => return Ok(Attempt::Refused(obstacle)),
            Err(error @ ConfirmationError::Failed(_)) => return Err(error.into()),
        }
        let seat = booking.seat.clone();
        // The holds follow day by day: the person is bound by the booking from then on.
        unit.after_commit(async move { engine.repairs.day_of(&seat, &engine.berlin) });
        unit.commit().await?;
        Ok(Attempt::Written(Box::new(booking)))
    }

    fn confirmation(&self, decided_by: &DecidedBy, booking: &Booking) -> Confirmation {
        let (engine, date, request) = (self.engine, &self.date, self.request);
        let details = json!({
            "date": date.id,
            "entitlement": date.entitlement,
            "location": booking.seat.location,
            "start": booking.seat.start,
            "services": booking.services,
        });
        let fingerprint = digest::digest(&digest::SHA256, date.id.to_string().as_bytes());
        Confirmation {
            audit: engine.audit(
                &request.actor,
                "booking.date_accepted",
                booking.id,
                audited_at_desk(request.at_desk.as_ref(), details),
            ),
            event: events::confirmed(engine, &decided_by.1, booking),
            answered: Answered {
                caller: request.actor.to_string(),
                key: request.key.clone().unwrap_or_else(|| date.id.to_string()),
                request: fingerprint.as_ref().to_vec(),
                at: engine.now(),
            },
            decided_by: decided_by.0,
            entitlements: vec![date.entitlement],
            booking: booking.clone(),
        }
    }

    fn booking(&self, (_, catalogue): &DecidedBy, hold: &Hold) -> Booking {
        let (engine, date, request, now) =
            (self.engine, &self.date, self.request, self.engine.now());
        let id = BookingId::mint(&*engine.clock, &*engine.entropy);
        let services = vec![date.service.clone()];
        let visitor = Visitor::from(self.attendee);
        Booking {
            id,
            code: BookingCode::mint(&*engine.entropy),
            hold: hold.id,
            person: hold.person,
            group: hold.group.clone(),
            status: BookingStatus::Confirmed,
            texts: BookedTexts::of(catalogue, &date.seat.location, &services),
            seat: date.seat.clone(),
            services,
            people: date.people,
            channel: Channel::Staff,
            level: self.level(),
            booked_by: request.booked_by.clone(),
            doubt: request.doubt,
            binding: request.binding,
            language: request.language.to_string(),
            sequence: 0,
            replaces: None,
            series: id,
            attendee: engine.person_data.seal(&visitor, hold.id, &*engine.entropy),
            held_at: date.made_at,
            created_at: now,
            changed_at: now,
        }
    }
}
