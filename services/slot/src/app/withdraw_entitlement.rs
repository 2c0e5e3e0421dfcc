//! An agency takes an entitlement back, for example because the application was decided.

use booking::state::Action;
use catalogue::Texts;
use ids::{ClientId, EntitlementId};
use messaging::UnitOfWork;
use proto::booking::v1::CancelledBy;
use serde_json::json;

use super::{
    AppError, Engine, assigned_dates::withdraw_date::withdraw_open, events, holds_follow,
    own_entitlement::own_entitlement, release_seat::give_up_seat,
};
use crate::{
    domain::{Actor, Booking},
    store::{bookings, entitlements},
};

/// What is to become of the appointments to come that stand on it.
#[derive(Debug, Clone)]
pub enum Standing {
    /// They stay.
    Keep,
    /// They are cancelled, and their people are told why.
    Cancel(Option<Texts>),
}

/// What was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawn {
    /// Appointments that were cancelled.
    pub cancelled: usize,
    /// Appointments to come that stay.
    pub kept: usize,
}

/// From now on it cannot be claimed or booked with. Done again, it cancels what is left.
///
/// # Errors
/// The agency posted no such entitlement; or the database does not answer.
pub async fn withdraw_entitlement(
    engine: &Engine,
    client: &ClientId,
    id: EntitlementId,
    standing: Standing,
) -> Result<Withdrawn, AppError> {
    let entitlement = own_entitlement(engine, client, id).await?;
    let actor = Actor::Agency(client.clone());
    let mut unit = engine.begin().await?;
    // First, so that a confirm that uses it comes before and is seen below, or after and is refused.
    let now = engine.now();
    let is_new = entitlements::withdraw(unit.transaction(), id, now).await?;
    // What is over stays: the desk notes how it went, and no e-mail says that it was cancelled.
    let upcoming = entitlements::upcoming(unit.transaction(), id, now).await?;
    // A date that was not accepted yet stands on nothing any more.
    withdraw_open(engine, &mut unit, &actor, id).await?;
    let mut cancelled = 0;
    if let Standing::Cancel(reason) = &standing {
        for booking in &upcoming {
            let was = cancel(engine, &mut unit, &actor, booking, reason.as_ref()).await?;
            cancelled += usize::from(was);
        }
    }
    let kept = upcoming.len() - cancelled;
    if is_new || cancelled > 0 {
        let details = json!({ "service": entitlement.service, "cancelled": cancelled });
        engine.record(&mut unit, &actor, "entitlement.withdrawn", id, details).await?;
    }
    if let Some(person) = entitlement.person {
        let services = vec![entitlement.service];
        unit.after_commit(holds_follow::entitlement_ended(engine, person, services));
    }
    unit.commit().await?;
    Ok(Withdrawn { cancelled, kept })
}

/// `false`: the person was faster, or is at the desk already.
async fn cancel<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    actor: &Actor,
    booking: &Booking,
    reason: Option<&Texts>,
) -> Result<bool, AppError> {
    let now = engine.now();
    let catalogue = engine.catalogue();
    if !bookings::act(unit.transaction(), booking, Action::Cancel, 1, now).await? {
        return Ok(false);
    }
    give_up_seat(engine, unit, &catalogue, booking).await?;
    let details = json!({ "reason": "entitlement withdrawn" });
    engine.record(unit, actor, "booking.cancelled", booking.id, details).await?;
    let cancelled = Booking {
        status: Action::Cancel.to(),
        sequence: booking.sequence.saturating_add(1),
        changed_at: now,
        ..booking.clone()
    };
    let event = events::cancelled(engine, &catalogue, &cancelled, CancelledBy::Office, reason);
    unit.publish(&event).await?;
    Ok(true)
}
