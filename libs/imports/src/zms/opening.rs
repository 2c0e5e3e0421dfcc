//! Rows of a scope become opening rules, exceptions and closures of a location.
//!
//! In ZMS rows add up: where two are open at once, their desks do. Here a desk is open once, so rows
//! that meet get desk numbers of their own. A day that staff closed is a row of one day without
//! desks. Rows of one or two days open on holidays, which here only exceptions do.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{DeskCounts, DeskNumbers, DeskSet, Exception, FederalState, Grid};
use jiff::civil::Date;

use super::row::Row;
use crate::{model::Place, report::Report};

/// A row with its desks.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) row: Row,
    pub(super) desks: DeskSet,
}

/// Puts rows into a location, whose public holidays are those of `state`: hours, desks, grid.
///
/// Returns the rows that open desks, for appointments that are to be found a desk.
pub(super) fn fill(
    place: &mut Place,
    rows: Vec<Row>,
    today: Date,
    state: FederalState,
    report: &mut Report,
) -> Vec<Placed> {
    let (open, empty): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.staff > 0);
    close(place, &empty, &open, report);
    let placed = give_desks(open, today, report);
    let most = placed.iter().flat_map(|placed| placed.desks.iter()).map(|desk| desk.number()).max();
    place.desks = most;
    place.grid = grid(&placed);
    for Placed { row, desks } in &placed {
        let counts = counts(row, *desks);
        if row.is_short() {
            short(place, row, &counts, state);
        } else {
            let mut rule = row.rule.clone();
            rule.desks = counts;
            place.opening.insert(format!("zms-{}", row.id), rule);
        }
    }
    placed
}

/// A few days without desks are closed if nothing else opens them.
fn close(place: &mut Place, empty: &[Row], open: &[Row], report: &mut Report) {
    let short = empty.iter().filter(|row| row.is_short());
    let opened = opened(short.flat_map(Row::short_days).collect(), open);
    for row in empty {
        if !row.is_short() {
            let problem = "hours without any desk open nothing";
            report.left_out(&row.path, problem, "");
            continue;
        }
        for day in row.short_days() {
            if opened.contains(&day) {
                let problem = "a day without desks, on which other hours open";
                report.left_out(&row.path, problem, "if the day is closed, write a closure");
            } else {
                place.closures.insert(day, String::new());
            }
        }
    }
}

/// Of these days, those on which a row opens. From one day to the next, only rows that last are looked at.
fn opened(days: BTreeSet<Date>, rows: &[Row]) -> BTreeSet<Date> {
    let mut by_first: Vec<&Row> = rows.iter().collect();
    by_first.sort_by_key(|row| row.first);
    let mut coming = by_first.into_iter().enumerate().peekable();
    let mut begun = BTreeMap::<(Date, usize), &Row>::new();
    let is_open = |day: &Date| {
        while let Some((index, row)) = coming.next_if(|(_, row)| row.first <= *day) {
            begun.insert((row.last, index), row);
        }
        begun.range((*day, 0)..).any(|(_, row)| row.rule.hours_on(*day).is_some())
    };
    days.into_iter().filter(is_open).collect()
}

/// The lowest desks that no row has which is open at the same time.
fn give_desks(mut rows: Vec<Row>, today: Date, report: &mut Report) -> Vec<Placed> {
    rows.sort_by_key(|row| (row.first, row.from, row.id.clone()));
    // Long series first, so that they have the lowest numbers, and one-day rows the others.
    let (short, long): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(Row::is_short);
    let mut desks = Desks { placed: Vec::new(), begun: BTreeSet::new(), today };
    for row in long {
        desks.give(row, report);
    }
    // Once more from the beginning: a series is compared with a day once it has begun by then.
    desks.begun.clear();
    let mut coming = (0..desks.placed.len()).peekable();
    for row in short {
        while let Some(index) = coming.next_if(|index| desks.placed[*index].row.first <= row.last) {
            desks.begin(index);
        }
        desks.give(row, report);
    }
    desks.placed
}

/// Rows that have their desks. Rows come in the order of their first days, so that each is compared only with
/// those that last until then: an office may have tens of thousands, one for each day and counter.
struct Desks {
    placed: Vec<Placed>,
    /// Last days of rows that have begun, with the index in `placed`.
    begun: BTreeSet<(Date, usize)>,
    today: Date,
}

impl Desks {
    fn begin(&mut self, index: usize) {
        self.begun.insert((self.placed[index].row.last, index));
    }

    fn give(&mut self, row: Row, report: &mut Report) {
        let lasting = self.begun.range((row.first, 0)..).map(|(_, index)| &self.placed[*index]);
        let meeting = lasting.filter(|other| other.row.meets(&row, self.today));
        let taken = meeting.fold(DeskSet::EMPTY, |all, other| all.union(other.desks));
        let free = DeskSet::ALL.without(taken);
        if free.len() < u32::from(row.staff) {
            let problem = "more than 64 desks at once, which a location cannot have";
            report.left_out(&row.path, problem, "make two locations of it");
            return;
        }
        self.placed.push(Placed { desks: free.lowest_n(row.staff), row });
        self.begin(self.placed.len() - 1);
    }
}

/// `only` is needed for rows that do not have the lowest desks.
fn counts(row: &Row, desks: DeskSet) -> DeskCounts {
    let is_lowest = desks == DeskSet::first(row.staff);
    DeskCounts {
        public: Some(row.public),
        phone: row.phone.map(|phone| phone.max(row.public)).filter(|phone| *phone != row.public),
        staff: Some(row.staff),
        only: (!is_lowest).then_some(DeskNumbers(desks)),
    }
}

/// A row of one or two days: on a holiday an exception, else a rule for those days. An exception
/// would take the place of the day's other rules.
fn short(place: &mut Place, row: &Row, counts: &DeskCounts, state: FederalState) {
    for day in row.short_days() {
        let name = match row.short_days().len() {
            1 => format!("zms-{}", row.id),
            _ => format!("zms-{}-{day}", row.id),
        };
        let Some(hours) = row.rule.hours_on(day) else { continue };
        if state.is_holiday(day) {
            let exception = Exception {
                dates: vec![day],
                hours: hours.clone(),
                slot_minutes: row.rule.slot_minutes,
                multiple_slots: row.rule.multiple_slots,
                desks: counts.clone(),
                bookable: row.rule.bookable,
            };
            place.exceptions.insert(name, exception);
        } else {
            let mut rule = row.rule.clone();
            (rule.valid_from, rule.valid_to) = (Some(day), Some(day));
            (rule.every_nth_week, rule.weeks_of_month) = (None, Vec::new());
            rule.desks = counts.clone();
            place.opening.insert(name, rule);
        }
    }
}

/// The largest step of an hour that divides every slot, beginning and end.
fn grid(placed: &[Placed]) -> Grid {
    let minutes =
        |placed: &Placed| [placed.row.rule.slot_minutes, placed.row.from, placed.row.until];
    let step = placed.iter().flat_map(minutes).fold(0, greatest_common_divisor);
    let largest = Grid::ALLOWED.into_iter().filter(|grid| step % u16::from(*grid) == 0).max();
    match largest.map(Grid::new) {
        Some(Ok(grid)) if step > 0 => grid,
        _ => Grid::default(),
    }
}

fn greatest_common_divisor(one: u16, other: u16) -> u16 {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}
