//! What was declined in the lists of a group before counts for somebody who joins again: else who leaves and
//! joins again would decline at no cost, and who lost their place would get the next offer of a quiet list.

use catalogue::{Catalogue, WaitingList};
use ids::{Pseudonym, ServiceId};
use jiff::{SignedDuration, Timestamp};

use super::{join_list::Joining, terms};
use crate::{
    app::{AppError, Engine, WaitingRefusal, seat_request::active_booking_in},
    domain::{
        Booking,
        waiting::{WaitingEntry, WaitingStatus},
    },
    store::{
        Transaction,
        waiting_declines::{self, Declined},
        waiting_entries,
    },
};

/// More places than one person has.
const LIMIT: u64 = 100;

/// What counts of what a person declined before.
pub(super) struct Rejoin<'a> {
    /// What the services of the group are called now, and were before.
    pub(super) names: Vec<&'a ServiceId>,
    /// What was declined before does not count.
    pub(super) since: Timestamp,
    list: WaitingList,
    now: Timestamp,
}

impl<'a> Rejoin<'a> {
    /// The rule of a service; `None` if nothing counts. The only date of an application on file cannot be
    /// lost: `is_booked` says that the person has an appointment of the group already.
    pub(super) fn of(
        catalogue: &'a Catalogue,
        id: &ServiceId,
        is_booked: bool,
        now: Timestamp,
    ) -> Option<Self> {
        let service = catalogue.service(id)?;
        if !is_booked && service.requires_entitlement() {
            return None;
        }
        let list = terms(catalogue, id);
        let window = SignedDuration::from_hours(24 * i64::from(list.rejoin_after_days));
        let since = now.saturating_sub(window).unwrap_or(Timestamp::MIN);
        let in_group = catalogue.services().filter(|(_, other)| other.group == service.group);
        let names = in_group.flat_map(|(id, other)| other.formerly.iter().chain([id])).collect();
        Some(Self { names, since, list, now })
    }

    /// From when on they can join again who lost a place at `lost`; `None` if they can now.
    pub(super) fn again_at(&self, lost: Option<Timestamp>) -> Option<Timestamp> {
        lost.map(|lost| self.list.rejoin_from(lost)).filter(|again_at| self.now < *again_at)
    }

    /// With how many declined offers a new place begins. One can be declined at least: whom staff put in line
    /// all the same has a place, and the next offer that they decline ends it.
    fn begins_with(&self, declined: Declined) -> u16 {
        declined.declines.min(u16::from(self.list.declines).saturating_sub(1))
    }
}

/// With how many declined offers the place of a person begins who joins now.
///
/// # Errors
/// The last place in a list of the group was lost by offers that were declined or lapsed, and not long enough
/// ago. Staff may put a person in line all the same.
pub(super) async fn declines_before(
    joining: &Joining<'_>,
    transaction: &Transaction,
    booked: Option<&Booking>,
) -> Result<u16, AppError> {
    let Joining { engine, service, request, catalogue, .. } = joining;
    let rule = Rejoin::of(catalogue, service, booked.is_some(), engine.now());
    let Some(rule) = rule else { return Ok(0) };
    let (names, since) = (&rule.names, rule.since);
    let declined = waiting_declines::since(transaction, request.person, names, since).await?;
    match rule.again_at(declined.lost_at) {
        Some(again_at) if request.at_desk.is_none() => {
            Err(WaitingRefusal::TooSoon { days: rule.list.rejoin_after_days, again_at }.into())
        }
        _ => Ok(rule.begins_with(declined)),
    }
}

/// Two persons are one human: what either declined counts for the places that are left.
///
/// # Errors
/// A statement fails.
pub(super) async fn merge_declines(
    engine: &Engine,
    transaction: &Transaction,
    kept: Pseudonym,
    dissolved: Pseudonym,
) -> Result<(), AppError> {
    waiting_declines::merge(transaction, dissolved, kept).await?;
    let catalogue = engine.catalogue();
    for entry in waiting_entries::of_person(transaction, kept, LIMIT).await? {
        let WaitingEntry { id, service, status, declines, replaces, .. } = &entry;
        let rule = Rejoin::of(&catalogue, service, replaces.is_some(), engine.now());
        let Some(rule) = rule else { continue };
        if matches!(status, WaitingStatus::Booked | WaitingStatus::Ended) {
            continue;
        }
        let (names, since) = (&rule.names, rule.since);
        let declined = waiting_declines::since(transaction, kept, names, since).await?;
        let counted = rule.begins_with(declined);
        if counted > *declines {
            waiting_entries::change_declines(transaction, *id, counted).await?;
        }
    }
    Ok(())
}

/// From when on the person can join the list again online whose place is lost in this transaction.
pub(super) async fn after_loss(
    engine: &Engine,
    transaction: &Transaction,
    catalogue: &Catalogue,
    entry: &WaitingEntry,
) -> Result<Option<Timestamp>, AppError> {
    let booked = active_booking_in(transaction, entry.person, &entry.group).await?;
    let now = engine.now();
    let rule = Rejoin::of(catalogue, &entry.service, booked.is_some(), now);
    Ok(rule.and_then(|rule| rule.again_at(Some(now))))
}
