//! Ours: a draw each Monday for the week after, with seniority, by the engine. Seats that are given
//! back are offered down the line by the engine's rule.

use catalogue::WaitingList;
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};

use super::{
    assumptions::{ACCEPTS, BACKLOG_WEEKS, DECLINES_AT_ONCE, ENTRY_REQUESTS, OFFER_REQUESTS, POOL},
    overbooking::bookings_for,
    suitable_days::{Pattern, Patterns},
    year::{DAYS, Year},
};
use crate::engine::{Drawing, ticket};

/// Ten o'clock on the first day.
const FIRST: Date = Date::constant(2027, 1, 4);
const OPENS: i8 = 10;
/// Until when before an appointment a seat is of use.
const AHEAD: SignedDuration = SignedDuration::from_mins(30);

/// A person without an appointment.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    since: i32,
    pattern: Pattern,
}

/// Everybody in line, in the order of the last draw; later people are behind.
struct Line {
    patterns: Patterns,
    people: Vec<Option<Waiting>>,
    /// Before it, all were served.
    first: usize,
    rule: WaitingList,
    zone: TimeZone,
}

/// The whole year.
pub fn play(year: &mut Year<'_>) {
    let mut line = Line {
        patterns: Patterns::new(),
        people: Vec::new(),
        first: 0,
        rule: WaitingList::default(),
        zone: ambient::berlin(),
    };
    // The same people who have filled the days of today's calendar.
    let (town, weeks) = (year.town, BACKLOG_WEEKS * 7);
    for day in (0..weeks).filter(|day| town.is_open(*day)) {
        line.join(year, day - weeks, town.seats());
    }
    line.draw(year, -7);
    for day in 0..DAYS {
        if day % 7 == 0 {
            line.draw(year, day);
        }
        let people = year.arrivals(day);
        line.join(year, day, people);
        for date in year.take_freed(day) {
            line.offer(year, day, date);
        }
        let stands_by = weekday(day);
        year.close(day, || line.take(stands_by));
    }
    year.tally.waiting = line.people.iter().flatten().count() as u64;
}

impl Line {
    fn join(&mut self, year: &mut Year<'_>, day: i32, people: usize) {
        let new = (0..people)
            .map(|_| Some(Waiting { since: day, pattern: self.patterns.pick(year.chance) }));
        self.people.extend(new);
        year.tally.requests += (people * ENTRY_REQUESTS) as u64;
    }

    /// The draw of the Monday `monday` for the week that begins seven days later. A person who waits
    /// for more weeks chooses first.
    fn draw(&mut self, year: &mut Year<'_>, monday: i32) {
        let people: Vec<Waiting> = self.people.drain(..).flatten().collect();
        self.first = 0;
        let week = monday + 7;
        let open: Vec<u8> = (1..=5).filter(|day| year.town.is_open(date(week, *day))).collect();
        let more = if year.policy.overbooking {
            bookings_for(POOL, year.measured_no_shows(monday))
        } else {
            POOL
        };
        let seats = u16::try_from(year.town.pools * more).unwrap_or(u16::MAX);
        let drawing = Drawing::of_week(&open, seats);
        let weeks = |since: i32| u8::try_from((monday - since) / 7).unwrap_or(u8::MAX);
        let cohort = |since: i32| if since > monday { 0 } else { weeks(since) };
        let entries: Vec<_> =
            people.iter().map(|one| ticket(year.chance, cohort(one.since))).collect();
        let turns =
            drawing.settle(&entries, |at| self.patterns.list(people[at].pattern), year.chance);
        year.tally.requests += people.len() as u64;
        for (at, given) in turns {
            match given {
                Some(given) => {
                    let row = &drawing.announcement().rows[given.seat.row as usize];
                    year.book(people[at].since, monday, date(week, row.day.weekday()));
                }
                None => self.people.push(Some(people[at])),
            }
        }
    }

    /// Offers a seat that was given back, to one after the other, as long as the engine's rule finds
    /// time for it.
    fn offer(&mut self, year: &mut Year<'_>, day: i32, date: i32) {
        let (mut now, usable) = (self.at(day), self.at(date) - AHEAD);
        let mut at = self.first;
        while let Some(until) = self.rule.offer_until(now, usable, &self.zone) {
            let Some(next) = self.next_from(at, weekday(date)) else { return };
            year.tally.requests += OFFER_REQUESTS as u64;
            if year.chance.happens(ACCEPTS) {
                if let Some(one) = self.people[next].take() {
                    let days = now.duration_since(self.at(day)).as_hours() / 24;
                    year.book(one.since, day + i32::try_from(days).unwrap_or(0), date);
                }
                return;
            }
            let at_once = year.chance.happens(DECLINES_AT_ONCE);
            now = if at_once { now + SignedDuration::from_hours(1) } else { until };
            at = next + 1;
        }
    }

    /// Takes the first in line whom the weekday suits: since when they wait.
    fn take(&mut self, weekday: u8) -> Option<i32> {
        let next = self.next_from(self.first, weekday)?;
        self.people[next].take().map(|one| one.since)
    }

    fn next_from(&mut self, at: usize, weekday: u8) -> Option<usize> {
        while self.people.get(self.first).is_some_and(Option::is_none) {
            self.first += 1;
        }
        let suits = |one: &Option<Waiting>| {
            one.is_some_and(|one| self.patterns.suits(one.pattern, weekday))
        };
        let at = at.max(self.first);
        self.people.get(at..)?.iter().position(suits).map(|further| at + further)
    }

    /// Ten o'clock on a day of the year.
    fn at(&self, day: i32) -> Timestamp {
        let date = FIRST.saturating_add(day.days());
        let morning = date.at(OPENS, 0, 0, 0);
        self.zone.to_ambiguous_timestamp(morning).compatible().unwrap_or(Timestamp::MAX)
    }
}

/// The day of the year that is this weekday of the week beginning on `monday`.
fn date(monday: i32, weekday: u8) -> i32 {
    monday + i32::from(weekday) - 1
}

/// 1 for Monday.
fn weekday(day: i32) -> u8 {
    u8::try_from(day.rem_euclid(7) + 1).unwrap_or(1)
}
