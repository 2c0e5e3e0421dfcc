//! Whom an entitlement is for.
//!
//! Names are compared in the search form of DIN 91379: the whole family name, however it is divided,
//! and the first given name, since registers and documents list the others or not. A date of birth of
//! which day or month are unknown is read in the person's favour: `1980` and `1980-04-17` agree.
//!
//! What is kept is a keyed hash of each text that [`Holder::texts`] gives; what a person shows is
//! hashed the same way ([`proofs`]), and one equal hash is enough. So the database can tell whether
//! a person is the right one, and does not say who that is.
//!
//! | the agency posts | the person proves | agree |
//! |---|---|---|
//! | 1980-04-17 | 1980-04-17 | yes |
//! | 1980-04-17 | 1980 (day and month unknown) | yes |
//! | 1980 | 1980-04-17 | yes |
//! | 1980-04-17 | 1980-04-18 | no |

use std::{fmt, str::FromStr};

use names::{Field, Name};

use crate::rules::BirthDate;

/// What a person must prove besides the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BoundTo {
    /// Name and date of birth.
    Name,
    /// The date of birth. The reference is random.
    BirthDate,
    /// Nothing: the reference is random.
    Bearer,
    /// The date of birth, by the hash that versions before this one made of it together with the
    /// reference.
    Former,
}

/// No such word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not `name`, `birth_date`, `bearer` or `former`")]
pub struct UnknownBoundTo;

impl BoundTo {
    /// For reading a word of the database.
    const ALL: [Self; 4] = [Self::Name, Self::BirthDate, Self::Bearer, Self::Former];

    /// Whether it was posted without a name: any holder of the reference proves it, with the date of birth if it has one.
    #[must_use]
    pub const fn is_nameless(self) -> bool {
        match self {
            Self::BirthDate | Self::Bearer => true,
            Self::Name | Self::Former => false,
        }
    }

    /// The word for it in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::BirthDate => "birth_date",
            Self::Bearer => "bearer",
            Self::Former => "former",
        }
    }
}

impl FromStr for BoundTo {
    type Err = UnknownBoundTo;

    fn from_str(text: &str) -> Result<Self, UnknownBoundTo> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or(UnknownBoundTo)
    }
}

/// A name, as far as it is compared. Holds personal data: kept only as a keyed hash.
///
/// An agency may post several spellings of one person, as documents and registers have them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spelling {
    given: String,
    family: String,
}

impl Spelling {
    /// Reads a name. A single name is one, in whichever field it stands. `None`: neither field has one.
    #[must_use]
    pub fn parse(given: Option<&str>, family: &str) -> Option<Self> {
        let given = given.and_then(|text| Name::parse(text, Field::Given));
        match (given, Name::parse(family, Field::Family)) {
            (given, Some(family)) => {
                let first = given.as_ref().and_then(|given| given.words().first());
                Some(Self {
                    given: first.cloned().unwrap_or_default(),
                    family: family.words().concat(),
                })
            }
            (Some(only), None) => {
                Some(Self { given: String::new(), family: only.words().concat() })
            }
            (None, None) => None,
        }
    }
}

impl fmt::Debug for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names stay out of every log.
        f.write_str("Spelling")
    }
}

/// The person an agency means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A person of one of these spellings, born then.
    Name(Vec<Spelling>, BirthDate),
    /// A person who was born then and has the reference.
    BirthDate(BirthDate),
    /// Any person who has the reference.
    Bearer,
}

impl Holder {
    /// What they must prove.
    #[must_use]
    pub const fn bound_to(&self) -> BoundTo {
        match self {
            Self::Name(..) => BoundTo::Name,
            Self::BirthDate(_) => BoundTo::BirthDate,
            Self::Bearer => BoundTo::Bearer,
        }
    }

    /// The texts that say who this is, with the date as it was posted: two postings of which none is the
    /// same are of two people, though somebody who knows only the year could prove either.
    #[must_use]
    pub fn exact_texts(&self) -> Vec<String> {
        match self {
            Self::Name(spellings, born) => {
                let on = format!("on {born}");
                spellings.iter().map(|spelling| named(Some(spelling), &on)).collect()
            }
            Self::BirthDate(born) => vec![named(None, &format!("on {born}"))],
            Self::Bearer => Vec::new(),
        }
    }

    /// The texts of which one must be among the [`proofs`] of a person. None for a bearer.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Name(spellings, born) => {
                let dates = posted_dates(*born);
                let all = spellings
                    .iter()
                    .flat_map(|spelling| dates.iter().map(move |date| named(Some(spelling), date)));
                all.collect()
            }
            Self::BirthDate(born) => {
                posted_dates(*born).iter().map(|date| named(None, date)).collect()
            }
            Self::Bearer => Vec::new(),
        }
    }
}

/// The texts that a person can prove: by name and date of birth, and by the date alone.
#[must_use]
pub fn proofs(name: Option<&Spelling>, born: BirthDate) -> Vec<String> {
    let dates = proven_dates(born);
    let by_name = name.into_iter().flat_map(|name| dates.iter().map(|it| named(Some(name), it)));
    by_name.chain(dates.iter().map(|date| named(None, date))).collect()
}

/// Fields end with a character that no folded name has, so none can flow into the next.
fn named(name: Option<&Spelling>, date: &str) -> String {
    match name {
        Some(Spelling { given, family }) => format!("name\n{given}\n{family}\n{date}"),
        None => format!("birth date\n{date}"),
    }
}

/// The date, and what those are told who know less of theirs.
fn posted_dates(born: BirthDate) -> Vec<String> {
    let within = born.coarser().map(|less| format!("in {less}"));
    std::iter::once(format!("on {born}")).chain(within).collect()
}

/// The date as the agency may know it: as exactly, less exactly, or more exactly.
fn proven_dates(born: BirthDate) -> Vec<String> {
    let less = born.coarser().map(|less| format!("on {less}"));
    [format!("on {born}"), format!("in {born}")].into_iter().chain(less).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spelling(given: &str, family: &str) -> Spelling {
        Spelling::parse(Some(given), family).unwrap()
    }

    fn agree(posted: &Holder, name: &Spelling, born: &str) -> bool {
        let proofs = proofs(Some(name), born.parse().unwrap());
        posted.texts().iter().any(|text| proofs.contains(text))
    }

    #[test]
    fn a_person_is_known_by_family_name_and_first_given_name_however_they_are_written() {
        for (given, family) in [
            ("Zeynep", "Öztürk"),
            ("ZEYNEP AYŞE", "OEZTUERK"),
            ("Zeynep-Ayse", "O\u{308}ztu\u{308}rk"),
            ("Dr. Zeynep", "Öz Türk"),
        ] {
            assert_eq!(spelling(given, family), spelling("Zeynep", "Öztürk"), "{given} {family}");
        }
        for (given, family) in
            [("Ayşe", "Öztürk"), ("Zeynep", "Ozturk"), ("", "Öztürk"), ("Öztürk", "Zeynep")]
        {
            assert_ne!(spelling(given, family), spelling("Zeynep", "Öztürk"), "{given} {family}");
        }
    }

    #[test]
    fn a_single_name_is_one_in_whichever_field_it_stands() {
        let only = spelling("", "Suharto");
        assert_eq!(spelling("Suharto", "-"), only);
        assert_eq!(Spelling::parse(None, "Suharto").unwrap(), only);
        assert_eq!(Spelling::parse(Some("xxx"), "-"), None);
    }

    #[test]
    fn a_partial_date_is_read_in_the_persons_favour() {
        let name = spelling("Ali", "Ahmadi");
        let posted = |born: &str| Holder::Name(vec![name.clone()], born.parse().unwrap());
        for (there, here) in [
            ("1980-04-17", "1980-04-17"),
            ("1980", "1980-04-17"),
            ("1980-04", "1980-04-17"),
            ("1980-04-17", "1980"),
            ("1980-04-17", "1980-04"),
            ("1980", "1980-04"),
            ("1980", "1980"),
        ] {
            assert!(agree(&posted(there), &name, here), "{there} {here}");
        }
        for (there, here) in [
            ("1980-04-17", "1980-04-18"),
            ("1980-04-17", "1980-05"),
            ("1980-04", "1980-05-17"),
            ("1980", "1981"),
            ("1980", "1981-04-17"),
        ] {
            assert!(!agree(&posted(there), &name, here), "{there} {here}");
        }
    }

    #[test]
    fn a_name_is_asked_for_where_one_was_posted() {
        let (ali, other) = (spelling("Ali", "Ahmadi"), spelling("Reza", "Ahmadi"));
        let born = "1980-04-17".parse().unwrap();
        let spellings = vec![ali.clone(), spelling("Ali", "Ahmady")];
        let named = Holder::Name(spellings, born);
        assert!(agree(&named, &ali, "1980-04-17") && !agree(&named, &other, "1980-04-17"));
        assert!(agree(&named, &spelling("Ali", "Ahmady"), "1980-04-17"));
        let unnamed = Holder::BirthDate(born);
        assert!(agree(&unnamed, &other, "1980-04-17") && !agree(&unnamed, &other, "1980-04-18"));
        assert_eq!(Holder::Bearer.texts(), Vec::<String>::new());
    }

    #[test]
    fn each_word_of_the_database_reads_back() {
        for bound in BoundTo::ALL {
            assert_eq!(bound.as_str().parse(), Ok(bound));
        }
        assert_eq!("".parse::<BoundTo>(), Err(UnknownBoundTo));
    }

    proptest! {
        /// A partial date agrees with all dates that it can be, and with no others.
        #[test]
        fn two_dates_agree_if_both_can_be_one_day(
            one in (1979_i16..1982, 0_i8..=3, 0_i8..=3), other in (1979_i16..1982, 0_i8..=3, 0_i8..=3),
        ) {
            let written = |(year, month, day): (i16, i8, i8)| match (month, day) {
                (0, _) => format!("{year}"),
                (month, 0) => format!("{year}-{month:02}"),
                (month, day) => format!("{year}-{month:02}-{day:02}"),
            };
            let (one, other) = (written(one), written(other));
            let holder = Holder::BirthDate(one.parse().unwrap());
            let proofs = proofs(None, other.parse().unwrap());
            let agree = holder.texts().iter().any(|text| proofs.contains(text));
            prop_assert_eq!(agree, one.starts_with(&other) || other.starts_with(&one), "{} {}", one, other);
        }
    }
}
