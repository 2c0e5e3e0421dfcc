//! A name as people write it, to be shown to them.
//!
//! Cards and registers give names in capitals (ICAO Doc 9303 wants them so in the machine-readable zone).
//! This form is for showing only. [`Name`](crate::Name) compares names.

/// Words of a family name that stay small at its beginning.
const FIRST_PARTICLES: &[&str] =
    &["von", "vom", "van", "zu", "zum", "zur", "de", "del", "ter", "ten"];

/// Words of a family name that stay small between others.
const INNER_PARTICLES: &[&str] = &[
    "von", "vom", "zu", "zum", "zur", "und", "der", "den", "dem", "de", "del", "la", "las", "los",
    "da", "das", "do", "dos", "di", "du", "y", "e", "af", "av",
];

/// Words of a given name that stay small between others: `María del Carmen`.
const GIVEN_PARTICLES: &[&str] = &["de", "del", "la", "las", "los", "do", "da", "dos"];

/// What stands before an apostrophe and begins a new capital, besides single letters.
const ELIDED: &[&str] = &["dell", "dall", "nell", "sant"];

/// Frequent Turkish names that have an ı, as documents write them in capitals. Many registers keep them with
/// an i: only the document's other letters say which it is.
const TURKISH: &[&str] = &[
    "AKYILDIZ",
    "ALTIN",
    "ALTINAY",
    "ASLI",
    "ASLIHAN",
    "AYDIN",
    "AYDINLI",
    "BAYINDIR",
    "ÇAKIR",
    "ÇINAR",
    "HIDIR",
    "ILGIN",
    "IRMAK",
    "KARAYILAN",
    "KILIÇ",
    "KILINÇ",
    "KIRAÇ",
    "KIZILKAYA",
    "NAZLI",
    "RIZA",
    "SARI",
    "SITKI",
    "TANRIKULU",
    "TANRIVERDI",
    "YALÇIN",
    "YILDIRIM",
    "YILDIZ",
    "YILMAZ",
];

/// Given and family name in the order in which they are spoken: `Erika Mustermann` of
/// `ERIKA MUSTERMANN`. A name that has small letters already stays as it is, and so does a Turkish part with a
/// capital I if it is not sure which small letter that is: `Özgür YILDIZ`.
#[must_use]
pub fn as_written(given: Option<&str>, family: &str) -> String {
    // A document that has the one capital does not write it without its dot.
    let has_dotted = given.is_some_and(|given| given.contains('İ')) || family.contains('İ');
    let given = given.map(|given| field(given, &[], GIVEN_PARTICLES, has_dotted));
    let family = field(family, FIRST_PARTICLES, INNER_PARTICLES, has_dotted);
    let parts: Vec<_> = given.into_iter().chain([family]).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// One field in the order of its words. `first` may stay small at the beginning (`von der Heide`),
/// `inner` between other words; the last word never is a particle.
fn field(text: &str, first: &[&str], inner: &[&str], has_dotted: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    // An ß has a capital of its own only since 2017; documents in capitals keep the small one.
    if words.iter().any(|word| word.chars().any(|c| c.is_lowercase() && c != 'ß')) {
        return words.join(" ");
    }
    let last = words.len().saturating_sub(1);
    let written = words.iter().enumerate().map(|(place, word)| {
        let small = word.to_lowercase();
        let particles = if place == 0 { first } else { inner };
        if place < last && particles.contains(&small.as_str()) {
            return small;
        }
        word.split('-').map(|part| part_of_name(part, has_dotted)).collect::<Vec<_>>().join("-")
    });
    written.collect::<Vec<_>>().join(" ")
}

/// A part of a double name. The capitals I and İ are two letters in Turkish; German offices write I for both.
fn part_of_name(part: &str, has_dotted: bool) -> String {
    if ["II", "III", "IV"].contains(&part) {
        return part.to_owned();
    }
    let is_turkish = part.contains(['İ', 'Ğ', 'Ş']) || TURKISH.contains(&part);
    if is_turkish && !has_dotted && part.contains('I') {
        return part.to_owned();
    }
    let dotted = part.replace('İ', "i");
    let letters = if is_turkish { dotted.replace('I', "ı") } else { dotted };
    capitalised(&letters.to_lowercase(), is_turkish)
}

/// A word in small letters with its capitals: `O'Neill`, `McDonald`, `IJsselmuiden`; after an apostrophe
/// within a word there is none: `Дем'яненко`.
fn capitalised(word: &str, is_turkish: bool) -> String {
    let initial = |part: &str| initial(part, is_turkish);
    if let Some((before, after)) = word.split_once(['\'', '’'])
        && (before.chars().count() == 1 || ELIDED.contains(&before))
    {
        let apostrophe = &word[before.len()..word.len() - after.len()];
        return format!("{}{apostrophe}{}", initial(before), initial(after));
    }
    if let Some(rest) = word.strip_prefix("mc").filter(|rest| rest.chars().count() > 2) {
        return format!("Mc{}", initial(rest));
    }
    let is_digraph = |rest: &&str| !rest.starts_with(['a', 'e', 'i', 'o', 'u']) && !rest.is_empty();
    if let Some(rest) = word.strip_prefix("ij").filter(is_digraph) {
        return format!("IJ{rest}");
    }
    initial(word)
}

/// The first letter as a capital. In Turkish the capital of `i` has a dot.
fn initial(word: &str, is_turkish: bool) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some('i') if is_turkish => std::iter::once('İ').chain(letters).collect(),
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_written_as_people_write_them() {
        for (given, family, written) in [
            ("ERIKA", "MUSTERMANN", "Erika Mustermann"),
            ("HANS-PETER", "MÜLLER-LÜDENSCHEIDT", "Hans-Peter Müller-Lüdenscheidt"),
            ("URSULA", "VON DER LEYEN", "Ursula von der Leyen"),
            ("KARL", "FREIHERR VON UND ZU GUTTENBERG", "Karl Freiherr von und zu Guttenberg"),
            ("VINCENT", "VAN GOGH", "Vincent van Gogh"),
            ("MARIA DEL CARMEN", "GARCÍA DE LA CRUZ", "Maria del Carmen García de la Cruz"),
            ("VAN ANH", "NGUYỄN", "Van Anh Nguyễn"),
            ("AN", "VAN", "An Van"),
            ("SEAN", "O'NEILL", "Sean O'Neill"),
            ("EVA", "DELL’ORTO", "Eva Dell’Orto"),
            ("OLENA", "ДЕМ'ЯНЕНКО", "Olena Дем'яненко"),
            ("RONALD", "MCDONALD", "Ronald McDonald"),
            ("JAN", "IJSSELMUIDEN", "Jan IJsselmuiden"),
            ("AMIR", "IJAZ", "Amir Ijaz"),
            ("SÖREN", "GROß", "Sören Groß"),
            ("İBRAHİM", "IŞIK", "İbrahim Işık"),
            ("İBRAHİM", "YILDIZ-SCHMIDT", "İbrahim Yıldız-Schmidt"),
            ("AYŞE", "SCHMIDT", "Ayşe Schmidt"),
            ("AYŞE", "ÖZDEMİR", "Ayşe Özdemir"),
            ("JÜRGEN", "RICHTER", "Jürgen Richter"),
            ("LI", "NA", "Li Na"),
            ("ΓΙΩΡΓΟΣ", "ΠΑΠΑΔΟΠΟΥΛΟΣ", "Γιωργος Παπαδοπουλος"),
            ("DR. ANNA", "AL-HASSAN", "Dr. Anna Al-Hassan"),
        ] {
            assert_eq!(as_written(Some(given), family), written);
        }
    }

    /// Fault: `Özgür Yildiz` for `Özgür Yıldız`, and `Şahın` for `Şahin`. German offices write both with an I.
    #[test]
    fn a_turkish_name_of_which_it_is_not_sure_stays_as_the_card_has_it() {
        for (given, family, written) in [
            ("ÖZGÜR", "YILDIZ", "Özgür YILDIZ"),
            ("AYŞE", "YILMAZ-MÜLLER", "Ayşe YILMAZ-Müller"),
            ("HANS", "ŞAHIN", "Hans ŞAHIN"),
            ("IŞIL", "KILIÇ", "IŞIL KILIÇ"),
            ("AYDIN", "DEMIR", "AYDIN Demir"),
        ] {
            assert_eq!(as_written(Some(given), family), written);
        }
    }

    #[test]
    fn what_has_small_letters_or_none_at_all_stays() {
        assert_eq!(as_written(Some("Erika"), "de Vries"), "Erika de Vries");
        assert_eq!(as_written(Some(" Ada  Mary "), "MacLeod"), "Ada Mary MacLeod");
        assert_eq!(as_written(Some("محمد"), "الحسن"), "محمد الحسن");
        assert_eq!(as_written(None, "SUHARTO"), "Suharto");
        assert_eq!(as_written(None, ""), "");
    }
}
