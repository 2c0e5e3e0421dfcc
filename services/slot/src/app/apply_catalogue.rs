//! An admin changes what the authority offers.
//!
//! What is booked is time at a desk and stays that, whatever the new catalogue says. A change that
//! would take a booking's desk, location, service or group away is carried out for the bookings in
//! one transaction where the catalogue says how (`formerly`, `formerGroup`, `keepsBookings`), and
//! is refused otherwise, with the list of what stands in the way.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, mpsc},
};

use catalogue::{Carried, Catalogue, Impact, Names, conflicts};
use ids::{BookingId, LocationId};
use jiff::civil::Date;
use messaging::Outbox;
use serde_json::json;

use super::{AppError, Engine, events};
use crate::store::{
    Failure, Transaction,
    audit::{self, Actor},
    bookings::{self, BookedTexts, Booking, BookingFilter},
    closings, good_catalogue,
    queries::{Occupancy, ReservedOn},
    reservations,
};

/// Bookings that are read at once.
const BATCH: u64 = 500;

/// Puts `text`, read from `name`, into force and tells what that did to bookings, or says why not.
pub async fn apply_catalogue(engine: &Engine, name: &str, text: &str) -> Result<String, String> {
    let before = engine.catalogue();
    let applied = match acceptable(&before, name, text) {
        Ok(new) => put_into_force(engine, before, new, name, text).await,
        Err(mistakes) => Err(mistakes),
    };
    match &applied {
        Ok(report) => {
            engine.catalogue_state.in_force(text, engine.now());
            engine.catalogue_state.affects(report.clone());
            tracing::info!(
                report,
                "the changed catalogue is in force; the report names affected bookings"
            );
        }
        Err(mistakes) => {
            engine.catalogue_state.refused(mistakes, engine.now());
            tracing::error!(
                error = mistakes,
                "the changed catalogue is refused; the last good one stays in force"
            );
        }
    }
    applied.map(|report| {
        let parts = ["It is in force."].into_iter().chain(report.as_deref());
        parts.collect::<Vec<_>>().join(" ")
    })
}

/// The catalogue in `text`, if `present` may become that one.
fn acceptable(present: &Catalogue, name: &str, text: &str) -> Result<Catalogue, String> {
    let new = Catalogue::parse(name, text).map_err(|error| error.to_string())?;
    if new.authority.id == present.authority.id {
        return Ok(new);
    }
    Err(format!("{name}: catalogue.authority.id: this service is of another authority"))
}

/// What it does to bookings, if anything, or why it must not be.
async fn put_into_force(
    engine: &Engine,
    before: Arc<Catalogue>,
    new: Catalogue,
    name: &str,
    text: &str,
) -> Result<Option<String>, String> {
    let new = Arc::new(new);
    let failed = |error: AppError| {
        tracing::warn!(%error, cause = ?error, "cannot compute affected bookings; the changed catalogue is not in force, tried again");
        format!("{name}: catalogue: the bookings cannot be read now; it is tried again")
    };
    let kept = good_catalogue::find(engine.database.connection()).await;
    if kept.map_err(|error| failed(error.into()))?.as_deref() == Some(text) {
        // Another process, or this one before, decided about it and carried it out.
        engine.catalogue.store(new);
        return Ok(None);
    }
    let impact = impact(engine, &before, &new).await.map_err(failed)?;
    if !impact.in_the_way.is_empty() {
        let lines: Vec<_> = impact.report().lines().map(|line| format!("{name}: {line}")).collect();
        return Err(lines.join("\n"));
    }
    let days = match carry_out(engine, &before, &new, &impact, text).await {
        Ok(days) => days,
        Err(NotCarriedOut::Clash(booking)) => {
            return Err(format!(
                "{name}: in the way: booking {booking} would be the second one of its person in a \
                 group, or the second one at its desk; cancel or move one of the two at the front desk"
            ));
        }
        Err(NotCarriedOut::Failed(error)) => return Err(failed(error)),
    };
    engine.catalogue.store(new);
    engine.wake.wake();
    for (location, date) in days {
        engine.repairs.day(location, date);
    }
    let report = impact.report();
    let report = report.trim();
    Ok((!report.is_empty()).then(|| report.replace('\n', "; ")))
}

/// What the change does to everything reserved from today on. Read day by day, and compared by a
/// thread of its own, so that it takes neither memory nor the time of request threads.
async fn impact(
    engine: &Engine,
    before: &Arc<Catalogue>,
    after: &Arc<Catalogue>,
) -> Result<Impact, AppError> {
    let (sender, reserved) = mpsc::sync_channel(1);
    let (before, after) = (Arc::clone(before), Arc::clone(after));
    let compared = tokio::task::spawn_blocking(move || {
        conflicts(&before, &after, reserved.into_iter().flatten())
    });
    let db = engine.database.connection();
    let mut next = Some(engine.local_date(engine.now()));
    while let Some(date) = next {
        let day = ReservedOn(date).read(db).await?;
        // The thread reads them as fast as they come; a full channel waits for it.
        let sender = sender.clone();
        let sent = tokio::task::spawn_blocking(move || sender.send(day)).await;
        if !matches!(sent, Ok(Ok(()))) {
            break;
        }
        next = Occupancy::next_date(db, date).await?;
    }
    drop(sender);
    compared.await.map_err(|panicked| AppError::Internal(panicked.into()))
}

/// Rewrites what goes with the change, in one transaction, and publishes an event for each booking
/// with another name of place or service. Returns the days to reconcile.
async fn carry_out(
    engine: &Engine,
    before: &Catalogue,
    after: &Catalogue,
    impact: &Impact,
    text: &str,
) -> Result<BTreeSet<(LocationId, Date)>, NotCarriedOut> {
    let mut days = BTreeSet::new();
    let moved_places = moved_places(before, after);
    let reopened = reopened(engine, after).await?;
    let transaction = engine.database.begin().await?;
    good_catalogue::keep(&transaction, text, engine.now()).await?;
    for (location, date) in &reopened {
        closings::reopen(&transaction, location, *date).await?;
    }
    for Carried { reserved, now } in &impact.carried {
        let date = reserved.seat.date(&engine.berlin);
        days.insert((reserved.seat.location.clone(), date));
        days.insert((now.location.clone(), date));
        let id = BookingId::from_bits(reserved.id.to_bits());
        if let Some(booking) = bookings::find(&transaction, id).await?
            && booking.status.is_active()
        {
            rename(engine, &transaction, after, &booking, now).await?;
        }
        if now.location != reserved.seat.location {
            let renamed =
                reservations::rename_location(&transaction, reserved.id, &now.location).await;
            renamed.map_err(|failure| clash(failure, id))?;
        }
    }
    for location in moved_places {
        readdress(engine, &transaction, after, &location).await?;
    }
    transaction.commit().await.map_err(Failure::from)?;
    Ok(days)
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

/// Why a change was not carried out; nothing of it was.
enum NotCarriedOut {
    /// This booking would stand in the way of another one.
    Clash(BookingId),
    /// The database does not answer, or the booking changed meanwhile.
    Failed(AppError),
}

impl<E: Into<AppError>> From<E> for NotCarriedOut {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

fn clash(failure: Failure, booking: BookingId) -> NotCarriedOut {
    if failure.unique_index().is_some() || failure.is_overlap() {
        NotCarriedOut::Clash(booking)
    } else {
        failure.into()
    }
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

/// Publishes the new address for each booking at this location, once, whichever process does it:
/// bookings with the new address are skipped.
async fn readdress(
    engine: &Engine,
    transaction: &Transaction,
    after: &Catalogue,
    location: &LocationId,
) -> Result<(), NotCarriedOut> {
    let mut cursor = None;
    loop {
        let filter = BookingFilter::default()
            .at(location.clone())
            .in_status([booking::state::BookingStatus::Confirmed])
            .ending_after(engine.now())
            .after(cursor);
        let found = bookings::list(transaction, &filter, BATCH).await?;
        let Some(last) = found.last() else { return Ok(()) };
        cursor = Some(bookings::Cursor::after(last));
        for booking in &found {
            let address = after.location(location).map(|location| &location.address);
            if booking.texts.address.as_ref() != address {
                let now = Names {
                    location: location.clone(),
                    services: booking.services.clone(),
                    group: Some(booking.group.clone()),
                };
                rename(engine, transaction, after, booking, &now).await?;
            }
        }
    }
}

/// Puts the present names into a booking, and tells the person if they see a difference.
async fn rename(
    engine: &Engine,
    transaction: &Transaction,
    after: &Catalogue,
    booking: &Booking,
    now: &Names,
) -> Result<(), NotCarriedOut> {
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
    let done = bookings::rename(transaction, booking, &renamed).await;
    if !done.map_err(|failure| clash(failure, booking.id))? {
        return Err(AppError::BookingNotActive(booking.status).into());
    }
    let details = json!({
        "location": { "from": booking.seat.location, "to": renamed.seat.location },
        "services": { "from": booking.services, "to": renamed.services },
        "group": { "from": booking.group, "to": renamed.group },
    });
    let entry = engine.audit(&Actor::System, "booking.renamed", booking.id, details);
    audit::insert(transaction, [&entry]).await?;
    if booking.texts != renamed.texts {
        let event = events::changed(engine, after, &renamed);
        Outbox::enqueue(transaction, &event).await?;
    }
    Ok(())
}
