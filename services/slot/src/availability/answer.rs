//! Answers, ready to be sent.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use ids::LocationId;
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    LONGEST_RANGE_DAYS,
    free::{FreeStart, Visits},
};
use crate::answer::Answer;

/// For how long a finished answer is reused.
const REUSED_FOR: SignedDuration = SignedDuration::from_millis(250);

/// How many answers are kept; all are dropped when there are more.
const LIMIT: usize = 2_000;

/// The longest question whose answer is kept, in bytes: a caller chooses the words.
const LONGEST_ASKED: usize = 4_096;

/// On which days something is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeDays)]
pub struct DaysView {
    /// Days with something free, earliest first.
    pub days: Vec<DayFree>,
}

/// A day with something free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeDay)]
pub struct DayFree {
    /// The local day.
    #[schema(value_type = String, format = Date, example = "2027-01-05")]
    pub date: Date,
    /// Free places, summed over the starts of the day: visits that overlap count each.
    pub free: u32,
    /// The same for each location that has any.
    pub locations: Vec<LocationFree>,
}

/// A location with something free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeLocation)]
pub struct LocationFree {
    /// Which.
    pub location: LocationId,
    /// Free places, summed over the starts of the day.
    pub free: u32,
}

/// What is free on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeSlots)]
pub struct SlotsView {
    /// By start, then by location.
    pub slots: Vec<SlotFree>,
}

/// What is free first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = EarliestSlot)]
pub struct EarliestView {
    /// `None` if nothing is free as far as one can see.
    #[schema(required)]
    pub slot: Option<SlotFree>,
}

/// A start at which something is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FreeSlot)]
pub struct SlotFree {
    /// Where.
    pub location: LocationId,
    /// When the visit begins, RFC 3339 with Berlin's offset.
    #[schema(format = DateTime, example = "2027-01-05T09:00:00+01:00")]
    pub start: String,
    /// When it ends.
    #[schema(format = DateTime, example = "2027-01-05T09:10:00+01:00")]
    pub end: String,
    /// How many places are free.
    pub free: u32,
}

impl DaysView {
    pub(super) fn of(visits: &Visits<'_>, from: Date, to: Date) -> Self {
        let days = from.series(1.day()).take_while(|date| *date <= to).filter_map(|date| {
            let locations: Vec<_> = visits
                .needs
                .iter()
                .map(|(location, need)| LocationFree {
                    location: (*location).clone(),
                    free: visits.count(location, need, date),
                })
                .filter(|at| at.free > 0)
                .collect();
            let free = locations.iter().map(|at| at.free).sum();
            (free > 0).then_some(DayFree { date, free, locations })
        });
        Self { days: days.collect() }
    }
}

impl SlotsView {
    pub(super) fn of(visits: &Visits<'_>, date: Date) -> Self {
        let shown = visits.shown_until();
        if date < visits.today || date > shown {
            return Self { slots: Vec::new() };
        }
        let mut starts: Vec<_> = visits
            .needs
            .iter()
            .flat_map(|(location, need)| {
                visits.free_starts(location, need, date).into_iter().map(move |at| (at, *location))
            })
            .collect();
        starts.sort_by_key(|(at, location)| (at.starts_at, *location, at.ends_at));
        let berlin = visits.berlin();
        Self { slots: starts.iter().map(|(at, place)| SlotFree::of(at, place, berlin)).collect() }
    }
}

impl EarliestView {
    pub(super) fn of(visits: &Visits<'_>) -> Self {
        let until = visits.shown_until();
        let days = visits.today.series(1.day()).take_while(|date| *date <= until);
        let slot = days.into_iter().find_map(|date| {
            let firsts = visits.needs.iter().filter_map(|(location, need)| {
                Some((*visits.free_starts(location, need, date).first()?, *location))
            });
            firsts.min_by_key(|(at, location)| (at.starts_at, *location))
        });
        Self { slot: slot.map(|(at, location)| SlotFree::of(&at, location, visits.berlin())) }
    }
}

impl SlotFree {
    fn of(at: &FreeStart, location: &LocationId, berlin: &TimeZone) -> Self {
        let local = |at: Timestamp| at.display_with_offset(berlin.to_offset(at)).to_string();
        Self {
            location: location.clone(),
            start: local(at.starts_at),
            end: local(at.ends_at),
            free: at.free,
        }
    }
}

impl Visits<'_> {
    /// The last day that is shown.
    fn shown_until(&self) -> Date {
        self.today.saturating_add(LONGEST_RANGE_DAYS.days())
    }
}

/// Finished answers, by what was asked.
#[derive(Debug, Default)]
pub(super) struct Answers(RwLock<HashMap<String, Finished>>);

#[derive(Debug)]
struct Finished {
    answer: Answer,
    /// Of which occupancy and catalogue.
    state: (u64, usize),
    at: Timestamp,
}

impl Answers {
    /// An answer that was finished a moment ago and still is right.
    pub fn recent(&self, asked: &str, state: (u64, usize), now: Timestamp) -> Option<Answer> {
        let finished = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let finished = finished.get(asked)?;
        let age = now.duration_since(finished.at);
        let is_young = SignedDuration::ZERO <= age && age < REUSED_FOR;
        (finished.state == state && is_young).then(|| finished.answer.clone())
    }

    pub fn remember(&self, asked: &str, state: (u64, usize), at: Timestamp, answer: &Answer) {
        if asked.len() > LONGEST_ASKED {
            return;
        }
        let mut finished = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if finished.len() >= LIMIT {
            finished.clear();
        }
        finished.insert(asked.to_owned(), Finished { answer: answer.clone(), state, at });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_for_a_moment_unless_the_question_is_endless() {
        let (answers, at) = (Answers::default(), Timestamp::UNIX_EPOCH);
        let (usual, endless) = ("?service=a", "x".repeat(LONGEST_ASKED + 1));
        let answer = Answer::json(&"free");
        for asked in [usual, &endless] {
            answers.remember(asked, (1, 1), at, &answer);
        }
        assert_eq!(answers.recent(usual, (1, 1), at), Some(answer));
        assert_eq!(answers.recent(usual, (2, 1), at), None, "something changed");
        assert_eq!(answers.recent(usual, (1, 1), at + REUSED_FOR), None, "too old");
        assert_eq!(answers.recent(&endless, (1, 1), at), None);
    }
}
