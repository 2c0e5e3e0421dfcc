//! What is booked goes with a change of the catalogue, in the transaction that puts it into force.
//!
//! Confirms go on meanwhile, by the catalogue before. They are shut out at last and for a moment
//! only; what they booked is looked for then and goes along too.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use catalogue::{Carried, Catalogue, Impact, Names, conflicts};
use ids::{BookingId, GroupId, LocationId, ReservationId};
use jiff::{SignedDuration, Timestamp, civil::Date};
use messaging::UnitOfWork;
use serde_json::json;

use crate::{
    app::{AppError, Engine, carry_holds::carry_holds_now, draws, events},
    domain::{Actor, BookedTexts, Booking},
    store::{
        Failure, Transaction,
        bookings::{self, BookingFilter},
        closings,
        draw_entries::offered,
        good_catalogue::{self, InForce},
        queries::BookedSince,
        reservations,
    },
};

/// Bookings that are read at once.
const BATCH: u64 = 500;
/// By so much the clocks of two processes may differ, and so long a confirm may be under way.
const CLOCKS: SignedDuration = SignedDuration::from_mins(1);

/// A change that nothing stands in the way of, as far as was known when it began.
pub(super) struct Change<'a> {
    pub(super) engine: &'a Engine,
    pub(super) before: &'a Catalogue,
    pub(super) after: &'a Arc<Catalogue>,
    /// As an admin wrote it.
    pub(super) text: &'a str,
    /// Since when the one before was in force.
    pub(super) since: Timestamp,
    /// When what is booked began to be read.
    pub(super) began: Timestamp,
}

/// Days on which bookings changed.
type Days = BTreeSet<(LocationId, Date)>;

/// Why a change was not carried out; nothing of it was.
pub(super) enum NotCarriedOut {
    /// What was reserved meanwhile stands in the way, one line each.
    InTheWay(String),
    /// Another process or a person was faster: try again.
    Overtaken(AppError),
    /// The database does not answer.
    Failed(AppError),
}

impl From<AppError> for NotCarriedOut {
    fn from(error: AppError) -> Self {
        Self::Failed(error)
    }
}

impl From<Failure> for NotCarriedOut {
    fn from(failure: Failure) -> Self {
        if failure.is_busy() {
            Self::Overtaken(failure.into())
        } else {
            Self::Failed(failure.into())
        }
    }
}

impl From<::store::StoreError> for NotCarriedOut {
    fn from(error: ::store::StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl Change<'_> {
    /// Rewrites what goes with the change, and tells the people whose place or service is called
    /// otherwise now. Then the catalogue is in force.
    pub(super) async fn carry_out(&self, impact: &Impact) -> Result<(), NotCarriedOut> {
        let moved_places = moved_places(self.before, self.after);
        let reopened = reopened(self.engine, self.after).await?;
        let mut days = Days::new();
        let mut unit = self.engine.begin().await?;
        let (db, now) = (unit.transaction(), self.engine.now());
        let since = good_catalogue::replace(db, self.since, self.text, now).await?;
        let since = since.ok_or(NotCarriedOut::Overtaken(AppError::CatalogueChanged))?;
        for (location, date) in &reopened {
            closings::reopen(unit.transaction(), location, *date).await?;
        }
        self.carry(&mut unit, &impact.carried, &mut days).await?;
        for location in &moved_places {
            self.readdress(&mut unit, location).await?;
        }
        good_catalogue::wait_for_confirms(unit.transaction()).await?;
        self.carry_what_was_added(&mut unit, &moved_places, &mut days).await?;
        let drawn = draws::in_the_way(unit.transaction(), self.after).await?;
        if !drawn.is_empty() {
            return Err(NotCarriedOut::InTheWay(drawn.join("\n")));
        }
        let in_force = InForce { text: self.text.to_owned(), since };
        unit.after_commit(come_into_force(self.engine, Arc::clone(self.after), in_force, days));
        Ok(unit.commit().await?)
    }

    async fn carry(
        &self,
        unit: &mut UnitOfWork<'_>,
        all: &[Carried],
        days: &mut Days,
    ) -> Result<(), NotCarriedOut> {
        for Carried { reserved, now } in all {
            let date = reserved.seat.date(&self.engine.berlin);
            days.insert((reserved.seat.location.clone(), date));
            days.insert((now.location.clone(), date));
            let id = BookingId::from_bits(reserved.id.to_bits());
            let booking = bookings::find(unit.transaction(), id).await?;
            let active = booking.filter(|booking| booking.status.is_active());
            let is_booked = active.is_some();
            if let Some(booking) = active {
                self.rename(unit, &booking, now).await?;
            }
            if now.location != reserved.seat.location {
                let db = unit.transaction();
                let renamed = reservations::rename_location(db, reserved.id, &now.location).await;
                renamed.map_err(|failure| clash(failure, is_booked.then_some(id)))?;
            }
            if let Some(group) = now.group.as_ref().filter(|_| now.group != reserved.group) {
                regroup_kept(unit.transaction(), reserved.id, group).await?;
            }
        }
        Ok(())
    }

    /// What was confirmed after it was read what is booked. No confirm runs from here on.
    async fn carry_what_was_added(
        &self,
        unit: &mut UnitOfWork<'_>,
        moved_places: &[LocationId],
        days: &mut Days,
    ) -> Result<(), NotCarriedOut> {
        let booked_since = BookedSince(self.began.saturating_sub(CLOCKS).unwrap_or(self.began));
        let added = booked_since.read(unit.transaction()).await?;
        let impact = conflicts(self.before, self.after, added.iter().cloned());
        if !impact.in_the_way.is_empty() {
            return Err(NotCarriedOut::InTheWay(impact.report()));
        }
        self.carry(unit, &impact.carried, days).await?;
        for reserved in &added {
            let id = BookingId::from_bits(reserved.id.to_bits());
            if let Some(booking) = bookings::find(unit.transaction(), id).await?
                && booking.status.is_active()
                && moved_places.contains(&booking.seat.location)
            {
                self.tell_address(unit, &booking).await?;
            }
        }
        Ok(())
    }

    /// Each person with an appointment at this location gets its new address, once, whichever
    /// process does it.
    async fn readdress(
        &self,
        unit: &mut UnitOfWork<'_>,
        location: &LocationId,
    ) -> Result<(), NotCarriedOut> {
        let mut cursor = None;
        loop {
            let filter = BookingFilter::default()
                .at(location.clone())
                .in_status([booking::state::BookingStatus::Confirmed])
                .ending_after(self.engine.now())
                .after(cursor);
            let found = bookings::list(unit.transaction(), &filter, BATCH).await?;
            let Some(last) = found.last() else { return Ok(()) };
            cursor = Some(bookings::Cursor::after(last));
            for booking in &found {
                self.tell_address(unit, booking).await?;
            }
        }
    }

    /// People who have it already get no message.
    async fn tell_address(
        &self,
        unit: &mut UnitOfWork<'_>,
        booking: &Booking,
    ) -> Result<(), NotCarriedOut> {
        let location = &booking.seat.location;
        let address = self.after.location(location).map(|location| &location.address);
        if booking.texts.address.as_ref() == address {
            return Ok(());
        }
        let now = Names {
            location: location.clone(),
            services: booking.services.clone(),
            group: Some(booking.group.clone()),
        };
        self.rename(unit, booking, &now).await
    }

    /// Puts the present names into a booking, and tells the person if they see a difference.
    async fn rename(
        &self,
        unit: &mut UnitOfWork<'_>,
        booking: &Booking,
        now: &Names,
    ) -> Result<(), NotCarriedOut> {
        let Self { engine, after, .. } = self;
        let texts = BookedTexts::of(after, &now.location, &now.services);
        let mut seat = booking.seat.clone();
        seat.location = now.location.clone();
        let renamed = Booking {
            seat,
            services: now.services.clone(),
            group: now.group.clone().unwrap_or_else(|| booking.group.clone()),
            sequence: booking.sequence.saturating_add(1),
            changed_at: engine.now(),
            texts,
            ..booking.clone()
        };
        let done = bookings::rename(unit.transaction(), booking, &renamed).await;
        if !done.map_err(|failure| clash(failure, Some(booking.id)))? {
            // Something happened to it since it was read.
            return Err(NotCarriedOut::Overtaken(AppError::BookingNotActive(booking.status)));
        }
        let details = json!({
            "location": { "from": booking.seat.location, "to": renamed.seat.location },
            "services": { "from": booking.services, "to": renamed.services },
            "group": { "from": booking.group, "to": renamed.group },
        });
        let action = "booking.renamed";
        engine.record(unit, &Actor::System, action, booking.id, details).await?;
        if booking.texts != renamed.texts {
            let event = events::changed(engine, after, &renamed);
            unit.publish(&event).await?;
        }
        Ok(())
    }
}

/// After the commit: what is held goes along before this process decides by the catalogue, and the
/// days of what was rewritten are compared with the database.
async fn come_into_force(engine: &Engine, new: Arc<Catalogue>, in_force: InForce, days: Days) {
    carry_holds_now(engine, &new).await;
    engine.catalogue.store(new);
    engine.catalogue_state.in_force(&in_force, engine.now());
    for (location, date) in days {
        engine.repairs.day(location, date);
    }
}

/// Days that were closed at the desk and that the catalogue opens again.
async fn reopened(engine: &Engine, after: &Catalogue) -> Result<Vec<(LocationId, Date)>, AppError> {
    let today = engine.local_date(engine.now());
    let closed = closings::since(engine.database.connection(), today).await?;
    let opens = |(location, date): &(LocationId, Date)| {
        after.day_plan(location, *date).is_some_and(|plan| !plan.is_closed())
    };
    Ok(closed.into_iter().filter(opens).collect())
}

/// A seat that is kept for a winner, and the appointment that it becomes, are of this group now.
async fn regroup_kept(
    db: &Transaction,
    seat: ReservationId,
    group: &GroupId,
) -> Result<(), NotCarriedOut> {
    if offered::regroup(db, seat, group).await? {
        let regrouped = reservations::regroup(db, seat, group).await;
        regrouped.map_err(|failure| clash(failure, None))?;
    }
    Ok(())
}

/// A failed rename says what it met.
fn clash(failure: Failure, booking: Option<BookingId>) -> NotCarriedOut {
    if failure.unique_index().is_none() && !failure.is_overlap() {
        return failure.into();
    }
    NotCarriedOut::InTheWay(match booking {
        Some(booking) => format!(
            "in the way: booking {booking} would be the second one of its person in a group, or the \
             second one at its desk; cancel or move one of the two at the front desk"
        ),
        // Its booking was cancelled: nothing can be done about it.
        None => "in the way: a seat that was given up or closed would share its desk with another \
            one; it is tried again by itself"
            .to_owned(),
    })
}

/// Locations whose address changed.
fn moved_places(before: &Catalogue, after: &Catalogue) -> Vec<LocationId> {
    let addresses: BTreeMap<_, _> =
        before.locations().map(|(id, location)| (id, &location.address)).collect();
    let moved = after.locations().filter(|(id, location)| {
        addresses.get(id).is_some_and(|address| **address != location.address)
    });
    moved.map(|(id, _)| id.clone()).collect()
}
