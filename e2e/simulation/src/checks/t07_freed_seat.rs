//! T7: a seat is given up for an accomplice. Who asks first after it is free?

use booking::returning::{ReturnTerms, ReturnWindow, falls};
use jiff::{SignedDuration, Timestamp};

use super::BY_HAND;
use crate::{
    Chance, Findings, Study,
    engine::{Counter, person},
    measures::Share,
    report::{Row, Target},
};

/// People by hand, how often they look in seconds, how often the accomplice asks, and the target.
const CASES: [(usize, f64, f64, f64); 4] = [
    (500, 300.0, 1.0, 0.375),
    (500, 60.0, 1.0, 0.107),
    (5_000, 60.0, 1.0, 0.012),
    (500, 300.0, 300.0, 0.002),
];

pub(super) fn run(study: &Study, findings: &mut Findings) {
    for (people, interval, accomplice, target) in CASES {
        let asks = |chance: &Chance| chance.exponential(accomplice);
        let share = play(study, people, interval, asks);
        let what = format!(
            "a program asks every {accomplice} s, {people} people every {interval} s: its share"
        );
        let row = Row::new("T7", what, Target::rounded(target, 3), share.estimate());
        findings.row(row);
    }
    let clocked = play(study, 500, BY_HAND, Chance::unit);
    let rate = 500.0 / BY_HAND;
    let exact = (1.0 - f64::exp(-rate)) / rate;
    findings.row(
        Row::new(
            "T7",
            "the same, asking by the clock and not at random moments",
            Target::rounded(0.375, 3),
            clocked.estimate(),
        )
        .corrected(
            Target::rounded(exact, 3),
            "its formula takes the program's requests for random; one that asks each full second \
                 waits half as long, and its share is (1 - e^-λ)/λ",
        ),
    );
    let relayed = relay(study);
    findings.row(Row::new(
        "T7",
        "hold relay against the engine's holds, return of seats and back-off: accomplice's share",
        Target::AtMost(0.1),
        relayed.estimate(),
    ));
}

/// A freed seat returns by the engine's coin. `asks` is the time from then to the accomplice's next
/// request.
pub(super) fn play(
    study: &Study,
    people: usize,
    interval: f64,
    asks: impl Fn(&Chance) -> f64,
) -> Share {
    let chance = study.chance(&format!("t7 {people} {interval}"));
    let mut share = Share::default();
    for _ in 0..study.runs(20_000) {
        let freed = returns_after(&chance);
        let accomplice = freed + asks(&chance);
        let others = (0..people).map(|_| freed + chance.exponential(interval));
        share.count(others.fold(f64::INFINITY, f64::min) > accomplice);
    }
    share
}

/// After how many seconds a seat is free that was given up, by the engine's window of 10 to 240
/// minutes, with a coin each minute.
fn returns_after(chance: &Chance) -> f64 {
    let minutes = SignedDuration::from_mins;
    let terms = ReturnTerms {
        not_before: minutes(10),
        not_after: minutes(240),
        least: minutes(1),
        ahead: minutes(30),
    };
    let now = Timestamp::UNIX_EPOCH;
    let window =
        ReturnWindow::of(now, now + minutes(14 * 24 * 60), terms).expect("two weeks are left");
    let mut tick = now;
    loop {
        let next = tick + minutes(1);
        if falls(chance.bits(), window.chance(tick, next)) {
            return next.duration_since(now).as_secs_f64();
        }
        tick = next;
    }
}

/// One gives up a hold; the accomplice asks for that seat as soon as the engine lets them, the others
/// look by hand.
fn relay(study: &Study) -> Share {
    let (chance, mut share) = (study.chance("t7 relay"), Share::default());
    let rate = 500.0 / BY_HAND;
    for _ in 0..study.runs(2_000) {
        let mut counter = Counter::booth();
        let hold = counter.hold(person(1)).expect("it is free");
        counter.give_up(&hold);
        let won = loop {
            counter.second(&chance);
            // Requests within the same second are in random order.
            let mut asking: Vec<_> =
                (0..chance.poisson(rate)).map(|_| 10 + chance.below(500) as u128).collect();
            asking.push(2);
            chance.shuffle(&mut asking);
            let winner = asking.into_iter().find(|who| counter.hold(person(*who)).is_ok());
            if let Some(winner) = winner {
                break winner == 2;
            }
        };
        share.count(won);
    }
    share
}
