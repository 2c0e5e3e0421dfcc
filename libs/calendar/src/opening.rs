//! Everything that decides when one location is open.
//!
//! The one place that knows what wins over what. It borrows from the catalogue and is made anew
//! for each question; nothing is cached here (the slot service keeps the plans of the days it
//! needs).

use jiff::{ToSpan, civil::Date};

use crate::{
    Bookable, ClosedTimes, Closure, DayPlan, DeskCounts, DeskSet, Exception, FederalState, Grid,
    Hours, OpeningRule, OwnBookable, Session,
    closed_time::{ClosedUnits, cut},
    hours::Span,
    wall_time,
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
///
/// Two rules that hold on the same day both open: rules add up. An admin who wants one to
/// replace another ends the first with `validTo`.
///
/// From what is open, closed time of single desks is cut out at last.
#[derive(Debug, Clone)]
pub struct Opening<'a> {
    /// The location's grid.
    pub grid: Grid,
    /// The location's desks.
    ///
    /// Counts and numbers of rules are cut to these.
    pub desks: DeskSet,
    /// Booking window of rules, for each field that they do not state.
    pub bookable: Bookable,
    /// The state whose public holidays are closed.
    ///
    /// Without one, a holiday is an ordinary day and the weekly rules hold.
    pub holidays: Option<FederalState>,
    /// The weekly rules.
    pub rules: Vec<&'a OpeningRule>,
    /// Special days.
    pub exceptions: Vec<&'a Exception>,
    /// Closed days.
    ///
    /// Those of the location and those of the whole authority; they do not differ here.
    pub closures: Vec<&'a Closure>,
    /// Time at single desks that is taken elsewhere, if there is any.
    pub closed_times: Option<&'a ClosedTimes>,
}

/// The part that weekly rules and exceptions share.
struct Offer<'a> {
    hours: &'a Hours,
    slot_minutes: u16,
    multiple_slots: bool,
    desks: &'a DeskCounts,
    bookable: Option<OwnBookable>,
}

impl Opening<'_> {
    /// What is offered on `date`.
    ///
    /// Works for any day, past or future; rules decide by their dates alone. The plan of a
    /// closed day has its units and no session, so that a booking which stays on it has its
    /// place.
    ///
    /// At a clock change the day has 23 or 25 hours of units, and sessions across the change
    /// are shorter or longer; a session that lies within the missing hour does not come to be.
    #[must_use]
    pub fn day_plan(&self, date: Date) -> DayPlan {
        let starts_at = wall_time::instant(date, 0);
        let next = wall_time::instant(date.saturating_add(1.day()), 0);
        let mut plan = DayPlan { date, starts_at, grid: self.grid, units: 0, sessions: vec![] };
        plan.units = self.units_between(starts_at, next);
        let closed = self.closed_units(&plan);
        let offers = self.offers(date);
        let sessions = offers.iter().flat_map(|offer| self.sessions(&plan, offer));
        let mut sessions: Vec<Session> =
            sessions.flat_map(|session| cut(session, &closed)).collect();
        sessions.sort_by_key(|session| (session.from, session.until, session.staff.bits()));
        plan.sessions = sessions;
        plan
    }

    /// In the order of the list at [`Opening`]: closures, exceptions, holidays, rules.
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
        if self.holidays.is_some_and(|state| state.is_holiday(date)) {
            return vec![];
        }
        self.rules.iter().filter_map(|rule| Offer::of_rule(rule, date)).collect()
    }

    /// One session per span. Sessions without time or without any desk are left out; one that
    /// only staff may use is kept.
    fn sessions(&self, plan: &DayPlan, offer: &Offer<'_>) -> Vec<Session> {
        let slot_units = (offer.slot_minutes / self.grid.minutes()).max(1);
        let [public, phone, staff] = offer.desks.sets(self.desks);
        let bookable = offer.bookable.unwrap_or_default().over(self.bookable);
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

    /// Each unit that closed time touches.
    fn closed_units(&self, plan: &DayPlan) -> Vec<ClosedUnits> {
        let closed = self.closed_times.and_then(|all| all.get(&plan.date));
        let spans = closed.into_iter().flatten().flat_map(|closed| {
            closed.hours.spans().iter().map(move |span| (closed.among(self.desks), *span))
        });
        spans
            .map(|(desks, span)| ClosedUnits {
                desks,
                // Rounded the other way than a session: a unit that is closed in part is closed.
                from: self.unit_until(plan, span.from_minute()),
                until: self.unit_from(plan, span.until_minute()),
            })
            .collect()
    }

    /// The first whole unit from a wall time on.
    ///
    /// Rounds up: a session never begins before its doors open. Hours on the grid need no
    /// rounding.
    fn unit_from(&self, plan: &DayPlan, minute: u16) -> u16 {
        let instant = wall_time::instant(plan.date, minute);
        let units = self.units_between(plan.starts_at, instant);
        if plan.time_of(units) < instant { units + 1 } else { units }
    }

    /// The first unit that does not end by a wall time.
    ///
    /// Rounds down, for the same reason.
    fn unit_until(&self, plan: &DayPlan, minute: u16) -> u16 {
        self.units_between(plan.starts_at, wall_time::instant(plan.date, minute))
    }

    /// 0 if `until` is before `from`.
    fn units_between(&self, from: jiff::Timestamp, until: jiff::Timestamp) -> u16 {
        let units = until.duration_since(from).as_secs() / self.grid.seconds();
        u16::try_from(units).unwrap_or(0)
    }
}

impl<'a> Offer<'a> {
    /// `None` if the rule does not hold on `date`.
    fn of_rule(rule: &'a OpeningRule, date: Date) -> Option<Self> {
        Some(Self {
            hours: rule.hours_on(date)?,
            slot_minutes: rule.slot_minutes,
            multiple_slots: rule.multiple_slots,
            desks: &rule.desks,
            bookable: rule.bookable,
        })
    }

    /// An exception states its hours, desks and window itself.
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
