//! How a service's draws are released, week by week.

use booking::rules::{RuleSettings, declined_seats};
use calendar::TimeOfDay;
use jiff::{
    SignedDuration, Timestamp, ToSpan as _,
    civil::{self, Date},
    tz::TimeZone,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use entrants::Entrants;
pub use quota::{DrawQuota, EntryChannel};

mod entrants;
mod quota;

/// The longest an entry window can be, in hours: two weeks.
pub(crate) const LONGEST_WINDOW: u16 = 336;
/// Between the closing of a draw and the first of its days, at least: time for the beacon, the
/// result and the e-mails, and for people to plan.
pub(crate) const NOTICE_HOURS: i64 = 24;
/// Between the closing of a draw and its result, at most, if the beacon is there: half an hour, and
/// some minutes to draw and to tell.
pub(crate) const RESULT_HOURS: i64 = 1;
/// How long before it begins a seat is of no more use to others, in addition to the lead time: half an
/// hour at the slot service, in whole hours.
pub(crate) const MARGIN_HOURS: i64 = 1;

/// A winner who must confirm has at least so many hours for it, a night included, or all that the schedule
/// says. With less, which a late beacon may leave, they are booked at once.
const SHORTEST_CONFIRM_HOURS: i64 = 12;

/// A draw a week: when people can enter, and for which week's seats. Seats are drawn for whole
/// weeks, Monday to Sunday. Winners are booked at once, or confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DrawSchedule {
    /// On which weekday people can begin to enter.
    pub opens_on: Weekday,
    /// From which time of that day on, by the clock on the wall.
    pub opens_at: TimeOfDay,
    /// For how many hours people can enter. The draw follows. An early entry has the same chance as a
    /// late one.
    #[serde(default = "default_entry_hours")]
    #[schemars(range(min = 1, max = 336))]
    pub entry_hours: u16,
    /// Seats of which week are drawn, counted from the one in which the draw opens: 2 is the week
    /// after next. The draw must close a day before that week begins.
    #[serde(default = "default_weeks_ahead")]
    #[schemars(range(min = 1, max = 12))]
    pub weeks_ahead: u8,
    /// Who may enter. `with-appointment`: only persons with an appointment in the group of the service who
    /// want one on an earlier day; a won seat replaces that appointment. With `allocation: assign` or `immediate` draws are
    /// for these persons alone. Default: `everybody`.
    #[serde(default, skip_serializing_if = "Entrants::is_usual")]
    pub entrants: Entrants,
    /// At how many desks of each location, at most, seats are drawn. Default: all that the public
    /// can book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 64))]
    pub desks: Option<u8>,
    /// Draws without a seat give a person a better place in the next draw. This is how many of them count,
    /// at most. Chance decides among persons with the same count. An appointment ends the count.
    /// Default: 0, chance alone decides.
    #[serde(default, skip_serializing_if = "is_none")]
    #[schemars(range(min = 0, max = 20))]
    pub cohorts: u8,
    /// Desks whose seats are kept for persons of a certain kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 16))]
    pub quotas: Vec<DrawQuota>,
    /// For how many days after a draw its entries are kept: people, names and requests. The published
    /// documents of the draw stay. They hold no names.
    #[serde(default = "default_keep_days", skip_serializing_if = "is_usual")]
    #[schemars(range(min = 30, max = 366))]
    pub keep_days: u16,
    /// For how many hours a drawn seat is kept for its winner, who accepts or declines it in that time. A
    /// seat without an answer becomes free again. It must end while the first seat of the week can still be
    /// used. A person who leaves seats in this way waits for the next draw (rule `declinedSeats`). Default:
    /// no confirmation, winners are booked at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 336))]
    pub confirm_within: Option<u16>,
}

/// How many drawn seats a person can leave before they wait, by these rules of a service: as the rule says,
/// else the usual numbers where winners must confirm. `None`: it costs nothing. So it is where a person needs an
/// application on file and draws are the `only_way` to its date
/// ([`Allocation::is_by_draw_alone`](crate::Allocation::is_by_draw_alone)): a wait would keep them from any date.
///
/// The usual numbers are not written into the rules: draws under way compare their rules as text.
#[must_use]
pub fn declined_limit(
    rules: &RuleSettings,
    must_confirm: bool,
    only_way: bool,
) -> Option<declined_seats::Settings> {
    if only_way && rules.entitlement.is_some() {
        return None;
    }
    rules.declined_seats.or_else(|| must_confirm.then(declined_seats::Settings::default))
}

/// A default is not written: draws under way compare their schedule as text.
const fn is_none(number: &u8) -> bool {
    *number == 0
}

const fn is_usual(days: &u16) -> bool {
    *days == default_keep_days()
}

/// Three months: longer than an objection can be lodged (section 70 VwGO) and a little to answer it.
#[must_use]
pub const fn default_keep_days() -> u16 {
    90
}

/// In hours: three days.
const fn default_entry_hours() -> u16 {
    72
}

const fn default_weeks_ahead() -> u8 {
    2
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Days after Monday.
    const fn offset(self) -> i64 {
        self as i64
    }
}

/// One week's draw, as the schedule has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduledDraw {
    /// The Monday of the week whose seats are drawn.
    pub week: Date,
    /// When people can begin to enter.
    pub opens: Timestamp,
    /// When the list closes.
    pub closes: Timestamp,
}

impl DrawSchedule {
    /// The draw of the week that `date` is in.
    #[must_use]
    pub fn of_week(&self, date: Date, zone: &TimeZone) -> ScheduledDraw {
        let week = monday(date);
        let days = self.opens_on.offset() - i64::from(self.weeks_ahead) * 7;
        let day = week.saturating_add(days.days());
        let opens = instant(day.to_datetime(self.opens_at.time()), zone);
        let window = SignedDuration::from_hours(i64::from(self.entry_hours));
        let closes = opens.saturating_add(window).unwrap_or(Timestamp::MAX);
        ScheduledDraw { week, opens, closes }
    }

    /// The draws that people can enter at `now` or within the time `ahead`.
    pub fn current<'a>(
        &'a self,
        now: Timestamp,
        ahead: SignedDuration,
        zone: &'a TimeZone,
    ) -> impl Iterator<Item = ScheduledDraw> + 'a {
        let today = zone.to_datetime(now).date();
        // The window is two weeks at most, so the draw opened in one of the last three.
        let weeks = (-3..=1).map(move |week: i64| {
            let weeks = week + i64::from(self.weeks_ahead);
            self.of_week(today.saturating_add((weeks * 7).days()), zone)
        });
        let soon = now.saturating_add(ahead).unwrap_or(Timestamp::MAX);
        weeks.filter(move |draw| draw.opens <= soon && now < draw.closes)
    }

    /// Until when a seat that is drawn at `now` is kept for its winner, if it is of use to others until
    /// `usable_until`. One whom the desk phones has so many hours `longer`. `None`: winners need not confirm, or
    /// too little time is left for it.
    #[must_use]
    pub fn confirm_by(
        &self,
        now: Timestamp,
        usable_until: Timestamp,
        longer: u16,
    ) -> Option<Timestamp> {
        let stated = i64::from(self.confirm_within?);
        let hours = SignedDuration::from_hours(stated + i64::from(longer));
        let least = SignedDuration::from_hours(stated.min(SHORTEST_CONFIRM_HOURS));
        let by = now.saturating_add(hours).map_or(usable_until, |by| by.min(usable_until));
        Some(by).filter(|by| by.duration_since(now) >= least)
    }

    /// Hours between the beginning of the week in which it opens and the closing.
    pub(crate) fn closes_after_hours(&self) -> i64 {
        let minutes = self.opens_at.time();
        self.opens_on.offset() * 24 + i64::from(minutes.hour()) + 1 + i64::from(self.entry_hours)
    }

    /// Days from the one on which the list closes to the first of the drawn week.
    pub(crate) fn days_after_closing(&self) -> i64 {
        i64::from(self.weeks_ahead) * 7 - self.closes_after_hours() / 24
    }

    /// Days from the one on which people can begin to enter to the last of the drawn week.
    pub(crate) fn days_after_opening(&self) -> i64 {
        i64::from(self.weeks_ahead) * 7 + 6 - self.opens_on.offset()
    }
}

/// The Monday of a day's week.
fn monday(date: Date) -> Date {
    let after = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_sub(after.days())
}

/// The instant of a wall time; the first if it exists twice, the next if it does not.
fn instant(local: civil::DateTime, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule() -> DrawSchedule {
        DrawSchedule {
            opens_on: Weekday::Monday,
            opens_at: serde_json::from_str("\"10:00\"").unwrap(),
            entry_hours: 72,
            weeks_ahead: 2,
            entrants: Entrants::Everybody,
            desks: None,
            cohorts: 0,
            quotas: Vec::new(),
            keep_days: default_keep_days(),
            confirm_within: None,
        }
    }

    #[test]
    fn the_week_after_next_is_drawn_from_monday_to_thursday() {
        let berlin = ambient::berlin();
        // A Wednesday.
        let draw = schedule().of_week("2027-01-20".parse().unwrap(), &berlin);
        assert_eq!(draw.week.to_string(), "2027-01-18");
        assert_eq!(draw.opens.to_string(), "2027-01-04T09:00:00Z");
        assert_eq!(draw.closes.to_string(), "2027-01-07T09:00:00Z");
    }

    /// Else every draw that is under way would stand in the way of an upgrade.
    #[test]
    fn what_is_usual_is_written_as_before_it_could_be_stated() {
        let text = serde_json::json!(schedule()).to_string();
        for new in ["cohorts", "quotas", "keepDays", "confirmWithin", "entrants"] {
            assert!(!text.contains(new), "{text}");
        }
    }

    #[test]
    fn who_must_confirm_and_leaves_seats_waits_unless_it_may_be_the_only_date() {
        let usual = Some(declined_seats::Settings { max: 1, days: 90 });
        let none = RuleSettings::default();
        assert_eq!(declined_limit(&none, true, true), usual);
        assert_eq!(declined_limit(&none, false, true), None);
        let stated = declined_seats::Settings { max: 2, days: 30 };
        let rules = RuleSettings { declined_seats: Some(stated), ..none };
        assert_eq!(declined_limit(&rules, true, true), Some(stated));
        assert_eq!(declined_limit(&rules, false, true), Some(stated));
        let entitlement = Some(booking::rules::entitlement::Settings {});
        let entitled = RuleSettings { entitlement, ..rules };
        assert_eq!(declined_limit(&entitled, true, true), None);
        assert_eq!(declined_limit(&entitled, true, false), Some(stated));
    }

    #[test]
    fn a_seat_is_kept_for_its_winner_for_hours_and_not_longer_than_it_is_of_use() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let by = |schedule: &DrawSchedule, usable| {
            schedule.confirm_by(at("2027-01-07T10:00:00Z"), at(usable), 0)
        };
        let confirmed = DrawSchedule { confirm_within: Some(48), ..schedule() };
        assert_eq!(by(&confirmed, "2027-01-18T06:30:00Z"), Some(at("2027-01-09T10:00:00Z")));
        assert_eq!(by(&confirmed, "2027-01-08T06:30:00Z"), Some(at("2027-01-08T06:30:00Z")));
        let phoned = |usable| confirmed.confirm_by(at("2027-01-07T10:00:00Z"), at(usable), 24);
        assert_eq!(phoned("2027-01-18T06:30:00Z"), Some(at("2027-01-10T10:00:00Z")));
        assert_eq!(phoned("2027-01-08T06:30:00Z"), Some(at("2027-01-08T06:30:00Z")));
        // A few hours at night are no time to answer.
        assert_eq!(by(&confirmed, "2027-01-07T22:00:00Z"), Some(at("2027-01-07T22:00:00Z")));
        assert_eq!(by(&confirmed, "2027-01-07T21:59:59Z"), None);
        let short = DrawSchedule { confirm_within: Some(2), ..schedule() };
        assert_eq!(by(&short, "2027-01-18T06:30:00Z"), Some(at("2027-01-07T12:00:00Z")));
        assert_eq!(by(&short, "2027-01-07T11:59:59Z"), None);
        assert_eq!(by(&confirmed, "2027-01-07T10:00:00Z"), None);
        assert_eq!(by(&schedule(), "2027-01-18T06:30:00Z"), None);
    }

    #[test]
    fn wall_time_holds_across_the_change_of_clocks() {
        let draw = schedule().of_week("2027-04-12".parse().unwrap(), &ambient::berlin());
        assert_eq!(draw.opens.to_string(), "2027-03-29T08:00:00Z");
    }

    #[test]
    fn the_draws_of_a_moment_are_those_that_are_open_or_open_soon() {
        let (berlin, schedule) = (ambient::berlin(), schedule());
        let at = |now: &str, ahead| {
            let now = now.parse().unwrap();
            let found = schedule.current(now, SignedDuration::from_hours(ahead), &berlin);
            found.map(|draw| draw.week.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(at("2027-01-04T08:30:00Z", 0), Vec::<String>::new());
        assert_eq!(at("2027-01-04T08:30:00Z", 1), ["2027-01-18"]);
        assert_eq!(at("2027-01-07T08:59:59Z", 1), ["2027-01-18"]);
        assert_eq!(at("2027-01-07T09:00:00Z", 1), Vec::<String>::new());
        let fortnight = DrawSchedule { entry_hours: 336, weeks_ahead: 4, ..schedule.clone() };
        let now = "2027-01-15T12:00:00Z".parse().unwrap();
        let open: Vec<_> = fortnight.current(now, SignedDuration::ZERO, &berlin).collect();
        assert_eq!(open.len(), 2, "{open:?}");
    }
}
