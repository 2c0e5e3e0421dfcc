//! Ways of writing one name in Latin letters.

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::person) enum Way {
    /// Passports: ICAO 9303 part 3 section 6, table B.
    Passport,
    /// German, as Duden writes Russian names.
    German,
    /// Scientific, DIN 1460.
    Scientific,
}

/// Cyrillic letters by ICAO 9303, by Duden and by DIN 1460.
const CYRILLIC: &[(char, [&str; 3])] = &[
    ('а', ["a", "a", "a"]),
    ('б', ["b", "b", "b"]),
    ('в', ["v", "w", "v"]),
    ('г', ["g", "g", "g"]),
    ('ґ', ["g", "g", "g"]),
    ('д', ["d", "d", "d"]),
    ('е', ["e", "e", "e"]),
    ('ё', ["e", "jo", "ë"]),
    ('є', ["ie", "je", "je"]),
    ('ж', ["zh", "sch", "ž"]),
    ('з', ["z", "s", "z"]),
    ('и', ["i", "i", "i"]),
    ('і', ["i", "i", "i"]),
    ('ї', ["i", "ji", "ï"]),
    ('й', ["i", "j", "j"]),
    ('к', ["k", "k", "k"]),
    ('л', ["l", "l", "l"]),
    ('м', ["m", "m", "m"]),
    ('н', ["n", "n", "n"]),
    ('о', ["o", "o", "o"]),
    ('п', ["p", "p", "p"]),
    ('р', ["r", "r", "r"]),
    ('с', ["s", "s", "s"]),
    ('т', ["t", "t", "t"]),
    ('у', ["u", "u", "u"]),
    ('ф', ["f", "f", "f"]),
    ('х', ["kh", "ch", "ch"]),
    ('ц', ["ts", "z", "c"]),
    ('ч', ["ch", "tsch", "č"]),
    ('ш', ["sh", "sch", "š"]),
    ('щ', ["shch", "schtsch", "šč"]),
    ('ъ', ["a", "a", "ă"]),
    ('ы', ["y", "y", "y"]),
    ('ь', ["", "", "ʹ"]),
    ('э', ["e", "e", "ė"]),
    ('ю', ["iu", "ju", "ju"]),
    ('я', ["ia", "ja", "ja"]),
];

/// The name, its Cyrillic letters written in this way.
pub(super) fn written(name: &str, way: Way) -> String {
    let column = match way {
        Way::Passport => 0,
        Way::German => 1,
        Way::Scientific => 2,
    };
    let mut latin = String::new();
    for letter in name.chars() {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        let known = CYRILLIC.iter().find(|(cyrillic, _)| *cyrillic == small);
        match known {
            Some((_, ways)) if letter == small => latin += ways[column],
            Some((_, ways)) => latin += &capital(ways[column]),
            None => latin.push(letter),
        }
    }
    latin
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Rules by which a name that is written in Latin letters is written anew: replacements of small letters,
/// from left to right, the longest first.
pub(super) struct Respelling {
    /// Groups of languages.
    groups: &'static [&'static str],
    rules: &'static [(&'static str, &'static str)],
}

const ARABIC: &[&str] = &["Arabic", "Persian and Urdu"];
const WIDE: &[&str] = &["Arabic", "Persian and Urdu", "South Asian", "African", "Caucasian"];

pub(super) const RESPELLINGS: &[Respelling] = &[
    Respelling {
        // by German sounds
        groups: WIDE,
        rules: &[
            ("sh", "sch"),
            ("ts", "z"),
            ("skh", "skh"),
            ("kh", "ch"),
            ("ch", "tsch"),
            ("dj", "dsch"),
            ("j", "dsch"),
            ("y", "j"),
            ("ou", "u"),
            ("oo", "u"),
            ("ee", "i"),
        ],
    },
    Respelling {
        // by French sounds
        groups: WIDE,
        rules: &[
            ("sh", "ch"),
            ("ch", "ch"),
            ("dj", "dj"),
            ("j", "dj"),
            ("ou", "ou"),
            ("oo", "ou"),
            ("ee", "i"),
            ("u", "ou"),
            ("wa", "oua"),
            ("wi", "oui"),
        ],
    },
    Respelling {
        // other vowels
        groups: &["Arabic", "Persian and Urdu", "South Asian", "Turkic", "Greek"],
        rules: &[("ou", "o"), ("u", "o"), ("o", "u"), ("i", "e"), ("e", "i")],
    },
    Respelling {
        // single letters
        groups: ARABIC,
        rules: &[
            ("ss", "s"),
            ("mm", "m"),
            ("dd", "d"),
            ("bb", "b"),
            ("ll", "l"),
            ("yy", "y"),
            ("q", "k"),
            ("gh", "g"),
            ("th", "t"),
            ("dh", "d"),
        ],
    },
    Respelling {
        // by English sounds
        groups: &["Turkic"],
        rules: &[
            ("ch", "ch"),
            ("sh", "sh"),
            ("ç", "ch"),
            ("ş", "sh"),
            ("c", "j"),
            ("x", "kh"),
            ("j", "zh"),
            ("ğ", "gh"),
        ],
    },
    Respelling {
        // by English sounds
        groups: &["Slavic, Latin", "Baltic"],
        rules: &[
            ("sch", "sch"),
            ("ch", "kh"),
            ("cz", "ch"),
            ("sz", "sh"),
            ("č", "ch"),
            ("ć", "ch"),
            ("š", "sh"),
            ("ś", "sh"),
            ("ž", "zh"),
            ("ż", "zh"),
            ("ź", "z"),
            ("c", "ts"),
            ("j", "y"),
            ("w", "v"),
        ],
    },
];

impl Respelling {
    pub(super) fn is_for(&self, group: &str) -> bool {
        self.groups.contains(&group)
    }

    pub(super) fn apply(&self, name: &str) -> String {
        let words: Vec<_> = name.split(' ').map(|word| self.word(word)).collect();
        words.join(" ")
    }

    fn word(&self, word: &str) -> String {
        let small = word.to_lowercase();
        let (mut anew, mut rest) = (String::new(), &*small);
        while let Some(letter) = rest.chars().next() {
            let fitting = self.rules.iter().filter(|(from, _)| rest.starts_with(from));
            let (length, to) = match fitting.max_by_key(|(from, _)| from.len()) {
                Some((from, to)) => (from.len(), (*to).to_owned()),
                None => (letter.len_utf8(), letter.to_string()),
            };
            anew += &to;
            rest = &rest[length..];
        }
        capital(&anew)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_as_its_way_says() {
        for (way, expected) in [
            (Way::Passport, "Chernyshev Shchukin"),
            (Way::German, "Tschernyschew Schtschukin"),
            (Way::Scientific, "Černyšev Ščukin"),
        ] {
            assert_eq!(written("Чернышев Щукин", way), expected);
        }
        let german = RESPELLINGS.iter().find(|way| way.is_for("Arabic")).unwrap();
        assert_eq!(german.apply("Shakir Khalid"), "Schakir Chalid");
    }
}
