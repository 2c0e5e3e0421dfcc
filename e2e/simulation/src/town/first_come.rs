//! Today: a free seat goes to its finder. A new day opens each day, and people search.

use std::collections::BTreeMap;

use super::{
    assumptions::{BOOKING_REQUESTS, HORIZON, SEARCH_REQUESTS},
    year::{DAYS, Year},
};

/// The whole year.
pub fn play(year: &mut Year<'_>) {
    // The backlog has filled the days that can be booked.
    let town = year.town;
    for date in (0..HORIZON).filter(|date| town.is_open(*date)) {
        for _ in 0..town.seats() {
            year.book(date - HORIZON, date - HORIZON, date);
        }
    }
    let mut searching: Vec<i32> = Vec::new();
    let mut free: BTreeMap<i32, usize> = BTreeMap::new();
    for day in 0..DAYS {
        searching.extend(std::iter::repeat_n(day, year.arrivals(day)));
        if year.town.is_open(day + HORIZON) {
            *free.entry(day + HORIZON).or_default() += year.town.seats();
        }
        for date in year.take_freed(day) {
            *free.entry(date).or_default() += 1;
        }
        if year.town.is_open(day) {
            year.tally.requests += (searching.len() * SEARCH_REQUESTS) as u64;
        }
        free.retain(|date, _| *date > day);
        find(year, day, &mut searching, &mut free);
        year.close(day, || None);
    }
    year.tally.waiting = searching.len() as u64;
}

/// A random searcher finds the earliest free seat, until no seat or no searcher is left.
fn find(year: &mut Year<'_>, day: i32, searching: &mut Vec<i32>, free: &mut BTreeMap<i32, usize>) {
    while let Some(mut seats) = free.first_entry() {
        let date = *seats.key();
        while *seats.get() > 0 && !searching.is_empty() {
            let since = searching.swap_remove(year.chance.below(searching.len()));
            year.book(since, day, date);
            year.tally.requests += BOOKING_REQUESTS as u64;
            *seats.get_mut() -= 1;
        }
        if *seats.get() > 0 {
            return;
        }
        seats.remove();
    }
}
