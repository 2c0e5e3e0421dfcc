//! Act 2: hold, confirm, and everything that must not be possible besides.

use client::{Booking, ClientError, Confirmation, FreeSlot, Hold, HoldRequest};
use ids::{BookingId, ServiceId};

use super::{
    Stage,
    find::Found,
    log_in::{Cast, Citizen},
    mailbox,
    report::{Proof, Report, StepError, proof, refused},
};

/// What the act ends with.
pub struct Booked {
    pub booking: Booking,
    /// The calendar entry that every later message must change.
    pub calendar_uid: String,
}

/// An idempotency key for each attempt, made from the hold's id.
pub fn key_of(hold: &Hold) -> String {
    hold.hold_id.to_string().replace('_', "-")
}

pub async fn act(stage: &Stage, report: &mut Report, found: &Found, cast: &Cast) -> Option<Booked> {
    let (erika, other) = (&cast.erika, &cast.other);
    let hold = report.step("hold the slot", take(stage, found, erika).await)?;
    let second = hold_for(stage, erika, &found.service, &found.second, None).await;
    report.step("a second hold by the same person", refused(second, 409, "already-holding"));
    let theirs = hold_for(stage, other, &found.service, &found.first, None).await;
    report.step("another human wants the same seat", refused(theirs, 409, "slot-taken"));
    let stolen = confirm(stage, other, &hold, &key_of(&hold)).await;
    report.step("another human confirms with the hold", refused(stolen, 422, "hold-invalid"));
    let booking = report.step("confirm", confirmed(stage, erika, &hold).await)?;
    report.step("confirm again", same_again(stage, erika, &hold, &booking).await);
    let more = hold_for(stage, erika, &found.sibling, &found.second, None).await;
    report.step("second booking in the same service group", refused(more, 409, "already-booked"));
    let again = hold_for(stage, &cast.erika_by_eid, &found.service, &found.second, None).await;
    report.step(
        "same human through a second identity provider",
        refused(again, 409, "already-booked"),
    );
    let mail = mailbox::confirmation(stage, &booking).await;
    let calendar_uid = report.step("the e-mail with its calendar file", mail)?;
    Some(Booked { booking, calendar_uid })
}

/// From a free slot to a booking, without the refusals that [`act`] tries on the way.
pub async fn just_book(
    stage: &Stage,
    report: &mut Report,
    found: &Found,
    cast: &Cast,
) -> Option<Booking> {
    let hold = report.step("hold the slot", take(stage, found, &cast.erika).await)?;
    report.step("confirm", confirmed(stage, &cast.erika, &hold).await)
}

pub async fn hold_for(
    stage: &Stage,
    citizen: &Citizen,
    service: &ServiceId,
    slot: &FreeSlot,
    replaces: Option<BookingId>,
) -> Result<Hold, ClientError> {
    let wanted = HoldRequest {
        location: slot.location.clone(),
        start: slot.start,
        services: vec![service.clone()],
        people: None,
        replaces,
    };
    stage.slot.hold(&citizen.token, &wanted).await
}

pub async fn confirm(
    stage: &Stage,
    citizen: &Citizen,
    hold: &Hold,
    key: &str,
) -> Result<Booking, ClientError> {
    let confirmation = Confirmation {
        hold_token: hold.hold_token.clone(),
        attendee: citizen.attendee.clone(),
        language: "de".to_owned(),
    };
    stage.slot.confirm(&citizen.token, key, &confirmation).await
}

async fn take(stage: &Stage, found: &Found, citizen: &Citizen) -> Result<Proof<Hold>, StepError> {
    let hold = hold_for(stage, citizen, &found.service, &found.first, None).await?;
    let minutes = stage.now().duration_until(hold.expires_at).as_mins();
    proof(hold, format!("held for {minutes} more minutes"))
}

async fn confirmed(
    stage: &Stage,
    citizen: &Citizen,
    hold: &Hold,
) -> Result<Proof<Booking>, StepError> {
    let booking = confirm(stage, citizen, hold, &key_of(hold)).await?;
    if booking.start != hold.start || booking.location != hold.location {
        return Err(StepError::new("the booking is for another slot than the hold"));
    }
    let shown = format!("booking {}", booking.code);
    proof(booking, shown)
}

async fn same_again(
    stage: &Stage,
    citizen: &Citizen,
    hold: &Hold,
    booking: &Booking,
) -> Result<Proof<()>, StepError> {
    let same_key = confirm(stage, citizen, hold, &key_of(hold)).await?;
    let other_key = confirm(stage, citizen, hold, "tour-another-key").await?;
    if same_key.id != booking.id || other_key.id != booking.id {
        return Err(StepError::new("a repeated confirm made another booking"));
    }
    let all = stage.slot.bookings(&citizen.token).await?;
    let active = all.bookings.iter().filter(|one| one.is_open()).count();
    if active != 1 {
        return Err(StepError::new(format!("{active} active bookings")));
    }
    proof((), "idempotent: the same booking, with the same key and with another")
}
