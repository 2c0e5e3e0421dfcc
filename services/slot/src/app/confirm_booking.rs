//! A hold becomes an appointment.
//!
//! Much may have changed while the person decided, so it is decided again: the hold is in force,
//! the seat is still offered and not past, every rule allows it. Then the transaction is tried, and
//! the constraints of the database decide. Only when something stands in the way is it asked
//! whether this is a repeat of a request that was answered already; then the answer is what is true
//! now.

use auth::Attendee;
use aws_lc_rs::digest;
use booking::{TrustLevel, state::BookingStatus};
use catalogue::Catalogue;
use ids::{BookingCode, BookingId, DoubtId, GroupId, Pseudonym};
use jiff::SignedDuration;
use serde_json::Value;
use vocabulary::Language;

use super::{
    AppError, DeskRefusal, Engine, Once, Visit, VisitDetails,
    assigned_dates::end_unproven::end_unproven,
    claim_entitlement::require_own,
    confirmation::{DecidedBy, Decision, confirmation},
    events, facts,
    follow_catalogue::follow_catalogue,
    holds_follow::{HOLDS_ANSWER, booking_made, entitlement_ended},
    rebook,
    required_level::require_level,
};
use crate::{
    domain::{Actor, Binding, BookedBy, BookedTexts, Booking, DeskReason},
    holds::{Hold, HoldState},
    person_data::Visitor,
    store::{
        bookings, idempotency,
        queries::{ConfirmationError, Obstacle},
    },
};

/// How often another booking code is made if one is taken already.
const CODES: u32 = 3;
/// How often it is decided again because another catalogue came into force.
const CATALOGUES: u32 = 3;
/// How far the clock of the holds' store may be from ours.
const CLOCKS_APART: SignedDuration = SignedDuration::from_secs(5);

/// What is to be confirmed.
#[derive(Debug, Clone)]
pub struct ConfirmBooking {
    /// The actor: the person, or staff or an agency on their behalf.
    pub actor: Actor,
    /// The actor as shown to the person, if it is not they.
    pub booked_by: Option<BookedBy>,
    /// What ties it to the person who comes.
    pub binding: Binding,
    /// Why staff booked it, if they did.
    pub at_desk: Option<AtDesk>,
    /// The person; `None` takes the one of the attendee token.
    pub person: Option<Pseudonym>,
    /// The trust level of this log-in; `None` if staff checked a document.
    pub level: Option<TrustLevel>,
    /// Set while the person's identity is in doubt.
    pub doubt: Option<DoubtId>,
    /// From the hold.
    pub hold_token: String,
    /// Identity's signed statement of the person's name and birth date.
    pub attendee_token: String,
    /// In which language to write to the person.
    pub language: Language,
    /// The caller's `Idempotency-Key`.
    pub key: String,
}

/// Why staff booked it, for the audit log.
#[derive(Debug, Clone)]
pub struct AtDesk {
    /// The reason.
    pub reason: DeskReason,
    /// The case and the colleague who agreed, if it took two.
    pub agreed: Value,
}

/// Confirms, once, however often it is called.
///
/// # Errors
/// The hold is not valid any more, the attendee is not the person, or the database decided
/// against it.
pub async fn confirm_booking(
    engine: &Engine,
    request: ConfirmBooking,
) -> Result<Once<Booking>, AppError> {
    let refusal = match try_to_confirm(engine, &request).await {
        Ok(booking) => {
            end_unproven(engine, &booking).await;
            return Ok(Once::Now(booking));
        }
        Err(refusal) => refusal,
    };
    match answered_before(engine, &request).await? {
        Some(booking) => Ok(Once::Before(booking)),
        None => Err(refusal),
    }
}

async fn try_to_confirm(engine: &Engine, request: &ConfirmBooking) -> Result<Booking, AppError> {
    let hold = engine.hold_tokens.read(&request.hold_token)?;
    let attendee = attendee(engine, request, &hold).await?;
    let (hold, has_history) = in_force(engine, hold).await?;
    request.require_own_way(&hold)?;
    let outcome = decide_until_in_force(engine, request, &hold, has_history, &attendee).await;
    if let Err(refusal) = &outcome
        && refusal.ends_the_hold()
    {
        give_up_refused(engine, &hold, refusal).await;
    }
    outcome
}

/// Decides again if another catalogue came into force meanwhile: names, groups and rules may be
/// others. So it does with a refusal by a catalogue that another process has left behind.
async fn decide_until_in_force(
    engine: &Engine,
    request: &ConfirmBooking,
    hold: &Hold,
    has_history: bool,
    attendee: &Attendee,
) -> Result<Booking, AppError> {
    for _ in 0..CATALOGUES {
        let decided_by = engine.decides_by();
        let outcome =
            decide_and_write(engine, request, hold, has_history, attendee, &decided_by).await;
        let is_final = match &outcome {
            Err(AppError::CatalogueChanged) => false,
            Err(refusal) => !refusal.ends_the_hold(),
            Ok(_) => true,
        };
        if is_final {
            return outcome;
        }
        Box::pin(follow_catalogue(engine)).await?;
        if engine.catalogue_state.since() == decided_by.0 {
            return outcome;
        }
    }
    Err(AppError::CatalogueChanged)
}

/// Decides again, since much may have changed while the person thought; then writes.
async fn decide_and_write(
    engine: &Engine,
    request: &ConfirmBooking,
    hold: &Hold,
    has_history: bool,
    attendee: &Attendee,
    decided_by: &DecidedBy,
) -> Result<Booking, AppError> {
    let details = VisitDetails::from_bytes(&hold.details).ok_or(AppError::HoldOfOtherEdition)?;
    let (_, catalogue) = decided_by;
    let (now_called, details) = called_now(catalogue, hold, details);
    let visit = Visit::held(engine, catalogue, &now_called, &details)?;
    let level = request.level.unwrap_or(TrustLevel::High).min(attendee.level);
    let facts =
        facts::at_confirm(engine, &visit, hold.person, level, hold.replaces, has_history).await?;
    let person = facts::with_birth_date(facts.person, &visit, attendee)?;
    let person =
        facts::with_doubt(engine, person, hold.person, request.doubt, hold.replaces).await?;
    visit.allowed(engine, &person)?;
    let entitled_to = visit.demanding_entitlement();
    // The group of the catalogue in force: it may have changed since the hold.
    let group = visit.group.clone();
    drop(visit);
    let old = match hold.replaces {
        Some(id) => Some(rebook::replaced(engine, request, hold.person, &group, id).await?),
        None => None,
    };
    let visitor = match &old {
        Some(old) => rebook::visitor_on(engine, old)?,
        None => Visitor::from(attendee),
    };
    require_own(engine, &facts.entitlements, &visitor).await?;
    let booking = draft(engine, request, catalogue, &now_called, group, details, &visitor);
    let decision = Decision { by: decided_by, entitlements: &facts.entitlements };
    let booking = match &old {
        Some(old) => rebook::swap(engine, request, hold, booking, old, &decision).await?,
        None => {
            let booking = confirm(engine, request, booking, &decision).await?;
            booking_made(engine, hold, &booking).await;
            booking
        }
    };
    if !entitled_to.is_empty() {
        // It may have been the last use: the next hold asks the database.
        entitlement_ended(engine, booking.person, entitled_to).await;
    }
    Ok(booking)
}

/// What was held, by the names that the catalogue has now: a location or a service may have been
/// renamed since.
fn called_now(
    catalogue: &Catalogue,
    hold: &Hold,
    mut details: VisitDetails,
) -> (Hold, VisitDetails) {
    let mut hold = hold.clone();
    if let Some(location) = catalogue.location_now(&hold.seat.location) {
        hold.seat.location = location.clone();
    }
    for service in &mut details.services {
        if let Some(present) = catalogue.service_now(service) {
            *service = present.clone();
        }
    }
    (hold, details)
}

/// A hold that was given up is worth nothing, though its token is still good: so the store is
/// asked. While it does not answer, or knows nothing of holds from before it was lost, the token
/// alone decides; the database has the last word in any case. And whether the database must be asked
/// what the person did lately.
async fn in_force(engine: &Engine, hold: Hold) -> Result<(Hold, bool), AppError> {
    match tokio::time::timeout(HOLDS_ANSWER, engine.holds.state_of(&hold)).await {
        // What the store has is what counts: it may have been extended since the token was made.
        Ok(Ok(HoldState::InForce { hold, has_history })) => Ok((hold, has_history)),
        Ok(Ok(HoldState::Over)) => Err(over(engine, &hold)),
        Ok(Ok(HoldState::Unknown) | Err(_)) | Err(_) => Ok((hold, true)),
    }
}

/// Why a hold whose token is still good is in force no more: it was given up, unless its end is so near that the store's
/// clock may have passed it.
fn over(engine: &Engine, hold: &Hold) -> AppError {
    let left = hold.expires_at.duration_since(engine.now());
    if left > CLOCKS_APART { AppError::HoldGivenUp } else { AppError::HoldExpired }
}

/// A refused confirm gives the hold up, so that the person can try another slot.
async fn give_up_refused(engine: &Engine, hold: &Hold, refusal: &AppError) {
    let given_up = tokio::time::timeout(HOLDS_ANSWER, engine.holds.give_up(hold)).await;
    if !matches!(given_up, Ok(Ok(_))) {
        tracing::info!(hold = %hold.id, "cannot give up the hold of a refused confirm; it expires by itself");
    }
    if let AppError::SlotTaken = refusal {
        // The holds gave away a seat that the database knows as taken: they missed something.
        engine.repairs.day_of(&hold.seat, &engine.berlin);
    }
}

/// The attendee of the request must be the holder of the seat.
async fn attendee(
    engine: &Engine,
    request: &ConfirmBooking,
    hold: &Hold,
) -> Result<Attendee, AppError> {
    let attendee = engine.attendee(&request.attendee_token).await?;
    let person = request.person.unwrap_or(attendee.pseudonym);
    if hold.person != person {
        return Err(AppError::HoldInvalid);
    }
    if attendee.pseudonym != person {
        return Err(AppError::AttendeeInvalid("it is about another person".to_owned()));
    }
    Ok(attendee)
}

fn draft(
    engine: &Engine,
    request: &ConfirmBooking,
    catalogue: &Catalogue,
    hold: &Hold,
    group: GroupId,
    details: VisitDetails,
    visitor: &Visitor,
) -> Booking {
    let now = engine.now();
    let id = BookingId::mint(&*engine.clock, &*engine.entropy);
    Booking {
        id,
        code: BookingCode::mint(&*engine.entropy),
        hold: hold.id,
        person: hold.person,
        group,
        status: BookingStatus::Confirmed,
        texts: BookedTexts::of(catalogue, &hold.seat.location, &details.services),
        seat: hold.seat.clone(),
        services: details.services,
        people: details.people,
        channel: details.channel,
        level: details.level,
        booked_by: request.booked_by.clone(),
        doubt: request.doubt,
        binding: request.binding,
        language: request.language.to_string(),
        sequence: 0,
        replaces: hold.replaces,
        series: id,
        attendee: engine.person_data.seal(visitor, hold.id, &*engine.entropy),
        held_at: hold.held_at,
        created_at: now,
        changed_at: now,
    }
}

async fn confirm(
    engine: &Engine,
    request: &ConfirmBooking,
    mut booking: Booking,
    decision: &Decision<'_>,
) -> Result<Booking, AppError> {
    for _ in 0..CODES {
        let event = events::confirmed(engine, &decision.by.1, &booking);
        let action = "booking.confirmed";
        let confirmation = confirmation(engine, request, &booking, decision, action, event);
        let outcome = engine.confirms.commit(confirmation).await;
        match outcome.map_err(|stopping| AppError::Unavailable(stopping.into()))? {
            Err(ConfirmationError::Refused(Obstacle::CodeTaken)) => {
                booking.code = BookingCode::mint(&*engine.entropy);
            }
            Err(error) => return Err(error.into()),
            Ok(()) => return Ok(booking),
        }
    }
    Err(AppError::Internal("no free booking code".into()))
}

/// The booking that the same request made before, as it is now, found by the key; or by the hold, as
/// long as it is active. A caller with another key must not take a booking for theirs that was given
/// up meanwhile.
async fn answered_before(
    engine: &Engine,
    request: &ConfirmBooking,
) -> Result<Option<Booking>, AppError> {
    let db = engine.database.connection();
    let Ok(hold) = engine.hold_tokens.read_even_expired(&request.hold_token) else {
        return Ok(None);
    };
    let by_key = idempotency::find(db, &request.actor.to_string(), &request.key).await?;
    if by_key.as_ref().is_some_and(|before| before.request != request.fingerprint()) {
        return Err(AppError::IdempotencyMismatch);
    }
    let booking = bookings::find_by_hold(db, hold.id).await?;
    let theirs = booking.filter(|booking| request.person.is_none_or(|who| who == booking.person));
    match theirs {
        Some(booking) if by_key.is_some() || booking.status.is_active() => {
            if let Some(level) = request.level {
                require_level(engine, &booking, level)?;
            }
            Ok(Some(booking))
        }
        Some(booking) => Err(AppError::BookingNotActive(booking.status)),
        None => Ok(None),
    }
}

impl ConfirmBooking {
    /// A hold is confirmed on the way on which it was taken. What staff took is theirs to give: the person must not pass
    /// by the colleague who is to agree, nor get by themselves a seat that the desk keeps. And what the person took
    /// themselves is no booking of the desk.
    fn require_own_way(&self, hold: &Hold) -> Result<(), AppError> {
        let details =
            VisitDetails::from_bytes(&hold.details).ok_or(AppError::HoldOfOtherEdition)?;
        match (details.is_by_staff(), matches!(self.actor, Actor::Staff(_))) {
            (true, false) => Err(AppError::HeldByStaff(Box::new(hold.clone()))),
            (false, true) => Err(DeskRefusal::MadeOnline.into()),
            (true, true) | (false, false) => Ok(()),
        }
    }

    /// The same for the same request: what a repeat must have in common with the first request. The
    /// attendee token is left out, since a program may fetch a fresh one.
    pub(super) fn fingerprint(&self) -> Vec<u8> {
        let text = format!("{}\n{}", self.hold_token, self.language);
        digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
    }
}
