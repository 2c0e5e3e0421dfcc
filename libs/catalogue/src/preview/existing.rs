//! Bookings that exist already, and which desks they take.
//!
//! From a file that an admin exported or wrote by hand, to see how full a new catalogue would
//! be. Bookings of another system need not fit the new hours: so each is given the place that
//! comes nearest.

use std::borrow::Cow;

use booking::{Span, capacity::DayOccupancy};
use calendar::{DEFAULT_SLOT_MINUTES, DayPlan, Desk, DeskSet, Session};
use ids::ServiceId;
use jiff::{Timestamp, civil::DateTime};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A booking that exists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Existing {
    /// When it starts: RFC 3339 with offset, or local time without.
    ///
    /// A local time is one of Europe/Berlin; one that occurs twice in October is the first.
    #[serde(deserialize_with = "instant")]
    pub start: Timestamp,
    /// How many slots it takes.
    ///
    /// At least 1, companions included. Default: 1; does not count if `minutes` are given.
    #[serde(default = "one", deserialize_with = "at_least_one")]
    pub slots: u16,
    /// How long it takes, whatever slots the rules have, as `fairtermin bookings export` writes it.
    ///
    /// At least 1.
    #[serde(default, deserialize_with = "some_minutes")]
    pub minutes: Option<u16>,
    /// Its desk as people count, from 1. Default: the lowest free one that does the service.
    #[serde(default, deserialize_with = "desk")]
    pub desk: Option<Desk>,
    /// What the person comes for, if it matters whether a change still offers it.
    ///
    /// Plays no part in a preview.
    #[serde(default)]
    pub services: Vec<ServiceId>,
}

/// A text that is not a list of bookings.
///
/// The text names the place in the list and shows a whole example.
#[derive(Debug, thiserror::Error)]
#[error(
    "{source_name}: {path}: {reason}; write [{{\"start\": \"2027-01-04T08:00:00+01:00\", \"slots\": 2, \"desk\": 1, \"services\": [\"reisepass\"]}}], `minutes` may stand for `slots`, `desk` and `services` are optional"
)]
pub struct InvalidBookings {
    source_name: String,
    path: String,
    reason: String,
}

/// Reads a JSON list of bookings. `source_name` is what messages call the text.
///
/// # Errors
/// It is not JSON, or not such a list.
///
/// The case: an unknown field, a time that cannot be read, 0 slots, a desk beyond 64, or text
/// behind the list.
pub fn parse_bookings(source_name: &str, json: &str) -> Result<Vec<Existing>, InvalidBookings> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let invalid = |path: String, reason: String| InvalidBookings {
        source_name: source_name.to_owned(),
        path,
        reason,
    };
    let bookings = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| invalid(error.path().to_string(), error.inner().to_string()))?;
    reader.end().map_err(|error| invalid(".".to_owned(), error.to_string()))?;
    Ok(bookings)
}

/// An offset decides; a time without one is Berlin's.
fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = Cow::<'de, str>::deserialize(deserializer)?;
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let local = text.parse::<DateTime>().ok();
    local.and_then(|local| ambient::berlin().to_timestamp(local).ok()).ok_or_else(|| {
        D::Error::custom(format!("`{text}` is not a time such as 2027-01-04T08:00:00+01:00"))
    })
}

fn at_least_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    match u16::deserialize(deserializer)? {
        0 => Err(D::Error::custom("a booking takes at least 1 slot")),
        slots => Ok(slots),
    }
}

/// serde asks for a function.
const fn one() -> u16 {
    1
}

fn some_minutes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    match Option::<u16>::deserialize(deserializer)? {
        Some(0) => Err(D::Error::custom("a booking takes at least 1 minute")),
        minutes => Ok(minutes),
    }
}

/// From 1, as on the sign.
fn desk<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Desk>, D::Error> {
    let Some(number) = Option::<u8>::deserialize(deserializer)? else { return Ok(None) };
    let desk = Desk::from_number(number);
    desk.map(Some).ok_or_else(|| D::Error::custom("desks are numbered 1 to 64"))
}

/// What `bookings` take of a day: each with its minutes and its desk. Those that name their desk
/// come first, the others in order of their start, each at the lowest free desk: of those that
/// `skilled` says and the public uses, else of those that staff use, else of all. A booking that
/// finds no desk takes nothing.
///
/// The length of a slot is that of the session in which the booking starts; outside all sessions
/// it is ZMS's default.
pub(crate) fn seated<'a>(
    plan: &DayPlan,
    skilled: impl Fn(&Existing) -> DeskSet,
    bookings: &'a [Existing],
) -> Vec<(&'a Existing, Span, Desk)> {
    let mut occupancy = DayOccupancy::default();
    let mut seated = Vec::new();
    let start_of = |booking| Some((start_minute(plan, booking)?, booking));
    let mut of_day: Vec<(u16, &Existing)> = bookings.iter().filter_map(start_of).collect();
    of_day.sort_by_key(|(start, booking)| (booking.desk.is_none(), *start));
    for (start, booking) in of_day {
        let place = match booking.desk {
            Some(desk) => Some((desk, minutes_at(plan, start, booking, desk))),
            None => lowest_free(plan, start, booking, skilled(booking), &occupancy),
        };
        if let Some((desk, minutes)) = place {
            let span = within_day(plan, start, minutes);
            occupancy.take(span, desk);
            seated.push((booking, span, desk));
        }
    }
    seated
}

/// Elapsed minutes since local midnight; `None` if it starts on another day.
fn start_minute(plan: &DayPlan, booking: &Existing) -> Option<u16> {
    if booking.start < plan.starts_at || booking.start >= plan.time_of(plan.units) {
        return None;
    }
    u16::try_from(booking.start.duration_since(plan.starts_at).as_mins()).ok()
}

/// Cut off at midnight.
fn within_day(plan: &DayPlan, start: u16, minutes: u16) -> Span {
    let end_of_day = plan.units * plan.grid.minutes();
    Span { from: start, until: start.saturating_add(minutes).min(end_of_day) }
}

/// Those that are open at the minute, for whomever.
fn sessions_at(plan: &DayPlan, minute: u16) -> impl Iterator<Item = &Session> + Clone {
    let unit = minute / plan.grid.minutes();
    plan.sessions.iter().filter(move |session| (session.from..session.until).contains(&unit))
}

fn visit_minutes(plan: &DayPlan, session: &Session, booking: &Existing) -> u16 {
    let by_slots = || session.visit_units(booking.slots).saturating_mul(plan.grid.minutes());
    booking.minutes.unwrap_or_else(by_slots)
}

/// By the session that has the desk, else by any that is open then.
fn minutes_at(plan: &DayPlan, start: u16, booking: &Existing, desk: Desk) -> u16 {
    let mut sessions = sessions_at(plan, start);
    let own = sessions.clone().find(|session| session.staff.contains(desk));
    own.or_else(|| sessions.next()).map_or_else(
        || booking.minutes.unwrap_or(DEFAULT_SLOT_MINUTES.saturating_mul(booking.slots)),
        |session| visit_minutes(plan, session, booking),
    )
}

/// The desk and the minutes that the booking takes at it.
fn lowest_free(
    plan: &DayPlan,
    start: u16,
    booking: &Existing,
    skilled: DeskSet,
    occupancy: &DayOccupancy,
) -> Option<(Desk, u16)> {
    let find = |desks: &dyn Fn(&Session) -> DeskSet| {
        sessions_at(plan, start).find_map(|session| {
            let minutes = visit_minutes(plan, session, booking);
            let taken = occupancy.taken(within_day(plan, start, minutes));
            Some((desks(session).without(taken).lowest()?, minutes))
        })
    };
    find(&|session| session.public.intersection(skilled))
        .or_else(|| find(&|session| session.staff.intersection(skilled)))
        .or_else(|| find(&|session| session.staff))
}
