//! How a service's waiting list works: how long offers stand, and what declining costs.

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Time, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The night begins at this hour, local time: no messages until morning.
const NIGHT_FROM: i8 = 20;
/// Until this hour.
const NIGHT_UNTIL: i8 = 8;
/// An offer that would end at night ends at this hour of the morning.
const MORNING_END: i8 = 10;
/// An offer stands for this part of the time that is left, if the rest of the rule allows it.
const PART_OF_TIME_LEFT: i32 = 4;

/// People wait for a seat that becomes free. Before others can book it, each freed seat is offered to the
/// first person in line whom it suits. The line is ordered by the day of joining; among people of one day the
/// order is drawn. Offers are made from 8 to 20 o'clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct WaitingList {
    /// For how many hours an offer stands at most. It stands for a quarter of the time that is left
    /// until the seat is of no use any more, but for no longer than this and no less than
    /// `leastHours`.
    #[schemars(range(min = 1, max = 168))]
    pub offer_hours: u16,
    /// For how many hours an offer stands at least. A seat with less time left is not offered.
    #[schemars(range(min = 1, max = 48))]
    pub least_hours: u16,
    /// After so many offers that were declined or lapsed, the place is lost.
    #[schemars(range(min = 1, max = 10))]
    pub declines: u8,
    /// Hours in which a person whose offer lapsed confirms that they still wait. Until then they
    /// keep their place and get no offer; after it the place is lost.
    #[schemars(range(min = 24, max = 720))]
    pub answer_hours: u16,
    /// For how many days a person whose place was lost by offers that they declined or let lapse cannot join the
    /// list, or another one of the group, again online: else the next offer would come at once, and declining would
    /// cost nothing. What was declined counts for as many days if its person leaves and joins again. The desk
    /// decides about exceptions. 0: at once.
    #[schemars(range(min = 0, max = 30))]
    pub rejoin_after_days: u8,
    /// How many hours longer an offer stands that the desk makes by phone, to a person without e-mail whom it
    /// must reach first. No offer stands longer than the seat can be used.
    #[schemars(range(min = 0, max = 168))]
    pub phoned_hours: u16,
    /// How many people can wait.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub max_people: u32,
    /// Seats with less time left than an offer needs are offered to people in line who stated that they
    /// can come at once. `{}` has every number as usual; without it the desk gives such seats away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stand_by: Option<StandBy>,
}

/// Offers at short notice. Declining one, or being too late, does not count as a declined offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct StandBy {
    /// For how many minutes such an offer stands.
    #[schemars(range(min = 5, max = 120))]
    pub offer_minutes: u16,
}

/// Time to read a message and to log in, short enough that several people can be asked one after another.
impl Default for StandBy {
    fn default() -> Self {
        Self { offer_minutes: 15 }
    }
}

/// A day to decide, another one if the desk phones, two offers, a week to answer, a month until the next try.
impl Default for WaitingList {
    fn default() -> Self {
        Self {
            offer_hours: 24,
            least_hours: 2,
            declines: 2,
            answer_hours: 168,
            rejoin_after_days: 30,
            phoned_hours: 24,
            max_people: 10_000,
            stand_by: None,
        }
    }
}

impl WaitingList {
    /// Until when an offer that is made at `now` stands, of a seat that is of use until
    /// `usable_until`; `None` if too little time is left.
    #[must_use]
    pub fn offer_until(
        &self,
        now: Timestamp,
        usable_until: Timestamp,
        zone: &TimeZone,
    ) -> Option<Timestamp> {
        let hours = |hours: u16| SignedDuration::from_hours(i64::from(hours));
        let part = usable_until.duration_since(now) / PART_OF_TIME_LEFT;
        let lasts = part.min(hours(self.offer_hours)).max(hours(self.least_hours));
        let until = now.checked_add(lasts).ok().filter(|until| *until <= usable_until)?;
        // A person need not decide at night, if there is time until the morning.
        let morning = morning_after(until, MORNING_END, zone);
        Some(if is_night(until, zone) && morning <= usable_until { morning } else { until })
    }

    /// The same for a person whom the desk phones.
    #[must_use]
    pub fn phoned_offer_until(
        &self,
        now: Timestamp,
        usable_until: Timestamp,
        zone: &TimeZone,
    ) -> Option<Timestamp> {
        let until = self.offer_until(now, usable_until, zone)?;
        let longer = SignedDuration::from_hours(i64::from(self.phoned_hours));
        Some(until.saturating_add(longer).map_or(usable_until, |until| until.min(usable_until)))
    }

    /// Until when an offer at short notice stands; `None` if the list makes none, or even for that too little
    /// time is left.
    #[must_use]
    pub fn stand_by_offer_until(
        &self,
        now: Timestamp,
        usable_until: Timestamp,
    ) -> Option<Timestamp> {
        let minutes = SignedDuration::from_mins(i64::from(self.stand_by?.offer_minutes));
        now.checked_add(minutes).ok().filter(|until| *until <= usable_until)
    }

    /// Until when a person whose offer lapsed at `now` can confirm that they still wait.
    #[must_use]
    pub fn answer_until(&self, now: Timestamp) -> Timestamp {
        let hours = SignedDuration::from_hours(i64::from(self.answer_hours));
        now.saturating_add(hours).unwrap_or(Timestamp::MAX)
    }

    /// From when on a person can join again online who lost their place at `lost`.
    #[must_use]
    pub fn rejoin_from(&self, lost: Timestamp) -> Timestamp {
        let days = SignedDuration::from_hours(24 * i64::from(self.rejoin_after_days));
        lost.saturating_add(days).unwrap_or(Timestamp::MAX)
    }
}

/// Whether it is night, local time, when no messages are sent.
#[must_use]
pub fn is_night(at: Timestamp, zone: &TimeZone) -> bool {
    let hour = zone.to_datetime(at).hour();
    !(NIGHT_UNTIL..NIGHT_FROM).contains(&hour)
}

/// The next time at which the clock on the wall shows `hour`.
fn morning_after(at: Timestamp, hour: i8, zone: &TimeZone) -> Timestamp {
    let local = zone.to_datetime(at);
    let days = i64::from(local.hour() >= hour);
    let time = Time::new(hour, 0, 0, 0).unwrap_or(Time::midnight());
    let morning = local.date().saturating_add(days.days()).to_datetime(time);
    zone.to_ambiguous_timestamp(morning).compatible().unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn an_offer_stands_for_a_day_at_most_and_shorter_when_the_date_is_near() {
        let (list, zone) = (WaitingList::default(), ambient::berlin());
        let until = |usable: &str| list.offer_until(at("2027-01-04T09:00:00Z"), at(usable), &zone);
        assert_eq!(until("2027-01-18T09:00:00Z"), Some(at("2027-01-05T09:00:00Z")));
        assert_eq!(until("2027-01-05T01:00:00Z"), Some(at("2027-01-04T13:00:00Z")));
        assert_eq!(until("2027-01-04T12:00:00Z"), Some(at("2027-01-04T11:00:00Z")));
        assert_eq!(until("2027-01-04T10:59:59Z"), None);
    }

    #[test]
    fn who_is_phoned_has_a_day_longer_but_not_longer_than_the_seat_is_of_use() {
        let (list, zone) = (WaitingList::default(), ambient::berlin());
        let now = at("2027-01-04T09:00:00Z");
        let until = |usable: &str| list.phoned_offer_until(now, at(usable), &zone);
        assert_eq!(until("2027-01-18T09:00:00Z"), Some(at("2027-01-06T09:00:00Z")));
        assert_eq!(until("2027-01-04T12:00:00Z"), Some(at("2027-01-04T12:00:00Z")));
        assert_eq!(until("2027-01-04T10:59:59Z"), None);
    }

    #[test]
    fn an_offer_at_short_notice_stands_for_minutes_if_so_many_are_left() {
        let list = WaitingList { stand_by: Some(StandBy::default()), ..WaitingList::default() };
        let now = at("2027-01-04T09:00:00Z");
        let until = |usable: &str| list.stand_by_offer_until(now, at(usable));
        assert_eq!(until("2027-01-04T10:00:00Z"), Some(at("2027-01-04T09:15:00Z")));
        assert_eq!(until("2027-01-04T09:14:59Z"), None);
        let without = WaitingList::default();
        assert_eq!(without.stand_by_offer_until(now, at("2027-01-04T10:00:00Z")), None);
    }

    #[test]
    fn nobody_need_decide_at_night_if_there_is_time() {
        let (list, zone) = (WaitingList::default(), ambient::berlin());
        // A quarter of 48 hours after 14:00 in Berlin is 2 o'clock at night.
        let until = list.offer_until(at("2027-01-04T13:00:00Z"), at("2027-01-06T13:00:00Z"), &zone);
        assert_eq!(until, Some(at("2027-01-05T09:00:00Z")));
        let until = list.offer_until(at("2027-01-04T18:30:00Z"), at("2027-01-04T22:00:00Z"), &zone);
        assert_eq!(until, Some(at("2027-01-04T20:30:00Z")));
    }

    #[test]
    fn night_is_by_the_clock_on_the_wall() {
        let zone = ambient::berlin();
        assert!(is_night(at("2027-01-04T06:59:59Z"), &zone));
        assert!(!is_night(at("2027-01-04T07:00:00Z"), &zone));
        assert!(is_night(at("2027-01-04T19:00:00Z"), &zone));
        assert!(!is_night(at("2027-07-04T06:00:00Z"), &zone), "in summer it is an hour earlier");
    }
}
