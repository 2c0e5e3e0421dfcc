//! T11: one person becomes a hundred times as quick. Where is it worth anything?

use super::{BY_HAND, SEATS};
use crate::{
    Findings, Study,
    agents::{Racer, Served, race},
    engine::{Counter, Drawing, Line, person, ticket},
    measures::Share,
    report::{Row, Target},
};

const PEOPLE: usize = 200;

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let row = |what: &str, target, share: Share| Row::new("T11", what, target, share.estimate());
    let half = Target::rounded(0.5, 2);
    findings.row(row("M3: P(quick)", half, draw(study, 0)));
    findings.row(row("M7, same week: P(quick)", half, draw(study, 3)));
    findings.row(
        row("M4, list opens: P(quick among the first 100)", Target::AtLeast(0.9), line(study))
            .corrected(
                half,
                "it allows the place at the opening to depend on speed; the engine draws the places \
                 of a day, so not even that does",
            ),
    );
    findings.row(row("M1 and M2: P(quick)", Target::AtLeast(0.9), counter(study)));
    let rate = |quick: f64| {
        let chance = study.chance("t11 m6");
        let mut share = Share::default();
        for _ in 0..study.runs(20_000) {
            let others = chance.exponential(BY_HAND / 499.0);
            share.count(chance.exponential(BY_HAND / quick) < others);
        }
        share
    };
    findings.row(row(
        "M6 without a limit: share of the quick one of 500",
        Target::AtLeast(0.1),
        rate(100.0),
    ));
    findings.row(row("M6 with equal limits", Target::rounded(1.0 / 500.0, 3), rate(1.0)));
}

/// The quick one is first in the entry window and changes the entry a hundred times; `cohorts` is how
/// far seniority goes in the list.
fn draw(study: &Study, cohorts: usize) -> Share {
    let chance = study.chance(&format!("t11 draw {cohorts}"));
    let (drawing, mut share) = (Drawing::of_seats(SEATS), Share::default());
    for _ in 0..study.runs(10_000) {
        // Older cohorts take half of the seats; a hundred people of one week share the rest.
        let older = if cohorts > 0 { usize::from(SEATS) / 2 } else { 0 };
        let same = if cohorts > 0 { usize::from(SEATS) } else { PEOPLE };
        let mut entries: Vec<_> = (0..same).map(|_| ticket(&chance, 0)).collect();
        entries[0].revision = 100;
        entries.extend((0..older).map(|_| ticket(&chance, 1 + chance.below(cohorts) as u8)));
        share.count(drawing.winners(&entries, &chance)[0]);
    }
    share
}

/// All join on the day on which the list opens, the quick one first.
fn line(study: &Study) -> Share {
    let (chance, mut share) = (study.chance("t11 line"), Share::default());
    for _ in 0..study.runs(2_000) {
        let mut line = Line::new("2027-01-04".parse().expect("a day"), &chance);
        (0..PEOPLE).for_each(|number| line.join_somebody(number, &chance));
        share.count((0..SEATS).any(|_| line.first() == Some(0)));
    }
    share
}

/// At the engine's counter, where the quick one looks every three seconds and others every five
/// minutes.
fn counter(study: &Study) -> Share {
    let (chance, mut served) = (study.chance("t11 counter"), Served::default());
    for _ in 0..study.runs(100) {
        let quick = Racer { pays: true, ..Racer::by_hand(person(1), BY_HAND / 100.0, &chance) };
        let others = (2..=PEOPLE as u128).map(|who| Racer::by_hand(person(who), BY_HAND, &chance));
        race(&mut Counter::hall(), std::iter::once(quick).chain(others).collect(), &mut served);
    }
    served.customers
}
