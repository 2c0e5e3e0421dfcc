//! Invented people: names of one language, a date and a place of birth.

use ambient::Entropy;
use jiff::civil::Date;

use super::ways::{self, Way};
use crate::person::{Attributes, BirthDate};

const CORPUS: &str = include_str!("../../../data/names/names.txt");

/// Names and places of one language.
pub(super) struct Language {
    pub(super) group: String,
    pub(super) given: Vec<String>,
    pub(super) family: Vec<String>,
    pub(super) places: Vec<String>,
}

/// An invented person. Names may be Cyrillic.
#[derive(Clone)]
pub(super) struct Human {
    pub(super) given: Vec<String>,
    pub(super) family: String,
    pub(super) birth_name: Option<String>,
    pub(super) born: String,
    pub(super) place: Option<String>,
}

/// All languages of the corpus.
pub(super) fn languages() -> Vec<Language> {
    let mut languages = Vec::new();
    for block in CORPUS.split("\n# ").skip(1) {
        let mut lines = block.lines();
        let (_, group) = lines.next().and_then(|line| line.split_once("; ")).unwrap();
        let [given, family, places] = ["given: ", "family: ", "place: "].map(|kind| {
            let line = lines.next().and_then(|line| line.strip_prefix(kind)).unwrap();
            line.split(", ").map(str::to_owned).collect()
        });
        languages.push(Language { group: group.to_owned(), given, family, places });
    }
    languages
}

pub(super) fn one_of<'a, T>(some: &'a [T], entropy: &dyn Entropy) -> &'a T {
    &some[usize::try_from(entropy.below(some.len() as u64)).unwrap()]
}

/// True in so many of a hundred cases.
pub(super) fn percent(share: u64, entropy: &dyn Entropy) -> bool {
    entropy.below(100) < share
}

impl Language {
    /// Whether names are kept as they are written at home, to be written in several ways.
    pub(super) fn is_cyrillic(&self) -> bool {
        self.group.ends_with("Cyrillic")
    }

    pub(super) fn people(&self, count: usize, entropy: &dyn Entropy) -> Vec<Human> {
        (0..count).map(|_| self.somebody(entropy)).collect()
    }

    fn somebody(&self, entropy: &dyn Entropy) -> Human {
        let mut given = vec![one_of(&self.given, entropy).clone()];
        while given.len() < 3 && percent(30, entropy) {
            let more = one_of(&self.given, entropy);
            if !given.contains(more) {
                given.push(more.clone());
            }
        }
        let mut family = one_of(&self.family, entropy).clone();
        if percent(8, entropy) {
            family = format!("{family}-{}", one_of(&self.family, entropy));
        }
        let birth_name = percent(12, entropy).then(|| one_of(&self.family, entropy).clone());
        let born = self.birth_date(entropy);
        let place = percent(97, entropy).then(|| one_of(&self.places, entropy).clone());
        Human { given, family, birth_name, born, place }
    }

    /// Where registers came late, many people have a day that an office wrote for an unknown one.
    fn birth_date(&self, entropy: &dyn Entropy) -> String {
        let conventional = match self.group.as_str() {
            "Persian and Urdu" => 30,
            "Arabic" | "African" => 15,
            "South Asian" | "Turkic" => 8,
            _ => 1,
        };
        let year = 1940 + i16::try_from(entropy.below(69)).unwrap();
        if percent(conventional, entropy) {
            return match entropy.below(10) {
                0 => format!("{year}"),
                1 => format!("{year}-{:02}", 1 + entropy.below(12)),
                2 => format!("{year}-07-01"),
                3 => format!("{year}-12-31"),
                _ => format!("{year}-01-01"),
            };
        }
        let days = i64::try_from(entropy.below(365)).unwrap();
        let first = Date::new(year, 1, 1).unwrap();
        first.checked_add(jiff::Span::new().days(days)).unwrap().to_string()
    }
}

impl Human {
    pub(super) fn is_conventional(&self) -> bool {
        let born: BirthDate = self.born.parse().unwrap();
        born.is_conventional() || self.place.is_none()
    }

    /// What their first document says; Cyrillic names as passports write them.
    pub(super) fn log_in(&self) -> Attributes {
        self.written(Way::Passport)
    }

    /// With Cyrillic names written in one way.
    pub(super) fn written(&self, way: Way) -> Attributes {
        let write = |text: &str| ways::written(text, way);
        Attributes {
            given_names: Some(write(&self.given.join(" "))),
            family_name: write(&self.family),
            birth_name: self.birth_name.as_deref().map(write),
            birth_date: self.born.clone(),
            place_of_birth: self.place.clone(),
        }
    }

    pub(super) fn shown(&self) -> String {
        shown(&self.log_in())
    }
}

pub(super) fn shown(log_in: &Attributes) -> String {
    format!(
        "{}|{}|{}|{}|{}",
        log_in.given_names.as_deref().unwrap_or_default(),
        log_in.family_name,
        log_in.birth_name.as_deref().unwrap_or_default(),
        log_in.birth_date,
        log_in.place_of_birth.as_deref().unwrap_or_default(),
    )
}
