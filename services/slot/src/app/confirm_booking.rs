//! A hold becomes an appointment.
//!
//! The rules are asked again (`check_again.rs`), with the facts that they need and no others. Then
//! the transaction is tried, and the unique indexes decide. Only when something stands in the way is
//! it asked whether this is a repeat of a request that was answered already; then the same answer is
//! given again.

use std::time::Duration;

use auth::Attendee;
use aws_lc_rs::digest;
use booking::state::BookingStatus;
use catalogue::Language;
use ids::{BookingCode, BookingId, Pseudonym};
use serde_json::{Value, json};

use super::{AppError, BookingView, Engine, check_again::check_again, events, rebook};
use crate::{
    holds::{Hold, HoldClaims, HoldTokenError},
    person_data::Visitor,
    store::{
        Failure,
        audit::Actor,
        bookings::{self, BookedBy, Booking},
        idempotency::{self, Answered},
        queries::{Confirmation, ConfirmationError, Obstacle},
    },
};

/// How long an answer waits for the holds to learn of the booking.
const SETTLE: Duration = Duration::from_millis(500);
/// How often another booking code is made if one is taken already.
const CODES: u32 = 3;

/// What is to be confirmed.
#[derive(Debug, Clone)]
pub struct ConfirmBooking {
    /// Who does it: the person, or staff or a program on the person's behalf.
    pub actor: Actor,
    /// The same as the person is told, if it is not they.
    pub booked_by: Option<BookedBy>,
    /// Whose appointment it becomes; `None` takes the person of the attendee token.
    pub person: Option<Pseudonym>,
    /// From the hold.
    pub hold_token: String,
    /// Identity's signed statement of the person's name and birth date.
    pub attendee_token: String,
    /// In which language to write to the person.
    pub language: Language,
    /// The caller's `Idempotency-Key`.
    pub key: String,
}

/// The answer to a confirm.
#[derive(Debug, Clone)]
pub enum Confirmed {
    /// There is a new booking.
    Now(Value),
    /// There was one already; this is what was answered then.
    Before(Value),
}

/// Confirms, once, however often it is called.
///
/// # Errors
/// The hold is not valid any more, the attendee is not the person, or the database decided
/// against it.
pub async fn confirm_booking(
    engine: &Engine,
    request: ConfirmBooking,
) -> Result<Confirmed, AppError> {
    let refusal = match try_to_confirm(engine, &request).await {
        Ok(answer) => return Ok(Confirmed::Now(answer)),
        Err(refusal) => refusal,
    };
    match answered_before(engine, &request).await? {
        Some(answer) => Ok(Confirmed::Before(answer)),
        None => Err(refusal),
    }
}

async fn try_to_confirm(engine: &Engine, request: &ConfirmBooking) -> Result<Value, AppError> {
    let claims = engine.hold_tokens.read(&request.hold_token).map_err(|error| match error {
        HoldTokenError::Invalid => AppError::HoldInvalid,
        HoldTokenError::Expired => AppError::HoldExpired,
    })?;
    let attendee = attendee(engine, request, &claims).await?;
    check_again(engine, &claims, &attendee).await?;
    let booking = draft(engine, request, &claims, &attendee)?;
    let hold = claims.hold();
    let written = match claims.replaces {
        Some(replaced) => rebook::swap(engine, request, booking, replaced).await,
        None => confirm(engine, request, booking).await.map(|booking| (booking, None)),
    };
    if let Err(AppError::SlotTaken) = &written {
        // The holds gave away a seat that the database knows as taken: they missed something.
        engine.repairs.day_of(&hold.seat);
    }
    let (booking, replaced) = written?;
    settle(engine, &hold, booking.id).await;
    if let Some(replaced) = replaced {
        replaced.tell_holds(engine).await;
    }
    Ok(json!(BookingView::from(&booking)))
}

/// The person whose name comes with the request must be the one who holds the seat.
async fn attendee(
    engine: &Engine,
    request: &ConfirmBooking,
    claims: &HoldClaims,
) -> Result<Attendee, AppError> {
    let attendee = engine
        .verifier
        .verify_attendee(&request.attendee_token)
        .await
        .map_err(|error| AppError::AttendeeInvalid(error.to_string()))?;
    let person = request.person.unwrap_or(attendee.pseudonym);
    if claims.sub != person {
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
    claims: &HoldClaims,
    attendee: &Attendee,
) -> Result<Booking, AppError> {
    let plan = engine.plan_of(&claims.seat)?;
    let now = engine.now();
    let id = BookingId::mint(&*engine.clock, &*engine.entropy);
    let visitor = Visitor::from(attendee);
    Ok(Booking {
        id,
        code: BookingCode::mint(&*engine.entropy),
        hold: claims.jti,
        person: claims.sub,
        group: claims.group.clone(),
        status: BookingStatus::Confirmed,
        starts_at: claims.seat.starts_at(&plan),
        ends_at: claims.seat.ends_at(&plan),
        seat: claims.seat.clone(),
        services: claims.services.clone(),
        people: claims.people,
        channel: claims.channel,
        booked_by: request.booked_by.clone(),
        language: request.language.to_string(),
        sequence: 0,
        replaces: claims.replaces,
        series: id,
        attendee: engine.person_data.seal(&visitor, claims.jti, &*engine.entropy),
        created_at: now,
        changed_at: now,
    })
}

async fn confirm(
    engine: &Engine,
    request: &ConfirmBooking,
    mut booking: Booking,
) -> Result<Booking, AppError> {
    for _ in 0..CODES {
        let catalogue = engine.catalogue();
        let event = events::confirmed(engine, &catalogue, &booking);
        let confirmation = confirmation(engine, request, &booking, "booking.confirmed", event);
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

/// Everything that is written together with `booking`.
pub(super) fn confirmation(
    engine: &Engine,
    request: &ConfirmBooking,
    booking: &Booking,
    action: &str,
    event: messaging::Event,
) -> Confirmation {
    let details = json!({
        "hold": booking.hold,
        "location": booking.seat.location,
        "start": booking.starts_at,
        "services": booking.services,
        "replaces": booking.replaces,
    });
    Confirmation {
        audit: engine.audit(&request.actor, action, booking.id, details),
        event,
        answered: Answered {
            caller: request.actor.to_string(),
            key: request.key.clone(),
            request: request.fingerprint(),
            answer: json!(BookingView::from(booking)),
            at: engine.now(),
        },
        booking: booking.clone(),
    }
}

/// Tells the holds that the hold is a booking now. If they cannot be told, the booking stands all
/// the same, and the day is put right later.
async fn settle(engine: &Engine, hold: &Hold, booking: BookingId) {
    let settled = tokio::time::timeout(SETTLE, engine.holds.settle(hold, booking)).await;
    if !matches!(settled, Ok(Ok(()))) {
        tracing::warn!(%booking, "the holds were not told of a booking");
        engine.repairs.day_of(&hold.seat);
    }
}

/// What was answered when the same was asked before, by the key or by the hold.
async fn answered_before(
    engine: &Engine,
    request: &ConfirmBooking,
) -> Result<Option<Value>, AppError> {
    let db = engine.database.connection();
    if let Some(before) = idempotency::find(db, &request.actor.to_string(), &request.key).await? {
        return if before.request == request.fingerprint() {
            Ok(Some(before.answer))
        } else {
            Err(AppError::IdempotencyMismatch)
        };
    }
    let Ok(claims) = engine.hold_tokens.read_even_expired(&request.hold_token) else {
        return Ok(None);
    };
    let booking = bookings::find_by_hold(db, claims.jti).await?;
    let theirs = booking.filter(|booking| request.person.is_none_or(|who| who == booking.person));
    Ok(theirs.map(|booking| json!(BookingView::from(&booking))))
}

impl ConfirmBooking {
    /// The same for the same wish: what a repeat must have in common with the first request. The
    /// attendee token is left out, since a program may fetch a fresh one.
    fn fingerprint(&self) -> Vec<u8> {
        let text = format!("{}\n{}", self.hold_token, self.language);
        digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
    }
}

impl From<ConfirmationError> for AppError {
    fn from(error: ConfirmationError) -> Self {
        match error {
            ConfirmationError::Refused(Obstacle::SeatTaken) => Self::SlotTaken,
            ConfirmationError::Refused(Obstacle::AlreadyBooked) => Self::AlreadyBooked,
            // The caller of this mapping looks for the earlier answer before it gives this one.
            ConfirmationError::Refused(Obstacle::HoldUsed) => Self::HoldInvalid,
            ConfirmationError::Refused(Obstacle::KeyUsed) => Self::IdempotencyMismatch,
            ConfirmationError::Refused(Obstacle::CodeTaken) => {
                Self::Internal("no free booking code".into())
            }
            ConfirmationError::Failed(failure) => match &*failure {
                Failure::Corrupt(_) => Self::Internal(failure.into()),
                Failure::Database(_) | Failure::Store(_) => Self::Unavailable(failure.into()),
            },
        }
    }
}
