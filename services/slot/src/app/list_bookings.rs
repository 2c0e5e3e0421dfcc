//! Lists bookings within the reader's permissions.

use auth::Reach;
use booking::{TrustLevel, state::BookingStatus};
use ids::{BookingCode, BookingId, HoldId, LocationId, Pseudonym, StaffId};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde_json::json;

use super::{
    AppError, Engine, ListPage, ListPart,
    required_level::{require_level, required_level},
};
use crate::{
    domain::{Actor, Booking},
    person_data::Visitor,
    store::{
        audit,
        bookings::{self, BookingFilter, Cursor},
    },
};

/// Most bookings of one person in one answer: more than anybody makes in the days that are listed.
const LIMIT: u64 = 500;
/// For how long a person's past bookings are listed.
const PAST: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Within this time looking again is the same reading.
const ONE_READING: SignedDuration = SignedDuration::from_hours(1);

/// A reader of bookings, with their permission.
#[derive(Debug, Clone)]
pub enum Reader {
    /// Their own, as far as they logged in surely enough.
    Citizen(Actor, Pseudonym, TrustLevel),
    /// Those at their locations.
    Staff(Actor, Reach),
}

impl Reader {
    /// A person, or an agency that acts for them.
    pub fn citizen(actor: Actor, person: Pseudonym, level: TrustLevel) -> Self {
        Self::Citizen(actor, person, level)
    }

    /// A member of staff.
    pub fn staff(id: StaffId, reach: Reach) -> Self {
        Self::Staff(Actor::Staff(id), reach)
    }

    /// The actor for the audit log.
    pub fn actor(&self) -> &Actor {
        match self {
            Self::Citizen(actor, ..) | Self::Staff(actor, _) => actor,
        }
    }

    /// Whether they may see this booking.
    pub fn sees(&self, booking: &Booking) -> bool {
        match self {
            Self::Citizen(_, person, _) => booking.person == *person,
            Self::Staff(_, reach) => reach.covers(&booking.seat.location),
        }
    }

    /// One booking.
    ///
    /// # Errors
    /// There is none that they may see, or the person must log in more surely for it.
    pub async fn find(&self, engine: &Engine, id: BookingId) -> Result<Booking, AppError> {
        let booking = bookings::find(engine.database.connection(), id)
            .await?
            .filter(|booking| self.sees(booking))
            .ok_or(AppError::BookingNotFound)?;
        if let Self::Citizen(_, _, level) = self {
            require_level(engine, &booking, *level)?;
        }
        Ok(booking)
    }

    /// The booking that a hold became, if they may see one.
    ///
    /// # Errors
    /// The person must log in more surely for it.
    pub async fn find_by_hold(
        &self,
        engine: &Engine,
        hold: HoldId,
    ) -> Result<Option<Booking>, AppError> {
        let booking = bookings::find_by_hold(engine.database.connection(), hold).await?;
        let booking = booking.filter(|booking| self.sees(booking));
        if let (Self::Citizen(_, _, level), Some(booking)) = (self, &booking) {
            require_level(engine, booking, *level)?;
        }
        Ok(booking)
    }
}

/// A person's own bookings.
#[derive(Debug)]
pub struct OwnBookings {
    /// Those that this log-in shows, earliest appointment first; past ones for a while.
    pub shown: Vec<Booking>,
    /// The level of log-in that shows all of them, if this one does not.
    pub all_from: Option<TrustLevel>,
}

/// What a person has, as far as a log-in of this level shows it.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(
    engine: &Engine,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<OwnBookings, AppError> {
    let since = engine.now().saturating_sub(PAST).unwrap_or(Timestamp::MIN);
    let filter = BookingFilter::default().of(person).ending_after(since);
    let all = bookings::list(engine.database.connection(), &filter, LIMIT).await?;
    let all_from = all.iter().map(|booking| required_level(engine, booking)).max();
    let all_from = all_from.filter(|required| *required > level);
    let shown = all.into_iter().filter(|booking| required_level(engine, booking) <= level);
    Ok(OwnBookings { shown: shown.collect(), all_from })
}

/// A booking as the desk sees it, with the attendee.
#[derive(Debug)]
pub struct DeskBooking {
    /// The booking.
    pub booking: Booking,
    /// The attendee, to compare with the document.
    pub visitor: Visitor,
}

/// How the desk looks for bookings.
#[derive(Debug, Clone)]
pub enum DeskSearch {
    /// By the code that the person says.
    Code(BookingCode),
    /// Those of one day at one location that were not given up.
    Day(LocationId, Date),
}

/// Bookings for the desk, by start.
///
/// # Errors
/// The location is unknown; the database does not answer; a name cannot be decrypted.
pub async fn at_desk(
    engine: &Engine,
    reader: &Reader,
    search: DeskSearch,
    page: ListPage<BookingId>,
) -> Result<ListPart<DeskBooking, BookingId>, AppError> {
    let filter = match &search {
        DeskSearch::Code(code) => BookingFilter::default().with_code(*code),
        DeskSearch::Day(location, date) => {
            let open = BookingStatus::ALL.into_iter().filter(|status| status.keeps_seat());
            BookingFilter::default().on(location.clone(), *date).in_status(open)
        }
    };
    let filter = filter.after(page.after);
    let found = bookings::list(engine.database.connection(), &filter, page.limit()).await?;
    if let DeskSearch::Day(location, _) = &search
        && found.is_empty()
    {
        // A place that the catalogue has no longer may still have appointments.
        engine.know(location)?;
    }
    let ListPart { entries: mut found, next } = page.part(found, Cursor::after);
    found.retain(|booking| reader.sees(booking));
    note_reading(engine, reader, &search, &found).await?;
    let entries: Result<_, AppError> = found
        .into_iter()
        .map(|booking| {
            let visitor = engine
                .person_data
                .open(&booking.attendee, booking.hold)
                .map_err(|error| AppError::Internal(error.into()))?;
            Ok(DeskBooking { booking, visitor })
        })
        .collect();
    Ok(ListPart { entries: entries?, next })
}

/// Notes who looked at whose booking, so that the person can see it: once an hour for the same.
async fn note_reading(
    engine: &Engine,
    reader: &Reader,
    search: &DeskSearch,
    found: &[Booking],
) -> Result<(), AppError> {
    let read: Vec<String> = match search {
        DeskSearch::Code(_) => found.iter().map(|booking| booking.id.to_string()).collect(),
        DeskSearch::Day(location, date) => vec![format!("{location} {date}")],
    };
    let action = match search {
        DeskSearch::Code(_) => "booking.read",
        DeskSearch::Day(..) => "bookings.read_day",
    };
    let (db, actor) = (engine.database.connection(), reader.actor().to_string());
    let since = engine.now().saturating_sub(ONE_READING).unwrap_or(Timestamp::MIN);
    for subject in read {
        if !audit::has_since(db, (actor.as_str(), action, subject.as_str()), since).await? {
            let entry = engine.audit(reader.actor(), action, subject, json!({}));
            audit::insert(db, [&entry]).await?;
        }
    }
    Ok(())
}
