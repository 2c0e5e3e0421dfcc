//! What somebody can compute who has every answer: all days, the month, and this program.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::statistics::{LocationCounts, LocationDay, ServiceDay, waiting_times::WaitingTimes};

/// One day of one service. `late` of the visits waited longer than 14 days.
fn day(served: u32, missed: u32, by_phone: u32, late: u32) -> ServiceCounts {
    let booked = served + missed;
    let mut waiting = WaitingTimes::default();
    waiting.add(30, late);
    waiting.add(3, booked - late);
    ServiceCounts {
        offered: 48,
        served,
        missed,
        bound: [booked - by_phone, 0, 0, 0, by_phone],
        waiting: waiting.sum_up(),
        ..ServiceCounts::default()
    }
}

/// Every day with at most `most` visits.
fn days(most: u32) -> Vec<ServiceCounts> {
    let booked = 0..=most;
    let parts = booked.flat_map(|all| (0..=all).map(move |missed| (all, missed)));
    let parts = parts.flat_map(|(all, missed)| (0..=all).map(move |phone| (all, missed, phone)));
    let all = parts.flat_map(|it| [0, it.0 / 2, it.0].map(|late| (it, late)));
    let mut days: Vec<_> =
        all.map(|((all, missed, phone), late)| day(all - missed, missed, phone, late)).collect();
    days.dedup();
    days
}

fn total_of(blocks: impl IntoIterator<Item = MonthBlock>) -> MonthTotal {
    blocks.into_iter().fold(MonthTotal::default(), MonthTotal::with)
}

fn published(day: &ServiceCounts) -> ServiceDay {
    let services = [("passport".parse().unwrap(), day.clone())].into();
    // No desk minutes: the share that stayed free is about all services of a location.
    let counts = LocationCounts { services, ..LocationCounts::default() };
    let (date, location) = ("2027-01-04".parse().unwrap(), "small".parse().unwrap());
    LocationDay::publish(date, location, counts).unwrap().services.remove(0)
}

/// All that the API tells: each day, and the month with its shares and its average.
fn answers(days: &[&ServiceCounts]) -> String {
    let month = total_of([MonthBlock::of_days(days.iter().copied())]);
    let days: Vec<_> = days.iter().map(|day| published(day)).collect();
    // The inner numbers of a total: it is told with fewer.
    format!("{days:?} {month:?}")
}

/// The counts that a day's answer keeps to itself.
fn suppressed(day: &ServiceCounts) -> Vec<(&'static str, u32)> {
    let told = published(day);
    let counts = [
        ("booked", told.booked, day.booked()),
        ("served", told.served, day.served),
        ("missed", told.missed, day.missed),
        ("online", told.bound.online, day.bound[0]),
        ("by phone", told.bound.by_phone, day.bound[4]),
    ];
    let hidden = counts.into_iter().filter(|(_, told, _)| told.is_none());
    hidden.map(|(name, _, count)| (name, count)).collect()
}

/// Looks at every month of these days, and demands that each suppressed count of each day has at
/// least two values among all months with the same answers.
fn nothing_can_be_computed(months: &[Vec<&ServiceCounts>], names: &[&str]) {
    let mut worlds = HashMap::<String, Vec<&Vec<&ServiceCounts>>>::new();
    for month in months {
        worlds.entry(answers(month)).or_default().push(month);
    }
    for (told, worlds) in worlds {
        for n in 0..worlds[0].len() {
            for (at, (name, count)) in suppressed(worlds[0][n]).into_iter().enumerate() {
                if !names.contains(&name) {
                    continue;
                }
                let is_open = worlds.iter().any(|it| suppressed(it[n])[at].1 != count);
                assert!(is_open, "{name} of day {n} is {count}: {told}");
            }
        }
    }
}

#[test]
fn no_suppressed_count_of_two_days_can_be_computed() {
    let days = days(5);
    let months: Vec<_> =
        days.iter().flat_map(|one| days.iter().map(move |other| vec![one, other])).collect();
    let names = ["booked", "served", "missed", "online", "by phone"];
    nothing_can_be_computed(&months, &names);
}

#[test]
fn no_suppressed_count_of_four_days_can_be_computed() {
    let days: Vec<_> = (0..=6).map(|booked| day(booked, 0, 0, 0)).collect();
    let mut months = vec![Vec::new()];
    for _ in 0..4 {
        months = months
            .iter()
            .flat_map(|month: &Vec<&ServiceCounts>| {
                days.iter().map(move |day| month.iter().copied().chain([day]).collect())
            })
            .collect();
    }
    nothing_can_be_computed(&months, &["booked"]);
}

proptest! {
    #[test]
    fn a_total_is_near_the_truth_and_no_small_one_is_told(
        counts in prop::collection::vec((0u32..9, 0u32..6), 1..24),
    ) {
        let days: Vec<_> = counts.iter().map(|(served, missed)| day(*served, *missed, 0, 0)).collect();
        let total = total_of([MonthBlock::of_days(days.iter())]);
        let booked: u32 = days.iter().map(ServiceCounts::booked).sum();
        let missed: u32 = days.iter().map(|day| day.missed).sum();
        for (told, truth) in [(total.booked(), booked), (total.missed(), missed)] {
            if let Some(told) = told {
                prop_assert!(told == 0 || told >= 5);
                prop_assert!(told.abs_diff(truth) <= 6, "{told} for {truth}");
            }
        }
        if let (Some(booked), Some(missed)) = (total.booked(), total.missed()) {
            let came = booked - missed;
            prop_assert!(came == 0 || came >= 5, "{missed} of {booked}");
        }
    }

    /// Per location, per service, of all: a total is the sum of what is published of its blocks alone,
    /// so totals that are subtracted from each other leave nothing else.
    #[test]
    fn totals_tell_no_more_than_their_blocks(
        blocks in prop::collection::vec(prop::collection::vec(0u32..7, 1..5), 1..5),
    ) {
        let blocks: Vec<_> = blocks
            .iter()
            .map(|month| {
                let days: Vec<_> = month.iter().map(|booked| day(*booked, 0, 0, 0)).collect();
                MonthBlock::of_days(days.iter())
            })
            .collect();
        let sum = |part: fn(&MonthTotal) -> u32| -> u32 {
            blocks.iter().map(|block| part(&total_of([*block]))).sum()
        };
        let total = total_of(blocks.iter().copied());
        prop_assert_eq!(total.booked, sum(|it| it.booked));
        prop_assert_eq!(total.soon, sum(|it| it.soon));
        prop_assert_eq!(total.missed, sum(|it| it.missed));
    }
}

#[test]
fn a_month_of_a_large_office_is_told_as_it_was() {
    let days: Vec<_> = (0..20).map(|_| day(60, 10, 20, 20)).collect();
    let month = total_of([MonthBlock::of_days(days.iter())]);
    assert_eq!(
        (month.booked(), month.missed(), month.by_phone()),
        (Some(1400), Some(200), Some(400))
    );
    assert_eq!((month.within_14_days_share(), month.missed_share()), (Some(0.714), Some(0.143)));
    assert_eq!(month.waiting_days_mean(), Some(11.0));
    let nothing = total_of([MonthBlock::of_days([].iter())]);
    assert_eq!((nothing.booked(), nothing.missed_share()), (Some(0), None));
    assert_eq!(nothing.waiting_days_mean(), None);
}
