//! T9: how many seats stay empty if people name few of them.

use draw::Wish;

use crate::{
    Chance, Findings, Study,
    engine::{Drawing, ticket},
    measures::Mean,
    report::{Line, Plot, Row, Target},
};

/// People for 100 seats, seats that each names, the target, its digits.
const CASES: [(usize, usize, f64, i32); 4] =
    [(200, 1, 0.134, 3), (200, 3, 0.009, 3), (200, 5, 0.001, 3), (100, 10, 0.059, 3)];

pub(super) fn run(study: &Study, findings: &mut Findings) {
    for (people, length, target, digits) in CASES {
        let unused = play(study, people, length);
        let what = format!("{people} people name {length} of 100 seats: unused");
        let row = Row::new("T9", what, Target::rounded(target, digits), unused.estimate());
        findings.row(row.corrected(
            Target::rounded(expected_unused(people, length), 4),
            "its last digit is off; the chain of seats that are taken turn by turn is exact",
        ));
    }
    let line = |people: usize| Line {
        name: format!("{people} people for 100 seats"),
        points: (1..=10).map(|n| (n as f64, play(study, people, n).value() * 100.0)).collect(),
    };
    findings.plots.push(Plot {
        file: "list-length.svg",
        title: "Who names five seats or more leaves almost none empty",
        across: "seats that each person names",
        up: "seats that stay empty, per cent",
        lines: [200, 100].map(line).to_vec(),
    });
}

/// The expected share of 100 seats that stay empty: at each turn one more is taken, unless all that the
/// person names are.
fn expected_unused(people: usize, length: usize) -> f64 {
    let seats = 100;
    let all_taken = |taken: usize| -> f64 {
        (0..length).map(|at| taken.saturating_sub(at) as f64 / (seats - at) as f64).product()
    };
    let mut chances = vec![0.0; seats + 1];
    chances[0] = 1.0;
    for _ in 0..people {
        for taken in (0..=seats).rev() {
            let stays = chances[taken] * all_taken(taken);
            let arrives = taken
                .checked_sub(1)
                .map_or(0.0, |one_less| chances[one_less] * (1.0 - all_taken(one_less)));
            chances[taken] = stays + arrives;
        }
    }
    let empty = chances.iter().enumerate().map(|(taken, chance)| (seats - taken) as f64 * chance);
    empty.sum::<f64>() / seats as f64
}

/// The share of seats that the engine's assignment leaves over.
fn play(study: &Study, people: usize, length: usize) -> Mean {
    let chance = study.chance(&format!("t9 {people} {length}"));
    let drawing = Drawing::of_places(100);
    let unused = (0..study.runs(1_000)).map(|_| {
        let entries: Vec<_> = (0..people).map(|_| ticket(&chance, 0)).collect();
        let lists: Vec<_> = (0..people).map(|_| list(length, 100, &chance)).collect();
        let turns = drawing.settle(&entries, |at| &lists[at][..], &chance);
        1.0 - turns.iter().filter(|(_, given)| given.is_some()).count() as f64 / 100.0
    });
    unused.collect()
}

/// `length` different places of `places`, in random order, each a wish.
pub(super) fn list(length: usize, places: u16, chance: &Chance) -> Vec<Wish> {
    let mut all: Vec<u16> = (0..places).collect();
    (0..length)
        .map(|at| {
            let other = at + chance.below(all.len() - at);
            all.swap(at, other);
            Wish { places: vec![all[at]], ..Wish::default() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expectation_is_exact_where_it_can_be_written_down() {
        // Who names one seat leaves each of 100 empty with (1 - 1/100) a person.
        assert!((expected_unused(200, 1) - 0.99_f64.powi(200)).abs() < 1e-12);
        assert!(expected_unused(100, 100) < 1e-12, "whoever names all seats takes one");
    }
}
