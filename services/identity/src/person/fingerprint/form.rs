//! Forms of a person's names and place, and their keyed hashes.

use std::collections::BTreeSet;

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    super::{BirthDate, attributes::Folded, places::Places},
    Fingerprint,
};

/// Given names beyond this count are part of the full fingerprint only.
const GIVEN_NAMES_COMPARED: usize = 4;

/// One form of a person's names and place.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    pub(super) given: &'a [String],
    pub(super) family: &'a [String],
    pub(super) place: Option<&'a [String]>,
}

/// Makes fingerprints by one set of rules.
#[derive(Clone, Copy)]
pub(super) struct Hashed<'a> {
    pub(super) key: &'a hmac::Key,
    pub(super) rules: &'static str,
}

impl Hashed<'_> {
    /// Of everything, and of less. `None` without a family name.
    pub(super) fn prints(
        self,
        folded: &Folded,
        places: &Places,
        born: BirthDate,
    ) -> Option<(BTreeSet<Fingerprint>, BTreeSet<Fingerprint>)> {
        let (given, first) = (&folded.given, folded.families.first()?);
        let full = self.at(given, first, &places.whole, born);
        let some_places: Vec<_> =
            places.whole.iter().chain(&places.less).cloned().chain([None]).collect();
        let mut weaker = BTreeSet::new();
        for family in &folded.families {
            for count in 0..=given.len() {
                let all = count == given.len();
                // No given name in common never counts as the same person.
                if !all && (count == 0 || count > GIVEN_NAMES_COMPARED) {
                    continue;
                }
                weaker.extend(self.at(&given[..count], family, &some_places, born));
            }
        }
        weaker.retain(|print| !full.contains(print));
        Some((full, weaker))
    }

    /// Of these names at each of some places.
    fn at(
        self,
        given: &[String],
        family: &[String],
        places: &[Option<Vec<String>>],
        born: BirthDate,
    ) -> BTreeSet<Fingerprint> {
        let hash = |place: &Option<Vec<String>>| {
            self.hash(Form { given, family, place: place.as_deref() }, born)
        };
        places.iter().map(hash).collect()
    }

    pub(super) fn hash(self, form: Form<'_>, born: BirthDate) -> Fingerprint {
        // Fields end with a byte that no folded name contains, so none can flow into the next.
        let place = form.place.map(|place| place.join(" ")).unwrap_or_default();
        let (given, family) = (form.given.join(" "), form.family.join(" "));
        let text = format!("{}{given}\n{family}\n{born}\n{place}\n", self.rules);
        Fingerprint(URL_SAFE_NO_PAD.encode(hmac::sign(self.key, text.as_bytes())))
    }
}
