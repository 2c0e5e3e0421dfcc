//! Time that is taken at the desks of one place.
//!
//! Minutes are minutes of the local day, as ZMS states them.

use std::collections::BTreeMap;

use calendar::{ClosedTime, ClosedTimes, Desk, DeskNumbers, DeskSet};
use jiff::civil::Date;

/// Minutes of a day.
pub(super) const DAY: u16 = 24 * 60;

/// From a minute after midnight until a later one, which is not part of it.
pub(super) type Minutes = (u16, u16);

/// Spans that are taken, by day and number of a desk.
#[derive(Debug, Default)]
pub(super) struct Taken(BTreeMap<Date, BTreeMap<u8, Vec<Minutes>>>);

impl Taken {
    pub(super) fn add(&mut self, date: Date, desk: Desk, span: Minutes) {
        self.0.entry(date).or_default().entry(desk.number()).or_default().push(span);
    }

    fn spans(&self, date: Date, desk: Desk) -> &[Minutes] {
        let day = self.0.get(&date);
        day.and_then(|day| day.get(&desk.number())).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_free(&self, date: Date, desk: Desk, (from, until): Minutes) -> bool {
        self.spans(date, desk).iter().all(|(other, end)| until <= *other || *end <= from)
    }

    /// The minute at which the desk's next span begins, from `minute` on; the end of the day if
    /// none does.
    pub(super) fn next_from(&self, date: Date, desk: Desk, minute: u16) -> u16 {
        let begins = self.spans(date, desk).iter().map(|(from, _)| *from);
        begins.filter(|from| *from >= minute).min().unwrap_or(DAY)
    }

    /// Desks with the same hours stand together.
    pub(super) fn closed_times(&self) -> ClosedTimes {
        let mut closed = ClosedTimes::new();
        for (date, desks) in &self.0 {
            let mut by_hours = BTreeMap::<String, DeskSet>::new();
            for (number, spans) in desks {
                let Some(desk) = Desk::from_number(*number) else { continue };
                let set = by_hours.entry(hours(spans)).or_default();
                *set = set.union(DeskSet::one(desk));
            }
            let time = |(hours, desks): (String, DeskSet)| {
                Some(ClosedTime { desks: Some(DeskNumbers(desks)), hours: hours.parse().ok()? })
            };
            let times: Vec<ClosedTime> = by_hours.into_iter().filter_map(time).collect();
            if !times.is_empty() {
                closed.insert(*date, times);
            }
        }
        closed
    }
}

/// `08:00-08:30, 09:00-09:10`; spans that touch are one.
fn hours(spans: &[Minutes]) -> String {
    let mut merged = Vec::<Minutes>::new();
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    for (from, until) in sorted {
        match merged.last_mut() {
            Some(last) if last.1 >= from => last.1 = last.1.max(until),
            _ => merged.push((from, until)),
        }
    }
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let text = |(from, until): &Minutes| format!("{}-{}", time(*from), time(*until));
    merged.iter().map(text).collect::<Vec<_>>().join(", ")
}
