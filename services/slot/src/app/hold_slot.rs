//! A person takes a slot for a few minutes, to decide.

use booking::{TrustLevel, rules::Person};
use calendar::Channel;
use ids::{BookingId, DoubtId, HoldId, LocationId, Pseudonym, ServiceId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{
    AppError, Engine, Visit, VisitDetails,
    close_past_bookings::close_if_due,
    facts, release_seat,
    required_level::{require_level, require_level_for},
};
use crate::{
    domain::{Actor, Booking},
    holds::{FactsNeeded, Hold, HoldError, HoldRefusal, HoldRequest, HoldsError, LONGEST_DETAILS},
    store::{audit, bookings},
};

/// A slot to hold.
#[derive(Debug, Clone)]
pub struct HoldSlot {
    /// The actor: the person, or an agency for them.
    pub actor: Actor,
    /// The person.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// The open case: they may be the same human as another known person. `None`: there is none.
    pub doubt: Option<DoubtId>,
    /// By which way.
    pub channel: Channel,
    /// Where.
    pub location: LocationId,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends, if the caller wants to be sure.
    pub end: Option<Timestamp>,
    /// What for.
    pub services: Vec<ServiceId>,
    /// How many people come.
    pub people: u16,
    /// The booking that it shall take the place of.
    pub replaces: Option<BookingId>,
}

/// A slot that is held.
#[derive(Debug, Clone)]
pub struct Held {
    /// The hold.
    pub hold: Hold,
    /// What the visit is for.
    pub details: VisitDetails,
    /// What proves it.
    pub token: String,
}

impl Held {
    /// A hold as its person gets it; `None` if it is of another edition of this program.
    #[must_use]
    pub fn of(engine: &Engine, hold: Hold) -> Option<Self> {
        let details = VisitDetails::from_bytes(&hold.details)?;
        let token = engine.hold_tokens.sign(&hold);
        Some(Self { hold, details, token })
    }
}

/// Holds the slot. The same request again, while its hold is in force, yields that hold: so an answer
/// that was lost on its way is found again.
///
/// # Errors
/// The slot is not offered or taken, a rule refuses, the person has another one in the group, or
/// asks again too soon for what was taken; or staff hold one for them.
pub async fn hold_slot(engine: &Engine, command: HoldSlot) -> Result<Held, AppError> {
    let catalogue = engine.catalogue();
    let visit = Visit::plan(engine, &catalogue, &command)?;
    visit.may_ask(engine, command.person)?;
    let details = VisitDetails {
        services: command.services.clone(),
        people: command.people,
        channel: command.channel,
        level: command.level,
    };
    let bytes = details.to_bytes();
    if bytes.len() > LONGEST_DETAILS {
        return Err(AppError::NotOneVisit("these are too many services".to_owned()));
    }
    let lasts = SignedDuration::from_mins(i64::from(catalogue.authority.hold_minutes));
    let request = HoldRequest {
        id: HoldId::mint(&*engine.clock, &*engine.entropy),
        person: command.person,
        group: visit.group,
        day: &visit.day,
        offers: &[],
        at_desk: command.channel == Channel::Staff,
        replaces: command.replaces,
        lasts,
        usable_until: release_seat::usable_until(&catalogue, &command.services, command.start),
        facts: FactsNeeded::None,
        details: &bytes,
    };
    let hold = match take(engine, &visit, &command, request).await {
        Err(AppError::AlreadyHolding(present)) if visit.is(&present, &details) => *present,
        Err(AppError::AlreadyHolding(present)) => {
            // The answer names the other seat.
            if command.channel == Channel::Public
                && let Some(other) = VisitDetails::from_bytes(&present.details)
            {
                require_level_for(engine, &other.services, other.level, command.level)?;
                if other.is_by_staff() {
                    return Err(AppError::HeldByStaff(present));
                }
            }
            return Err(AppError::AlreadyHolding(present));
        }
        Err(AppError::SlotTaken) => {
            visit.refused(engine, command.person);
            return Err(AppError::SlotTaken);
        }
        outcome => outcome?,
    };
    if let Err(failure) = note(engine, &command.actor, "hold.taken", &hold).await {
        engine.holds.give_up(&hold).await?;
        return Err(failure);
    }
    let token = engine.hold_tokens.sign(&hold);
    Ok(Held { hold, details, token })
}

/// Asks the store, and the database only if the store lacks facts about the person.
async fn take(
    engine: &Engine,
    visit: &Visit<'_>,
    command: &HoldSlot,
    request: HoldRequest<'_>,
) -> Result<Hold, AppError> {
    if let Some(replaced) = command.replaces {
        let booking = bookings::find(engine.database.connection(), replaced).await?;
        let booking = booking
            .filter(|booking| booking.person == command.person)
            .ok_or(AppError::BookingNotFound)?;
        require_level(engine, &booking, command.level)?;
        super::rebook::can_be_replaced(&booking, visit.group, engine.now())?;
        if booking.seat.location == command.location && booking.seat.start == command.start {
            return Err(AppError::AlreadyBooked);
        }
    }
    // First as if the person had no history and whatever they must be entitled to.
    let assumed = with_doubt(engine, command, facts::assumed(command.level)).await?;
    let offers = visit.allowed(engine, &assumed)?;
    if visit.is_full(engine, command.person, &offers) {
        return Err(AppError::SlotTaken);
    }
    let demanding = visit.demanding_entitlement();
    let facts = FactsNeeded::FromStore {
        no_history: visit.needs().history.is_some(),
        entitled_to: &demanding,
    };
    match hold(engine, &HoldRequest { offers: &offers, facts, ..request.clone() }).await {
        Err(HoldError::Refused(HoldRefusal::AskDatabase)) => {}
        outcome => return Ok(outcome?),
    }
    let facts =
        facts::of_person(engine, visit, command.person, command.level, command.replaces).await?;
    let person = with_doubt(engine, command, facts.person).await?;
    let offers = visit.allowed(engine, &person)?;
    Ok(hold(engine, &HoldRequest { offers: &offers, ..request }).await?)
}

async fn with_doubt(
    engine: &Engine,
    command: &HoldSlot,
    person: Person,
) -> Result<Person, AppError> {
    facts::with_doubt(engine, person, command.person, command.doubt, command.replaces).await
}

async fn hold(engine: &Engine, request: &HoldRequest<'_>) -> Result<Hold, HoldError> {
    match engine.holds.hold(request).await {
        Err(HoldError::Refused(HoldRefusal::AlreadyBooked { booking })) => {
            let Ok(known) = bookings::find(engine.database.connection(), booking).await else {
                return Err(HoldRefusal::AlreadyBooked { booking }.into());
            };
            // It may have ended, or count in another group or for another person by now.
            let binds = |it: &Booking| {
                it.status.is_active() && it.person == request.person && it.group == *request.group
            };
            if let Some(present) = &known
                && binds(present)
                && !close_if_due(engine, present).await
            {
                return Err(HoldRefusal::AlreadyBooked { booking }.into());
            }
            // The store was not reached when that booking ended.
            let (person, group, seat) = (request.person, request.group, known.map(|it| it.seat));
            engine.holds.clear_active_booking(person, group, booking, seat.as_ref()).await?;
            engine.holds.hold(request).await
        }
        Err(HoldError::Refused(HoldRefusal::AlreadyHolding(present))) => {
            let made = bookings::find_by_hold(engine.database.connection(), present.id).await;
            let Ok(Some(booking)) = made else {
                return Err(HoldRefusal::AlreadyHolding(present).into());
            };
            // The store was not reached when that hold became a booking.
            let told = engine.holds.confirm(&present, booking.id).await;
            if told.is_err() || !booking.status.is_active() {
                engine.repairs.day_of(&present.seat, &engine.berlin);
            }
            if !booking.status.is_active() {
                let (person, group, seat) = (request.person, request.group, Some(&booking.seat));
                engine.holds.clear_active_booking(person, group, booking.id, seat).await?;
            }
            engine.holds.hold(request).await
        }
        outcome => outcome,
    }
}

/// What others do for a person is in the audit log. What people do with holds of their own is not:
/// it leaves nothing behind but a history of those that were abandoned.
pub(super) async fn note(
    engine: &Engine,
    actor: &Actor,
    action: &str,
    hold: &Hold,
) -> Result<(), AppError> {
    if let Actor::Citizen(_) = actor {
        return Ok(());
    }
    let details = json!({ "location": hold.seat.location, "date": hold.seat.date(&engine.berlin) });
    let entry = engine.audit(actor, action, hold.id, details);
    Ok(audit::insert(engine.database.connection(), [&entry]).await?)
}

impl From<HoldError> for AppError {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::Refused(HoldRefusal::SlotTaken) => Self::SlotTaken,
            HoldError::Refused(HoldRefusal::AlreadyHolding(hold)) => Self::AlreadyHolding(hold),
            HoldError::Refused(HoldRefusal::AlreadyBooked { .. }) => Self::AlreadyBooked,
            HoldError::Refused(HoldRefusal::AskDatabase) => {
                Self::Internal("the holds asked for facts that were gathered".into())
            }
            HoldError::Failed(error) => error.into(),
        }
    }
}

impl From<HoldsError> for AppError {
    fn from(error: HoldsError) -> Self {
        match error {
            HoldsError::NotLoaded | HoldsError::NeedsReconcile | HoldsError::Unavailable(_) => {
                Self::HoldsUnavailable(error.into())
            }
            HoldsError::Unexpected(_) => Self::Internal(error.into()),
        }
    }
}
