//! The short form of `make simulate`.

use std::sync::OnceLock;

use simulation::{
    Chance, Effort, Findings, Study,
    chance::SEED,
    measures::Estimate,
    report::{self, Verdict},
    simulate,
};

fn play() -> Findings {
    simulate(&Study { effort: Effort::Short, seed: SEED }, |_| {})
}

fn findings() -> &'static Findings {
    static FINDINGS: OnceLock<Findings> = OnceLock::new();
    FINDINGS.get_or_init(play)
}

fn value(check: &str, what: &str) -> Estimate {
    let row = findings().find(check, what);
    row.unwrap_or_else(|| panic!("{check} has no row `{what}`")).value
}

#[test]
fn the_same_seed_has_the_same_digits() {
    assert_eq!(report::digest(&play()), report::digest(findings()));
}

#[test]
fn another_seed_or_name_is_another_stream() {
    let first = |seed, name| Chance::named(seed, name).bits();
    assert_eq!(first(1, "t1"), first(1, "t1"));
    assert_ne!(first(1, "t1"), first(2, "t1"));
    assert_ne!(first(1, "t1"), first(1, "t2"));
}

#[test]
fn a_program_is_worth_nothing_in_a_draw_and_everything_at_the_counter() {
    let ratio = value("T4", "200 people: P(with a program)");
    assert!(ratio.agrees_with(1.0, 0.0), "{ratio:?}");
    assert_eq!(value("T3", "200 people, 20 customers: P(customer)").value, 1.0);
    assert!(value("T3", "200 people, 20 customers: P(other)").high < 0.5);
    assert!(value("T11", "M1 and M2").low > 0.5);
}

#[test]
fn the_trader_earns_by_hoarding_and_stuffing_and_stays_away_from_a_draw() {
    assert!(value("T1", "unsold withheld, 200 people: profit").low > 10.0);
    assert!(value("T5", "profit").low > 10.0);
    assert_eq!(value("T4", "trader's best reply: identities").value, 0.0);
    assert_eq!(value("T4", "trader's best reply: profit").value, 0.0);
}

#[test]
fn a_freed_seat_reaches_the_accomplice_at_once_and_never_by_the_list() {
    assert!(value("handover", "freed at once").value > 0.7);
    assert_eq!(value("handover", "waiting list: to the accomplice who joins").value, 0.0);
}

#[test]
fn nobody_envies_anybody_or_gains_by_a_false_list() {
    for row in findings().rows.iter().filter(|row| row.check == "T12") {
        assert_eq!(row.verdict(), Verdict::Met, "{}", row.what);
    }
}

#[test]
fn a_year_of_ours_wastes_fewer_seats_than_one_of_today() {
    for what in ["seats unused", "no-shows", "requests per appointment"] {
        let ratio = value("year", what);
        assert!(ratio.value < 1.0, "{what}: {ratio:?}");
    }
}
