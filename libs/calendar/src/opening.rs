//! Everything that decides when one location is open.

use jiff::{ToSpan, civil::Date};

use crate::{
    Bookable, Closure, DayPlan, DeskCounts, DeskSet, Exception, Grid, Hours, OpeningRule, Session,
    holidays::is_berlin_holiday, hours::Span, wall_time,
};

/// Everything that decides when one location is open (ZMS: the availabilities, closures and days
/// off of one *scope*).
///
/// A day is decided in this order, the first that speaks wins:
///
/// 1. a closure: nothing is open;
/// 2. exceptions for this date: they hold, and nothing else does;
/// 3. a public holiday: nothing is open;
/// 4. the weekly rules.
#[derive(Debug, Clone)]
pub struct Opening<'a> {
    /// The location's grid.
    pub grid: Grid,
    /// The location's desks.
    pub desks: DeskSet,
    /// Booking window of rules that state none.
    pub bookable: Bookable,
    /// Whether Berlin's public holidays are closed.
    pub holidays: bool,
    /// The weekly rules.
    pub rules: Vec<&'a OpeningRule>,
    /// Special days.
    pub exceptions: Vec<&'a Exception>,
    /// Closed days.
    pub closures: Vec<&'a Closure>,
}

/// The part that weekly rules and exceptions share.
struct Offer<'a> {
    hours: &'a Hours,
    slot_minutes: u16,
    multiple_slots: bool,
    desks: &'a DeskCounts,
    bookable: Option<Bookable>,
}

impl Opening<'_> {
    /// What is offered on `date`.
    #[must_use]
    pub fn day_plan(&self, date: Date) -> DayPlan {
        let starts_at = wall_time::instant(date, 0);
        let next = wall_time::instant(date.saturating_add(1.day()), 0);
        let mut plan = DayPlan { date, starts_at, grid: self.grid, units: 0, sessions: vec![] };
        plan.units = self.units_between(starts_at, next);
        let mut sessions: Vec<Session> =
            self.offers(date).iter().flat_map(|offer| self.sessions(&plan, offer)).collect();
        sessions.sort_by_key(|session| (session.from, session.until, session.staff.bits()));
        plan.sessions = sessions;
        plan
    }

    /// Whether a closure or a public holiday keeps the weekly rules from opening on `date`.
    #[must_use]
    pub fn is_closed_on(&self, date: Date) -> bool {
        self.closures.iter().any(|closure| closure.covers(date))
            || (self.holidays && is_berlin_holiday(date))
    }

    fn offers(&self, date: Date) -> Vec<Offer<'_>> {
        if self.closures.iter().any(|closure| closure.covers(date)) {
            return vec![];
        }
        let special: Vec<Offer<'_>> = self
            .exceptions
            .iter()
            .filter(|exception| exception.dates.contains(&date))
            .map(|exception| Offer::of_exception(exception))
            .collect();
        if !special.is_empty() {
            return special;
        }
        if self.holidays && is_berlin_holiday(date) {
            return vec![];
        }
        self.rules.iter().filter_map(|rule| Offer::of_rule(rule, date)).collect()
    }

    fn sessions(&self, plan: &DayPlan, offer: &Offer<'_>) -> Vec<Session> {
        let slot_units = (offer.slot_minutes / self.grid.minutes()).max(1);
        let [public, phone, staff] = offer.desks.sets(self.desks);
        let bookable = offer.bookable.unwrap_or(self.bookable);
        let first = offer.hours.spans().first().map_or(0, |span| span.from_minute());
        let session = |span: &Span| Session {
            from: self.unit_from(plan, span.from_minute()),
            until: self.unit_until(plan, span.until_minute()),
            slot_units,
            multiple_slots: offer.multiple_slots,
            public,
            phone,
            staff,
            window: bookable.window(plan.date, first),
        };
        let is_open = |session: &Session| session.from < session.until && !session.staff.is_empty();
        offer.hours.spans().iter().map(session).filter(is_open).collect()
    }

    /// The first whole unit from a wall time on.
    fn unit_from(&self, plan: &DayPlan, minute: u16) -> u16 {
        let instant = wall_time::instant(plan.date, minute);
        let units = self.units_between(plan.starts_at, instant);
        if plan.time_of(units) < instant { units + 1 } else { units }
    }

    /// The first unit that does not end by a wall time.
    fn unit_until(&self, plan: &DayPlan, minute: u16) -> u16 {
        self.units_between(plan.starts_at, wall_time::instant(plan.date, minute))
    }

    fn units_between(&self, from: jiff::Timestamp, until: jiff::Timestamp) -> u16 {
        let units = until.duration_since(from).as_secs() / self.grid.seconds();
        u16::try_from(units).unwrap_or(0)
    }
}

impl<'a> Offer<'a> {
    fn of_rule(rule: &'a OpeningRule, date: Date) -> Option<Self> {
        Some(Self {
            hours: rule.hours_on(date)?,
            slot_minutes: rule.slot_minutes,
            multiple_slots: rule.multiple_slots,
            desks: &rule.desks,
            bookable: rule.bookable,
        })
    }

    fn of_exception(exception: &'a Exception) -> Self {
        Self {
            hours: &exception.hours,
            slot_minutes: exception.slot_minutes,
            multiple_slots: exception.multiple_slots,
            desks: &exception.desks,
            bookable: exception.bookable,
        }
    }
}
