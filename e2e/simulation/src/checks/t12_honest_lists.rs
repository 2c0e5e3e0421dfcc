//! T12: no person envies a later turn, and false wishes gain nothing.

use draw::{Entry, Given, Wish};

use super::t09_list_length::list;
use crate::{
    Chance, Findings, Study,
    engine::{Drawing, ticket},
    measures::Estimate,
    report::{Row, Target},
};

const PEOPLE: usize = 60;
const PLACES: u16 = 30;
const LENGTH: usize = 5;

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let chance = study.chance("t12");
    let drawing = Drawing::of_places(PLACES);
    let (mut envied, mut gained) = (0_u32, 0_u32);
    for _ in 0..study.runs(1_000) {
        let entries: Vec<_> = (0..PEOPLE).map(|_| ticket(&chance, 0)).collect();
        let mut lists: Vec<_> = (0..PEOPLE).map(|_| list(LENGTH, PLACES, &chance)).collect();
        let order = drawing.key(&chance).order(&entries);
        let honest = by_turn(&drawing, &entries, &order, &lists);
        envied += envy(&order, &lists, &honest);
        gained += u32::from(deviate(&drawing, &entries, &order, &mut lists, &honest, &chance));
    }
    let row = |what: &str, count: u32| {
        Row::new("T12", what, Target::AtMost(0.0), Estimate::exact(f64::from(count)))
    };
    findings
        .row(row("seats that somebody would rather have, free or held by a later turn", envied));
    findings.row(row("false lists, of 1,000, that got their author a better seat", gained));
}

type Lists = [Vec<Wish>];

/// By turn: the place that was got.
fn by_turn(drawing: &Drawing, entries: &[Entry], order: &[u32], lists: &Lists) -> Vec<Option<u16>> {
    let place = |given: Given| drawing.announcement().rows[given.seat.row as usize].place;
    let given = drawing.assign(entries, order, |at| &lists[at][..]);
    given.into_iter().map(|given| given.map(place)).collect()
}

/// How good a place is for a person: its position in their list, behind it if it is not there.
fn rank(list: &[Wish], place: Option<u16>) -> usize {
    let at = place.and_then(|place| list.iter().position(|one| one.places == [place]));
    at.unwrap_or(list.len())
}

/// Places that a person would rather have than their own and that no earlier turn holds.
fn envy(order: &[u32], lists: &Lists, got: &[Option<u16>]) -> u32 {
    let mut envied = 0;
    for (turn, at) in order.iter().enumerate() {
        let list = &lists[*at as usize];
        let better = &list[..rank(list, got[turn])];
        let earlier = &got[..turn];
        let is_taken = |one: &&Wish| earlier.contains(&Some(one.places[0]));
        envied += better.iter().filter(|one| !is_taken(one)).count() as u32;
    }
    envied
}

/// One person hands in a false list while all else stays: whether their place becomes better by their
/// true list.
fn deviate(
    drawing: &Drawing,
    entries: &[Entry],
    order: &[u32],
    lists: &mut [Vec<Wish>],
    honest: &[Option<u16>],
    chance: &Chance,
) -> bool {
    let turn = chance.below(order.len());
    let liar = order[turn] as usize;
    let false_list = list(1 + chance.below(2 * LENGTH), PLACES, chance);
    let truth = std::mem::replace(&mut lists[liar], false_list);
    let got = by_turn(drawing, entries, order, lists);
    rank(&truth, got[turn]) < rank(&truth, honest[turn])
}
