//! When somebody who lost their place by offers can join the list again online: else who joins again at once would
//! get the next offer of a quiet list.

use catalogue::{Catalogue, WaitingList};
use ids::ServiceId;
use jiff::{SignedDuration, Timestamp};

use super::terms;
use crate::{
    app::{AppError, Engine, seat_request::active_booking_in},
    domain::waiting::WaitingEntry,
    store::Transaction,
};

/// What keeps a person out of a list.
pub(super) struct Rejoin<'a> {
    /// What the service is called now, and was before.
    pub(super) names: Vec<&'a ServiceId>,
    /// A place that was lost before does not count.
    pub(super) since: Timestamp,
    list: WaitingList,
    now: Timestamp,
}

impl<'a> Rejoin<'a> {
    /// The rule of a service; `None` if it keeps nobody out. The only date of an application on file cannot be
    /// lost: `is_booked` says that the person has an appointment of the group already.
    pub(super) fn of(
        catalogue: &'a Catalogue,
        id: &'a ServiceId,
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
        Some(Self { names: service.formerly.iter().chain([id]).collect(), since, list, now })
    }

    /// From when on they can join again who lost a place at `lost`; `None` if they can now.
    pub(super) fn again_at(&self, lost: Option<Timestamp>) -> Option<Timestamp> {
        lost.map(|lost| self.list.rejoin_from(lost)).filter(|again_at| self.now < *again_at)
    }
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
