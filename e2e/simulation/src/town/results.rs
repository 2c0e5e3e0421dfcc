//! Years of all policies, side by side.

use std::thread;

use super::{
    drawn, first_come,
    policy::{Allocation, Policy},
    tally::Tally,
    year::{Town, Year},
};
use crate::{
    Effort, Findings, Study,
    engine::OfficeDays,
    measures::{Estimate, Mean},
    report::{Line, Plot, Row, Table, Target},
};

/// Published years of each policy, each from a seed of its own.
const YEARS: usize = 3;

/// A column: its head, what it shows, digits after the point.
type Column = (&'static str, fn(&Tally) -> f64, usize);

const COLUMNS: [Column; 10] = [
    ("mean wait, days", Tally::mean_wait, 1),
    ("in the last quarter, days", Tally::last_mean_wait, 1),
    ("within 14 days, %", |tally| tally.within(14) * 100.0, 1),
    ("99 of 100 within, days", Tally::p99, 0),
    ("no-shows, %", |tally| percent(tally.missed, tally.kept), 1),
    ("seats unused, %", |tally| percent(tally.empty, tally.seats), 1),
    ("served a month", |tally| tally.all_served() as f64 / 12.0, 0),
    ("requests per appointment", |tally| tally.requests as f64 / tally.all_served() as f64, 1),
    ("half-days with too many, %", |tally| percent(tally.half_days.1, tally.half_days.0), 2),
    ("without appointment at the end", |tally| tally.waiting as f64, 0),
];

fn percent(some: u64, all: u64) -> f64 {
    some as f64 / all.max(1) as f64 * 100.0
}

/// Plays all years and adds table, picture and what must hold.
pub(crate) fn run(study: &Study, findings: &mut Findings) {
    let part = if study.effort == Effort::Full { 1 } else { 100 };
    let town = Town::of(&OfficeDays::of_berlin(), part);
    let years: Vec<_> =
        Policy::ALL.iter().map(|policy| (policy, play(study, &town, policy))).collect();
    let heads = COLUMNS.iter().map(|(head, ..)| (*head).to_owned());
    let lines = years.iter().map(|(policy, tallies)| line(policy, tallies));
    findings.tables.push(Table {
        title: "A Berlin year, 180,000 appointments a month",
        head: std::iter::once("mechanism".to_owned()).chain(heads).collect(),
        lines: lines.collect(),
    });
    findings.plots.push(Plot {
        file: "town-wait.svg",
        title: "How long those had waited who were served, week by week",
        across: "week of the year",
        up: "mean wait, days",
        lines: years.iter().map(|(policy, tallies)| weekly(policy, &tallies[0])).collect(),
    });
    let [(_, today), .., (_, ours)] = &years[..] else { return };
    hold(findings, today, ours);
}

/// Several years, side by side on the cores.
fn play(study: &Study, town: &Town, policy: &Policy) -> Vec<Tally> {
    let one = |number: usize| {
        let chance = study.chance(&format!("town {} {number}", policy.name));
        let mut year = Year::new(town, policy, &chance);
        match policy.allocation {
            Allocation::FirstCome => first_come::play(&mut year),
            Allocation::Draw => drawn::play(&mut year),
        }
        year.tally
    };
    let number = if study.effort == Effort::Full { YEARS } else { 1 };
    thread::scope(|scope| {
        let years: Vec<_> = (0..number).map(|number| scope.spawn(move || one(number))).collect();
        years.into_iter().map(|year| year.join().expect("a year does not panic")).collect()
    })
}

fn line(policy: &Policy, tallies: &[Tally]) -> Vec<String> {
    let cells = COLUMNS.iter().map(|&(_, pick, digits)| {
        let Estimate { value, high, .. } = tallies.iter().map(pick).collect::<Mean>().estimate();
        format!("{value:.digits$} ± {:.digits$}", high - value)
    });
    std::iter::once(policy.name.to_owned()).chain(cells).collect()
}

fn weekly(policy: &Policy, tally: &Tally) -> Line {
    let weeks = tally.weeks.iter().enumerate().filter(|(_, (served, _))| *served > 0);
    let point = |(week, (served, days)): (usize, &(u64, u64))| {
        ((week + 1) as f64, *days as f64 / *served as f64)
    };
    Line { name: policy.name.to_owned(), points: weeks.map(point).collect() }
}

/// What must hold between today's mechanism and all of ours.
fn hold(findings: &mut Findings, today: &[Tally], ours: &[Tally]) {
    let compare = |pick: fn(&Tally) -> f64| {
        let pairs = today.iter().zip(ours).map(|(today, ours)| pick(ours) / pick(today));
        pairs.collect::<Mean>().estimate()
    };
    let mut row = |what: &str, target, value| findings.row(Row::new("year", what, target, value));
    let unused = compare(|tally| percent(tally.empty, tally.seats));
    row("seats unused, ours / today's", Target::AtMost(0.5), unused);
    let no_shows = compare(|tally| percent(tally.missed, tally.kept));
    row("no-shows, ours / today's", Target::AtMost(0.5), no_shows);
    let requests = compare(|tally| tally.requests as f64 / tally.all_served() as f64);
    row("requests per appointment, ours / today's", Target::AtMost(1.0), requests);
    row("mean wait, ours / today's", Target::AtMost(1.0), compare(Tally::mean_wait));
    let served = compare(|tally| tally.all_served() as f64);
    row("served, ours / today's", Target::AtLeast(1.0), served);
}
