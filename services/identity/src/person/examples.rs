//! Which log-ins are one person: the examples that README.md shows, and the test that keeps them true.

use aws_lc_rs::hmac;

use super::{Attributes, fingerprint::Fingerprints, readme};

const BEGIN: &str =
    "<!-- examples: made by person/examples.rs, UPDATE_README=1 cargo test -p identity --lib -->\n";
const END: &str = "<!-- end of examples -->";

const ONE: &str = "one person";
const STAFF: &str = "staff looks at the document";
const TWO: &str = "two persons";

/// `given names | family name | birth name | date | place`, twice; what comes of it; why.
const EXAMPLES: &[(&str, &str, &str, &str)] = &[
    (
        "Erika|Müller-Lüdenscheidt||1980-04-17|Köln",
        "ERIKA|MUELLER LUEDENSCHEIDT||17.04.1980|KOELN",
        ONE,
        "case, umlauts, hyphen",
    ),
    (
        "Jürgen|Heidestraße||1975-10-31|Gießen",
        "JÜRGEN|HEIDESTRAẞE||1975-10-31|GIEẞEN",
        ONE,
        "ß and the card's ẞ",
    ),
    (
        "Özgür|Yıldız||1987-03-05|İzmir",
        "OEZGUER|YILDIZ||1987-03-05|IZMIR",
        ONE,
        "Turkish letters as the document folds them",
    ),
    (
        "Jean-Luc|Picard||1965-07-13|Metz",
        "JEAN LUC|PICARD||1965-07-13|METZ",
        ONE,
        "hyphen as blank",
    ),
    ("José|Núñez||1991-02-03|Bogotá", "JOSE|NUNEZ||1991-02-03|BOGOTA", ONE, "accents"),
    (
        "Dr. Anna|Schmidt||1970-06-01|Bonn",
        "Anna|Schmidt||1970-06-01|Bonn",
        ONE,
        "titles in front are no names",
    ),
    (
        "Erika|Gabler||1964-08-12|Berlin",
        "Erika|Mustermann|Gabler|1964-08-12|Berlin",
        ONE,
        "married; the birth name stays",
    ),
    (
        "Erika|Mustermann|Gabler|1964-08-12|Berlin",
        "Erika|Mustermann||1964-08-12|Berlin",
        STAFF,
        "one log-in does not state the birth name",
    ),
    (
        "Olena|Shevchenko||1992-11-23|Kharkiv",
        "Olena|Shevchenko||1992-11-23|",
        STAFF,
        "one log-in does not state the place of birth",
    ),
    (
        "Marlene Sophie|Kranz||1990-10-03|Trier",
        "Marlene|Kranz||1990-10-03|Trier",
        STAFF,
        "one log-in leaves out a given name",
    ),
    (
        "|Suharto||1980-00-00|Jakarta",
        "|SUHARTO||00.00.1980|JAKARTA",
        STAFF,
        "single name; only the year is known, which many share",
    ),
    (
        "Ali|Ahmadi||1990-01-01|Kabul",
        "ALI|AHMADI||1990-01-01|KABUL",
        STAFF,
        "1 January often stands for an unknown day",
    ),
    (
        "Ali|Ahmadi||1990-07-01|Kabul",
        "ALI|AHMADI||1990-07-01|KABUL",
        STAFF,
        "so do 1 July and 31 December",
    ),
    (
        "Muhammad|al-Hassan||1988-05-09|Homs",
        "Mohammed|al-Hassan||1988-05-09|Homs",
        STAFF,
        "perhaps one name in two spellings",
    ),
    (
        "Iwan|Petrow||1988-05-09|Minsk",
        "Ivan|Petrov||1988-05-09|Minsk",
        STAFF,
        "the same, after a new passport",
    ),
    (
        "Erika|Müller||1980-04-17|Köln",
        "Erika|Muller||1980-04-17|Köln",
        STAFF,
        "ü is ue; u is another spelling",
    ),
    (
        "Sean|O'Neill||1979-02-11|Cork",
        "SEAN|ONEILL||1979-02-11|CORK",
        ONE,
        "an apostrophe belongs to its word",
    ),
    (
        "Jana|Vogt||1984-09-30|Frankfurt",
        "Jana|Vogt||1984-09-30|Frankfurt am Main",
        STAFF,
        "one log-in leaves out which Frankfurt",
    ),
    (
        "Jana|Vogt||1984-09-30|Frankfurt (Oder)",
        "Jana|Vogt||1984-09-30|Frankfurt am Main",
        TWO,
        "two places of one name",
    ),
    (
        "Jana|Vogt||1984-09-30|Frankfurt a.M.",
        "Jana|Vogt||1984-09-30|Frankfurt am Main",
        STAFF,
        "an addition may be abbreviated",
    ),
    (
        "Iwan|Tschernow||1988-05-09|Charkiw",
        "Ivan|Chernov||1988-05-09|Kharkiv",
        STAFF,
        "German spelling, and the one of passports",
    ),
    (
        "Van Anh|Nguyễn||1991-02-03|Huế",
        "Nguyen|Anh Van||1991-02-03|Hue",
        STAFF,
        "the same names in another order",
    ),
    (
        "Ali|Ahmadi||1990-05-02|Kabul",
        "Ali|Ahmadi||1990|Kabul",
        STAFF,
        "one document leaves day and month open",
    ),
    (
        "Suharto|-||1980-04-17|Jakarta",
        "|SUHARTO||1980-04-17|JAKARTA",
        ONE,
        "a single name, in whichever field",
    ),
    ("Li|Na||1991-02-03|Xian", "LI|NA||1991-02-03|XIAN", ONE, "Na is a family name"),
    (
        "Jonas Phil|Kern||1999-03-08|Ulm",
        "Jonas|Kern||1999-03-08|Ulm",
        STAFF,
        "Phil is a name; perhaps one log-in leaves it out, perhaps they are twins",
    ),
    (
        "Lena|Schmidt||1995-06-02|Berlin",
        "Lena|Schmidt||1995-06-02|Hamburg",
        TWO,
        "another place of birth",
    ),
    ("Anna Lena|Nguyen||1995-06-01|Berlin", "Anna Maria|Nguyen||1995-06-01|Berlin", TWO, "twins"),
];

#[test]
fn the_readme_shows_what_the_rules_do() {
    let mut table =
        "| one log-in says | another says | outcome | why |\n|---|---|---|---|\n".to_owned();
    for (one, other, expected, why) in EXAMPLES {
        assert_eq!(outcome(one, other), *expected, "{one} and {other}");
        assert_eq!(outcome(other, one), *expected, "{other} and {one}");
        table += &format!("| {} | {} | {expected} | {why} |\n", shown(one), shown(other));
    }
    readme::compare(BEGIN, END, &table);
}

fn outcome(one: &str, other: &str) -> &'static str {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"examples");
    let prints = |text| Fingerprints::of(&read(text), &key).unwrap();
    let (one, other) = (prints(one), prints(other));
    if one.full == other.full {
        return if one.complete && other.complete { ONE } else { STAFF };
    }
    if is_possible(&one, &other) { STAFF } else { TWO }
}

/// Whether staff has to look, as the store finds it.
pub(super) fn is_possible(one: &Fingerprints, other: &Fingerprints) -> bool {
    let claims = other.claims();
    let mut likenesses = claims.iter().map(|(print, form)| one.likeness(print, *form));
    likenesses.any(|likeness| likeness.is_some())
}

fn read(text: &str) -> Attributes {
    let [given_names, family_name, birth_name, birth_date, place_of_birth] =
        text.split('|').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
    let stated = |text: String| Some(text).filter(|text| !text.is_empty());
    Attributes {
        given_names: stated(given_names),
        family_name,
        birth_name: stated(birth_name),
        birth_date,
        place_of_birth: stated(place_of_birth),
    }
}

/// `Erika Mustermann, born Gabler, 1964-08-12, Berlin`.
fn shown(text: &str) -> String {
    let person = read(text);
    let mut shown = person.given_names.map(|names| format!("{names} ")).unwrap_or_default();
    shown += &person.family_name;
    if let Some(birth_name) = person.birth_name {
        shown += &format!(", born {birth_name}");
    }
    shown += &format!(", {}", person.birth_date);
    person.place_of_birth.map_or(shown.clone(), |place| format!("{shown}, {place}"))
}
