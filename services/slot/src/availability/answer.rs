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

/// How many bytes of answers are kept. A caller chooses the questions.
const BUDGET: usize = 8 << 20;

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
pub(super) struct Answers(RwLock<Kept>);

#[derive(Debug, Default)]
struct Kept {
    answers: HashMap<String, Finished>,
    /// How many bytes they take together.
    bytes: usize,
}

#[derive(Debug)]
struct Finished {
    answer: Answer,
    /// Of which occupancy and catalogue.
    state: (u64, usize),
    at: Timestamp,
}

impl Finished {
    fn is_young(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.at);
        SignedDuration::ZERO <= age && age < REUSED_FOR
    }
}

impl Answers {
    /// An answer that was finished a moment ago and still is right.
    pub fn recent(&self, asked: &str, state: (u64, usize), now: Timestamp) -> Option<Answer> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let finished = kept.answers.get(asked)?;
        (finished.state == state && finished.is_young(now)).then(|| finished.answer.clone())
    }

    pub fn remember(&self, asked: &str, state: (u64, usize), at: Timestamp, answer: &Answer) {
        if asked.len() > LONGEST_ASKED {
            return;
        }
        let bytes = weight(asked, answer);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes + bytes > BUDGET {
            kept.forget_old(at);
        }
        if kept.bytes + bytes > BUDGET {
            *kept = Kept::default();
        }
        let finished = Finished { answer: answer.clone(), state, at };
        let before = kept.answers.insert(asked.to_owned(), finished);
        let freed = before.map_or(0, |before| weight(asked, &before.answer));
        kept.bytes = kept.bytes + bytes - freed;
    }

    /// Forgets what nobody can be given any more.
    pub fn forget_old(&self, now: Timestamp) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).forget_old(now);
    }
}

impl Kept {
    fn forget_old(&mut self, now: Timestamp) {
        self.answers.retain(|_, finished| finished.is_young(now));
        self.answers.shrink_to(64);
        self.bytes =
            self.answers.iter().map(|(asked, finished)| weight(asked, &finished.answer)).sum();
    }
}

/// The body, as much again for its compressed form, and the question.
fn weight(asked: &str, answer: &Answer) -> usize {
    asked.len() + 2 * answer.body.len()
}

/// The same for questions that differ only in the order of their parameters.
pub(super) fn canonical(question: &str) -> String {
    let Some((path, parameters)) = question.split_once('?') else {
        return question.to_owned();
    };
    let mut parameters: Vec<_> = parameters.split('&').filter(|part| !part.is_empty()).collect();
    parameters.sort_unstable();
    parameters.dedup();
    format!("{path}?{}", parameters.join("&"))
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
        answers.forget_old(at + REUSED_FOR);
        assert_eq!(answers.0.read().unwrap().bytes, 0);
    }

    #[test]
    fn ten_thousand_different_questions_take_no_more_than_the_budget() {
        let (answers, at) = (Answers::default(), Timestamp::UNIX_EPOCH);
        let answer = Answer::json(&"x".repeat(10_000));
        for number in 0..10_000 {
            answers.remember(&format!("?people={number}"), (1, 1), at, &answer);
            assert!(answers.0.read().unwrap().bytes <= BUDGET);
        }
        assert_eq!(answers.recent("?people=9999", (1, 1), at), Some(answer));
    }

    #[test]
    fn the_order_of_parameters_makes_no_other_question() {
        assert_eq!(canonical("/v1/x?b=2&a=1&&a=1"), "/v1/x?a=1&b=2");
        assert_eq!(canonical("/v1/x"), "/v1/x");
    }
}
