//! Who is known: what the store keeps and looks up, without a database. The rules are the real ones
//! (`Fingerprints::claims`, `likeness`, `decide`); `store/persons.rs` only fetches the rows for them.

use std::collections::{BTreeSet, HashMap, HashSet};

use aws_lc_rs::hmac;
use ids::PersonId;

use crate::person::{
    Attributes,
    claim::{Form, Likeness},
    fingerprint::Fingerprints,
    matching::{Decision, Known, decide},
};

/// What the rules make of a proven log-in with an account that was never seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A person who is known.
    Known(usize),
    /// Staff must look.
    Unclear,
    /// A new person.
    Nobody,
}

pub(super) struct Registry {
    key: hmac::Key,
    claims: HashMap<String, Vec<(usize, Form)>>,
    full: HashSet<String>,
    people: usize,
}

impl Default for Registry {
    fn default() -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"corpus");
        Self { key, claims: HashMap::new(), full: HashSet::new(), people: 0 }
    }
}

impl Registry {
    fn prints(&self, log_in: &Attributes) -> Fingerprints {
        Fingerprints::of(log_in, &self.key).expect("a name and a date of birth")
    }

    /// Whether another person has the very same data: by the rules they are one person.
    pub(super) fn knows_data_of(&self, log_in: &Attributes) -> bool {
        self.full.contains(self.prints(log_in).full.as_str())
    }

    pub(super) fn look_for(&self, log_in: &Attributes) -> Found {
        let prints = self.prints(log_in);
        let (mut same, mut similar) = (BTreeSet::new(), BTreeSet::new());
        for print in prints.whole().chain(prints.less()) {
            let stored = print.as_str();
            for (person, form) in self.claims.get(stored).into_iter().flatten() {
                match prints.likeness(stored, *form) {
                    Some(Likeness::Same) => drop(same.insert(*person)),
                    Some(Likeness::Similar) => drop(similar.insert(*person)),
                    None => {}
                }
            }
        }
        let id = |person: &usize| PersonId::from_bits(*person as u128);
        let known = Known {
            key: None,
            same: same.iter().map(id).collect(),
            similar: similar.difference(&same).map(id).collect(),
        };
        match decide(&known, true, prints.complete) {
            Decision::Known(person) | Decision::Same(person) => {
                Found::Known(usize::try_from(person.to_bits()).unwrap())
            }
            Decision::New => Found::Nobody,
            Decision::Unclear => Found::Unclear,
        }
    }

    /// The same for a document that a clerk types.
    pub(super) fn look_for_typed(&self, log_in: &Attributes) -> Found {
        match self.look_for(log_in) {
            Found::Nobody => {
                let slips = Fingerprints::slips(log_in, &self.key).unwrap();
                let is_full = |(_, form): &(usize, Form)| *form == Form::Full;
                let claims = slips.iter().filter_map(|print| self.claims.get(print.as_str()));
                if claims.flatten().any(is_full) { Found::Unclear } else { Found::Nobody }
            }
            found => found,
        }
    }

    /// Staff, or the rules, say that this is a new person.
    pub(super) fn add(&mut self, log_in: &Attributes) -> usize {
        let prints = self.prints(log_in);
        let person = self.people;
        for (print, form) in prints.claims() {
            self.claims.entry(print.to_owned()).or_default().push((person, form));
        }
        self.full.insert(prints.full.as_str().to_owned());
        self.people += 1;
        person
    }

    pub(super) fn kept_of_each(&self) -> f64 {
        let kept: usize = self.claims.values().map(Vec::len).sum();
        kept as f64 / self.people as f64
    }
}
