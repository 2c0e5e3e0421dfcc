//! The same human written otherwise, and others who have much in common.

use ambient::Entropy;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{
    people::{Human, Language, one_of, percent, shown},
    ways::{self, RESPELLINGS, Way},
};
use names::search_form;

use crate::person::{Attributes, BirthDate};

/// In what a log-in differs from the first one of the same human, or from that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The first log-in of a person.
    First,
    /// The same data in other letters, by the standards that registers and cards follow.
    Rewritten,
    /// The names in another spelling, as after a new passport, or without their accents.
    Respelled,
    /// Something is left out, less exact, or in another place.
    Less,
    /// A slip of the keyboard at the desk.
    Typed,
    /// Another person: a twin, a namesake, a neighbour.
    Neighbour,
}

pub(super) struct Variant {
    pub(super) kind: Kind,
    pub(super) log_in: Attributes,
}

impl Variant {
    pub(super) fn shown(&self) -> String {
        shown(&self.log_in)
    }
}

/// A log-in with each name and place changed.
fn mapped(log_in: &Attributes, change: impl Fn(&str) -> String) -> Attributes {
    Attributes {
        place_of_birth: log_in.place_of_birth.as_deref().map(&change),
        ..renamed(log_in, change)
    }
}

/// A log-in with each name changed.
fn renamed(log_in: &Attributes, change: impl Fn(&str) -> String) -> Attributes {
    Attributes {
        given_names: log_in.given_names.as_deref().map(&change),
        family_name: change(&log_in.family_name),
        birth_name: log_in.birth_name.as_deref().map(&change),
        ..log_in.clone()
    }
}

/// How the same human logs in later.
pub(super) fn variants(human: &Human, language: &Language, entropy: &dyn Entropy) -> Vec<Variant> {
    let base = human.log_in();
    let mut all = rewritten(&base);
    all.extend(respelled(human, language, &base));
    all.extend(less(human, &base));
    all.extend(typed(&base, entropy));
    // What the rules read alike is not written otherwise.
    all.retain(|one| one.kind == Kind::Rewritten || differs(&one.log_in, &base));
    all
}

/// Whether the rules read anything otherwise that a full fingerprint covers.
fn differs(one: &Attributes, other: &Attributes) -> bool {
    let counts = |log_in: &Attributes| {
        let folded = log_in.folded();
        (folded.given, folded.families.into_iter().next(), folded.place, log_in.birth_date())
    };
    counts(one) != counts(other)
}

fn rewritten(base: &Attributes) -> Vec<Variant> {
    let given = base.given_names.clone().unwrap_or_default();
    let titled =
        |title: &str| Attributes { given_names: Some(format!("{title} {given}")), ..base.clone() };
    let mut log_ins = vec![
        mapped(base, |text| text.to_uppercase()),
        mapped(base, |text| search_form(text).to_uppercase()),
        mapped(base, |text| text.nfd().collect()),
        mapped(base, |text| text.replace('-', " ")),
        mapped(base, |text| format!(" {}  ", text.replace(' ', "  "))),
        mapped(base, |text| text.replace(['\'', '’', 'ʻ', 'ʼ'], "´")),
        mapped(base, |text| text.replace(['\'', '’', 'ʻ', 'ʼ'], "")),
        titled("Dr."),
        titled("Prof. Dr. med."),
        Attributes { birth_date: written_as_in_germany(&base.birth_date), ..base.clone() },
    ];
    if let Some(birth_name) = &base.birth_name {
        // Before the marriage.
        let family_name = birth_name.clone();
        log_ins.push(Attributes { family_name, birth_name: None, ..base.clone() });
    } else {
        let birth_name = Some(base.family_name.clone());
        let family_name = "Neumann".to_owned();
        log_ins.push(Attributes { family_name, birth_name, ..base.clone() });
    }
    log_ins.into_iter().map(|log_in| Variant { kind: Kind::Rewritten, log_in }).collect()
}

/// `17.04.1980`, with zeros for what is unknown.
fn written_as_in_germany(date: &str) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    let part = |place: usize| parts.get(place).copied().unwrap_or("00");
    format!("{}.{}.{}", part(2), part(1), part(0))
}

fn respelled(human: &Human, language: &Language, base: &Attributes) -> Vec<Variant> {
    let mut log_ins = vec![renamed(base, without_accents), renamed(base, joined)];
    if language.is_cyrillic() {
        log_ins.extend([Way::German, Way::Scientific].map(|way| human.written(way)));
    }
    let ways = RESPELLINGS.iter().filter(|way| way.is_for(&language.group));
    log_ins.extend(ways.map(|way| renamed(base, |text| way.apply(text))));
    log_ins.into_iter().map(|log_in| Variant { kind: Kind::Respelled, log_in }).collect()
}

/// `Müller` is `Muller` where the writer does not know better.
fn without_accents(text: &str) -> String {
    text.nfd().filter(|letter| !is_combining_mark(*letter)).collect()
}

/// `Jean-Luc` is `Jeanluc`; Arabic articles are no part of the word.
fn joined(text: &str) -> String {
    let lower = text.to_lowercase();
    if ["al-", "el-", "ul-", "al ", "el ", "ul ", "il "]
        .iter()
        .any(|article| lower.contains(article))
    {
        return text.to_owned();
    }
    text.replace([' ', '-'], "")
}

fn less(human: &Human, base: &Attributes) -> Vec<Variant> {
    let mut log_ins = Vec::new();
    let given = &human.given;
    let write = |names: &[String]| Some(ways::written(&names.join(" "), Way::Passport));
    if given.len() > 1 {
        log_ins.push(Attributes { given_names: write(&given[..1]), ..base.clone() });
        let mut turned = given.clone();
        turned.rotate_left(1);
        log_ins.push(Attributes { given_names: write(&turned), ..base.clone() });
    }
    if base.birth_name.is_some() {
        log_ins.push(Attributes { birth_name: None, ..base.clone() });
    } else {
        // Family and given names in each other's field.
        let given_names = Some(base.family_name.clone());
        let family_name = base.given_names.clone().unwrap_or_default();
        log_ins.push(Attributes { given_names, family_name, ..base.clone() });
    }
    if let Some(place) = &base.place_of_birth {
        log_ins.push(Attributes { place_of_birth: None, ..base.clone() });
        for more in ["(Nord)", "/Nord", ", Nordland", "am Nordmeer", "a. N."] {
            let place_of_birth = Some(format!("{place} {more}"));
            log_ins.push(Attributes { place_of_birth, ..base.clone() });
        }
    }
    let born: BirthDate = base.birth_date.parse().unwrap();
    log_ins.extend(
        born.less()
            .into_iter()
            .map(|born| Attributes { birth_date: born.to_string(), ..base.clone() }),
    );
    log_ins.into_iter().map(|log_in| Variant { kind: Kind::Less, log_in }).collect()
}

/// One letter of the name that counts is wrong, missing, doubled, or changes places with the next.
fn typed(base: &Attributes, entropy: &dyn Entropy) -> Vec<Variant> {
    let name = base.birth_name.as_ref().unwrap_or(&base.family_name);
    let letters: Vec<char> = name.chars().collect();
    let place = usize::try_from(entropy.below(letters.len() as u64)).unwrap();
    let wrong = *one_of(&['a', 'e', 'n', 'r', 's', 't', 'l', 'm'], entropy);
    let mut slips = vec![letters.clone(); 4];
    slips[0][place] = wrong;
    slips[1].remove(place);
    slips[2].insert(place, letters[place]);
    if place + 1 < letters.len() {
        slips[3].swap(place, place + 1);
    }
    slips.retain(|letters| letters.iter().any(|letter| letter.is_alphabetic()));
    let log_in = |letters: Vec<char>| {
        let name: String = letters.into_iter().collect();
        match base.birth_name {
            Some(_) => Attributes { birth_name: Some(name), ..base.clone() },
            None => Attributes { family_name: name, ..base.clone() },
        }
    };
    slips
        .into_iter()
        .map(|letters| Variant { kind: Kind::Typed, log_in: log_in(letters) })
        .collect()
}

/// Other people, each of whom differs in one stated way.
pub(super) fn others(human: &Human, language: &Language, entropy: &dyn Entropy) -> Vec<Variant> {
    let mut all = Vec::new();
    let base = human.log_in();
    let mut twin = human.clone();
    twin.given = vec![one_of(&language.given, entropy).clone()];
    if percent(30, entropy) {
        // The second name of one twin is the first of the other.
        twin.given.extend(human.given.first().cloned());
    }
    all.push(twin.log_in());
    let mut more = human.clone();
    more.given.push(one_of(&language.given, entropy).clone());
    all.push(more.log_in());
    let mut neighbour = human.clone();
    neighbour.family = one_of(&language.family, entropy).clone();
    neighbour.birth_name = None;
    all.push(neighbour.log_in());
    let elsewhere = one_of(&language.places, entropy).clone();
    all.push(Attributes { place_of_birth: Some(elsewhere), ..base.clone() });
    let born: BirthDate = base.birth_date.parse().unwrap();
    if let BirthDate::Day(date) = born {
        let next = date.tomorrow().unwrap().to_string();
        all.push(Attributes { birth_date: next, ..base.clone() });
        let father = jiff::civil::Date::new(date.year() - 27, date.month(), date.day());
        let father = father.unwrap_or(date.yesterday().unwrap()).to_string();
        all.push(Attributes { birth_date: father, ..base.clone() });
    }
    all.retain(|log_in| differs(log_in, &base));
    all.into_iter().map(|log_in| Variant { kind: Kind::Neighbour, log_in }).collect()
}
