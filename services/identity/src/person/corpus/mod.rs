//! Invented people with names of many languages, through the real matching: who is merged, who is doubled,
//! who becomes a case.
//!
//! Names and places come from `data/names`. Everybody logs in once; then each of them again, as another
//! provider, document or clerk would write the same human; and then people who have much in common with
//! them and are somebody else. The counts are what README.md shows.

mod people;
mod registry;
mod variants;
mod ways;

use std::collections::BTreeMap;

use ambient::SeededEntropy;

use self::{
    people::{Human, languages},
    registry::{Found, Registry},
    variants::{Kind, Variant, others, variants},
};
use crate::person::readme;

const BEGIN: &str =
    "<!-- corpus: made by person/corpus, UPDATE_README=1 cargo test -p identity --lib -->\n";
const END: &str = "<!-- end of corpus -->";

/// People of each language.
const PEOPLE: usize = 20;

/// What became of the log-ins of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    log_ins: u32,
    /// Became the person that they are, without anybody looking.
    known: u32,
    /// Became another person than they are.
    merged: u32,
    /// Became a new person though they are a known one.
    doubled: u32,
    /// Wait for staff.
    cases: u32,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.log_ins += other.log_ins;
        self.known += other.known;
        self.merged += other.merged;
        self.doubled += other.doubled;
        self.cases += other.cases;
    }

    /// Per 100,000 log-ins.
    fn share(self, count: u32) -> u64 {
        u64::from(count) * 100_000 / u64::from(self.log_ins.max(1))
    }
}

type Tally = BTreeMap<Kind, Counts>;

#[test]
fn names_of_fifty_languages_keep_the_promises() {
    let entropy = SeededEntropy::new(17);
    let languages = languages();
    assert!(languages.len() >= 30, "{} languages", languages.len());
    let mut registry = Registry::default();
    let mut people = Vec::new();
    let mut groups: BTreeMap<&str, (Tally, usize)> = BTreeMap::new();
    for language in &languages {
        let (tally, count) = groups.entry(&language.group).or_default();
        *count += 1;
        for human in language.people(PEOPLE, &entropy) {
            let first = human.log_in();
            if registry.knows_data_of(&first) {
                continue;
            }
            let found = registry.look_for(&first);
            count_stranger(tally, Kind::First, &found, &human);
            people.push((language, human, registry.add(&first)));
        }
    }
    for (language, human, person) in &people {
        let tally = &mut groups.entry(&language.group).or_default().0;
        for variant in variants(human, language, &entropy) {
            let found = match variant.kind {
                Kind::Typed => registry.look_for_typed(&variant.log_in),
                _ => registry.look_for(&variant.log_in),
            };
            count_same(tally, &variant, found, *person, human);
        }
        for other in others(human, language, &entropy) {
            if !registry.knows_data_of(&other.log_in) {
                count_stranger(tally, other.kind, &registry.look_for(&other.log_in), human);
            }
        }
    }
    let table = table(&groups);
    println!("{table}");
    println!("{:.1} fingerprints are kept of a person", registry.kept_of_each());
    readme::compare(BEGIN, END, &table);
}

/// The same human again.
fn count_same(tally: &mut Tally, variant: &Variant, found: Found, person: usize, human: &Human) {
    let counts = tally.entry(variant.kind).or_default();
    counts.log_ins += 1;
    let what = || format!("{:?}: {} and {}", variant.kind, human.shown(), variant.shown());
    match found {
        Found::Known(known) => {
            counts.known += u32::from(known == person);
            counts.merged += u32::from(known != person);
            assert_eq!(known, person, "merged with somebody else. {}", what());
            assert!(variant.kind == Kind::Rewritten, "merged by itself. {}", what());
            assert!(!human.is_conventional(), "a conventional date merged. {}", what());
        }
        Found::Unclear => {
            counts.cases += 1;
            let is_certain = variant.kind == Kind::Rewritten && !human.is_conventional();
            assert!(!is_certain, "equal complete data is one person. {}", what());
        }
        Found::Nobody => {
            counts.doubled += 1;
            assert!(variant.kind == Kind::Typed, "doubled in silence. {}", what());
        }
    }
}

/// A person who is not known yet.
fn count_stranger(tally: &mut Tally, kind: Kind, found: &Found, human: &Human) {
    let counts = tally.entry(kind).or_default();
    counts.log_ins += 1;
    match found {
        Found::Known(_) => panic!("{kind:?}: merged with {}", human.shown()),
        Found::Unclear => counts.cases += 1,
        Found::Nobody => {}
    }
}

fn table(groups: &BTreeMap<&str, (Tally, usize)>) -> String {
    let mut table = "| languages | people | rewritten: case | respelled: case | less or moved: case \
                     | typed wrong: case | typed wrong: doubled | twins and namesakes: case | strangers: case |\n\
                     |---|---|---|---|---|---|---|---|---|\n"
        .to_owned();
    let mut total: (Tally, usize) = Default::default();
    for (group, (tally, languages)) in groups {
        table += &row(&format!("{group} ({languages})"), tally);
        for (kind, counts) in tally {
            total.0.entry(*kind).or_default().add(*counts);
        }
        total.1 += languages;
    }
    table += &row(&format!("**all ({})**", total.1), &total.0);
    let log_ins: u32 = total.0.values().map(|counts| counts.log_ins).sum();
    let sum = |what: fn(&Counts) -> u32| total.0.values().map(what).sum::<u32>();
    let (merged, doubled) = (sum(|counts| counts.merged), sum(|counts| counts.doubled));
    let known = sum(|counts| counts.known);
    let cases = sum(|counts| counts.cases);
    table
        + &format!(
            "\n{log_ins} log-ins: {known} became who they are, {cases} a case, {doubled} a second person \
             (each by a slip of the keyboard), {merged} somebody else.\n"
        )
}

fn row(name: &str, tally: &Tally) -> String {
    let of = |kind: Kind| tally.get(&kind).copied().unwrap_or_default();
    let case = |kind: Kind| of(kind).share(of(kind).cases);
    let typed = of(Kind::Typed);
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
        of(Kind::First).log_ins,
        case(Kind::Rewritten),
        case(Kind::Respelled),
        case(Kind::Less),
        case(Kind::Typed),
        typed.share(typed.doubled),
        case(Kind::Neighbour),
        case(Kind::First),
    )
}
