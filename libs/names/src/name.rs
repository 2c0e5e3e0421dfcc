//! Names, as far as they decide whether two people are the same.

use std::collections::BTreeSet;

use super::search_form;

/// Which field of a log-in a text stands in: each has its own words for "there is none".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// All given names.
    Given,
    /// Family name or birth name.
    Family,
    /// Place of birth.
    Place,
}

impl Field {
    /// What registers and providers write into this field instead of nothing. Only as the whole field:
    /// `Na` is a family name, `Ohne` is none.
    fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::Given => &["n/a", "n.a.", "xxx", "fnu", "entfällt", "unbekannt", "ohne vorname"],
            Self::Family => &["n/a", "n.a.", "xxx", "lnu", "entfällt", "unbekannt", "ohne name"],
            Self::Place => &["n/a", "n.a.", "xxx", "entfällt", "unbekannt", "unknown", "ohne"],
        }
    }

    /// Also a text without a letter or digit, such as `-` or `***`.
    fn is_placeholder(self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let both = ["not applicable", "nicht vorhanden", "keine angabe"];
        !text.chars().any(char::is_alphanumeric)
            || both.contains(&text.as_str())
            || self.placeholders().contains(&text.as_str())
    }
}

/// Titles that begin a row of titles, and those that may follow.
const FIRST_TITLES: &[&str] = &["dr", "prof", "professor", "dipl", "mag", "ing"];
/// Parts that follow a title: `Dr. med. dent.`, `Prof. h.c.`
const MORE_TITLES: &[&str] =
    &["med", "phil", "jur", "rer", "nat", "habil", "mult", "h", "c", "hc", "ing", "dent", "vet"];

/// A name as a list of folded words. Two spellings are the same name if and only if the lists
/// are equal.
///
/// | equal | because |
/// |---|---|
/// | `Müller-Lüdenscheidt`, `MUELLER LUEDENSCHEIDT` | letters by DIN 91379; hyphen as blank |
/// | `Dr. med. Erika Mustermann`, `Erika Mustermann` | titles in front, written as titles |
/// | `O'Neill`, `O’Neill`, `ONEILL` | apostrophes belong to their word |
///
/// | different | because |
/// |---|---|
/// | `Müller`, `Muller` | DIN 91379 reads ü as ue |
/// | `Jonas Phil`, `Jonas` | `Phil` is a name; only `Dr. phil.` is a title |
/// | `Muhammad`, `Mohammed` | another spelling, perhaps of one name: staff looks |
/// | `Jean Luc`, `Jeanluc` | the same |
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Vec<String>);

impl Name {
    /// Folds `text`; `None` if nothing or only a placeholder of its field is there.
    #[must_use]
    pub fn parse(text: &str, field: Field) -> Option<Self> {
        if field.is_placeholder(text) {
            return None;
        }
        let raw: Vec<&str> = text.split_whitespace().collect();
        let titles = if field == Field::Place { 0 } else { leading_titles(&raw) };
        let words = words(&raw[titles..].join(" "));
        let words = if words.is_empty() { self::words(text) } else { words };
        (!words.is_empty()).then_some(Self(words))
    }

    /// The words, folded.
    ///
    /// In the order in which they were written. Identity compares them in another order too, as a
    /// weaker likeness.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// A place without what tells it from others of its name, and the initial of the last word of that,
    /// since additions are abbreviated: `Frankfurt am Main`, `Frankfurt a.M.` and `Frankfurt (Main)` are
    /// `frankfurt` and `m`, `Frankfurt/Oder` is `frankfurt` and `o`. Of several additions the last is left
    /// out, and all. Empty if it has none.
    #[must_use]
    pub fn without_additions(text: &str) -> Vec<(Self, Option<char>)> {
        let lower = text.to_lowercase();
        let ends = ADDITIONS.iter().flat_map(|mark| lower.match_indices(mark)).map(|(end, _)| end);
        let ends: BTreeSet<usize> = ends.collect();
        let ends: BTreeSet<&usize> = ends.first().into_iter().chain(ends.last()).collect();
        let core = |end: &usize| {
            // Lower case may have other lengths; cut only where that makes no difference.
            let (core, addition) = text.split_at_checked(*end)?;
            let initial = words(addition).last().and_then(|word| word.chars().next());
            Some((Self::parse(core, Field::Place)?, initial))
        };
        ends.into_iter().filter_map(core).collect()
    }
}

/// What begins the addition to the name of a place, in small letters.
const ADDITIONS: &[&str] = &[
    "(",
    ",",
    "/",
    "-",
    " a. ",
    " a.",
    " am ",
    " an der ",
    " b. ",
    " b.",
    " bei ",
    " i. ",
    " i.",
    " im ",
    " in der ",
    " ob der ",
    " o.d.",
    " vor der ",
    " v.d.",
];

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Name")
    }
}

/// How many words in front are titles. A family may be called Ing, so one word stays.
fn leading_titles(raw: &[&str]) -> usize {
    let mut count = 0;
    while count + 1 < raw.len() && is_title(raw[count], count == 0) {
        count += 1;
    }
    count
}

/// `Dr.`, `Dipl.-Ing.`, `Dr.med.`, and `Dr` or `Prof` without a full stop; not `Phil`, not `Ing`.
fn is_title(word: &str, is_first: bool) -> bool {
    let word = word.to_lowercase();
    if matches!(word.as_str(), "dr" | "prof" | "professor") {
        return true;
    }
    let mut parts = word.split(['.', '-']).filter(|part| !part.is_empty());
    let first = if is_first { FIRST_TITLES } else { MORE_TITLES };
    let begins =
        parts.next().is_some_and(|part| first.contains(&part) || FIRST_TITLES.contains(&part));
    word.ends_with('.') && begins && parts.all(|part| MORE_TITLES.contains(&part))
}

/// Folded words. Apostrophes and marks that stand like letters vanish; all else that is no letter or
/// digit divides words.
fn words(text: &str) -> Vec<String> {
    let is_apostrophe = |c: &char| "'’‘`´ʹʺʻʼʽʾʿˈˌ".contains(*c);
    let letters: String = text.chars().filter(|c| !is_apostrophe(c)).collect();
    let form = search_form(&letters);
    let divided = form.split(|c: char| !c.is_alphanumeric());
    divided.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let name = Name::parse(text, Field::Family);
        name.map(|name| name.words().join(" ")).unwrap_or_default()
    }

    const SAME: &[(&str, &str)] = &[
        ("Müller-Lüdenscheidt", "MUELLER LUEDENSCHEIDT"),
        ("HEIDESTRAẞE", "Heidestrasse"),
        ("O\u{308}zgu\u{308}r", "Özgür"),
        ("José", "JOSE"),
        ("Łukasz", "LUKASZ"),
        ("Jean-Luc", "JEAN LUC"),
        ("O'Neill", "O’NEILL"),
        ("O'Neill", "ONEILL"),
        ("Prof. Dr. med. Erika", "Erika"),
        ("Dr.med. Erika", "Erika"),
        ("Dipl.-Ing. Erika", "Erika"),
        ("DR ERIKA", "Erika"),
        ("Dr. h.c. mult. Erika", "Erika"),
        ("al-Hassan", "AL HASSAN"),
    ];
    const DIFFERENT: &[(&str, &str)] = &[
        ("Müller", "Muller"),
        ("Muhammad", "Mohammed"),
        ("Jean Luc", "Jeanluc"),
        ("Anna Lena", "Lena Anna"),
        ("Jonas Phil", "Jonas"),
        ("Phil Jonas", "Jonas"),
        ("Nat. Jonas", "Jonas"),
        ("Na Wang", "Wang"),
        ("C. Anna", "Anna"),
    ];

    #[test]
    fn spellings_of_one_name_are_equal_and_other_names_are_not() {
        for (a, b) in SAME {
            assert_eq!(folded(a), folded(b));
        }
        for (a, b) in DIFFERENT {
            assert_ne!(folded(a), folded(b));
        }
    }

    #[test]
    fn only_a_whole_field_is_a_placeholder() {
        for nothing in ["", "  ", "-", "---", "***", "n/a", "N.A.", "XXX", "Entfällt", "unbekannt"]
        {
            for field in [Field::Given, Field::Family, Field::Place] {
                assert_eq!(Name::parse(nothing, field), None, "{nothing:?}");
            }
        }
        for name in ["Na", "Ing", "Phil", "Xxx Li", "Unbekannt-Meier", "Dr. Na"] {
            assert!(Name::parse(name, Field::Family).is_some(), "{name}");
        }
        assert_eq!(folded("Ing"), "ing", "a title alone is a name");
        assert_eq!(Name::parse("FNU", Field::Given), None);
        assert!(Name::parse("FNU", Field::Family).is_some());
    }

    #[test]
    fn an_addition_may_be_written_in_many_ways() {
        let parts = |text: &str| {
            let parts = Name::without_additions(text).into_iter();
            parts.map(|(core, initial)| (core.0.join(" "), initial)).collect::<Vec<_>>()
        };
        let main = vec![("frankfurt".to_owned(), Some('m'))];
        for text in ["Frankfurt am Main", "FRANKFURT A.M.", "Frankfurt (Main)", "Frankfurt/Main"] {
            assert_eq!(parts(text), main, "{text}");
        }
        assert_eq!(parts("Frankfurt (Oder)"), [("frankfurt".to_owned(), Some('o'))]);
        let district = [("halle".to_owned(), Some('n')), ("halle saale".to_owned(), Some('n'))];
        assert_eq!(parts("Halle (Saale)-Nord"), district);
        assert!(parts("Rothenburg").is_empty());
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for (a, b) in SAME.iter().chain(DIFFERENT) {
            for text in [a, b] {
                assert_eq!(folded(&folded(text)), folded(text));
            }
        }
    }
}
