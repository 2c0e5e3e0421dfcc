//! Act 4: changing one's mind.

use client::{Booking, BookingStatus, Visit};

use super::{
    Stage,
    book::{Booked, confirm, hold_for, key_of},
    find::Found,
    log_in::Cast,
    mailbox,
    report::{Proof, Report, StepError, proof, refused},
};

pub async fn act(
    stage: &Stage,
    report: &mut Report,
    found: &Found,
    cast: &Cast,
    booked: Booked,
) -> Option<()> {
    let theirs = stage.slot.cancel(&cast.other.token, booked.booking.id).await;
    report.step("another human cancels the booking", refused(theirs, 404, "booking-not-found"));
    let moved = report.step("rebook", rebook(stage, found, cast, &booked.booking).await)?;
    report.step("the old seat", old_seat(stage, found, cast).await);
    report.step(
        "the e-mail about the move",
        mailbox::change(stage, &moved, &booked.calendar_uid).await,
    );
    let cancelled = report.step("cancel", cancel(stage, cast, &moved).await)?;
    let twice = stage.slot.cancel(&cast.erika.token, cancelled.id).await;
    report.step("cancel twice", refused(twice, 409, "booking-not-active"));
    report.step(
        "the e-mail about the cancellation",
        mailbox::cancellation(stage, &booked.calendar_uid).await,
    );
    report.step("free to book again", free_again(stage, found, cast).await);
    Some(())
}

async fn rebook(
    stage: &Stage,
    found: &Found,
    cast: &Cast,
    booked: &Booking,
) -> Result<Proof<Booking>, StepError> {
    let hold = hold_for(stage, &cast.erika, &found.service, &found.second, Some(booked.id)).await?;
    let moved = confirm(stage, &cast.erika, &hold, &key_of(&hold)).await?;
    let old = stage.slot.booking(&cast.erika.token, booked.id).await?;
    if old.status != Some(BookingStatus::Rebooked) || moved.replaces != Some(booked.id) {
        return Err(StepError::new(format!("the old booking is {:?}", old.status)));
    }
    proof(moved, "the new slot is won and the old one given back in one step")
}

/// The old seat cannot be passed on: it returns at a random moment.
async fn old_seat(stage: &Stage, found: &Found, cast: &Cast) -> Result<Proof<()>, StepError> {
    match hold_for(stage, &cast.other, &found.service, &found.first, None).await {
        // An earlier ask for it was refused, so the back-off may apply.
        Err(error) if matches!(error.code(), Some("slot-taken" | "asked-too-soon")) => {
            proof((), "given up, and not free yet: nobody can be handed it")
        }
        Ok(_) => Err(StepError::new("who was told of the seat got it at once")),
        Err(error) => Err(error.into()),
    }
}

async fn cancel(stage: &Stage, cast: &Cast, moved: &Booking) -> Result<Proof<Booking>, StepError> {
    let cancelled = stage.slot.cancel(&cast.erika.token, moved.id).await?;
    if cancelled.status != Some(BookingStatus::Cancelled) {
        return Err(StepError::new(format!("the booking is {:?}", cancelled.status)));
    }
    proof(cancelled, "the booking is cancelled")
}

async fn free_again(stage: &Stage, found: &Found, cast: &Cast) -> Result<Proof<()>, StepError> {
    let visit = Visit { services: vec![found.sibling.clone()], ..Visit::default() };
    let earliest = stage.slot.earliest(&visit).await?.slot;
    let earliest =
        earliest.ok_or_else(|| StepError::new("the sibling service has no free slot"))?;
    let hold = hold_for(stage, &cast.erika, &found.sibling, &earliest, None).await?;
    stage.slot.release(&cast.erika.token, hold.hold_id, &hold.hold_token).await?;
    proof((), "the person can hold a slot in this group again")
}
