//! How version 2 heard names. Such fingerprints stay in the database until their person logs in again, so
//! every log-in is looked for by them too.

/// Letters and groups of letters, in this order. Afterwards, doubled letters count once and vowels not at
/// all, but for a first one.
const SAME_SOUND: &[(&str, &str)] = &[
    ("tsch", "s"),
    ("sch", "s"),
    ("tch", "s"),
    ("zh", "s"),
    ("sh", "s"),
    ("cz", "s"),
    ("tz", "s"),
    ("kh", "k"),
    ("ch", "k"),
    ("ck", "k"),
    ("gh", "g"),
    ("ph", "v"),
    ("th", "t"),
    ("dh", "d"),
    ("x", "ks"),
    ("z", "s"),
    ("c", "k"),
    ("q", "k"),
    ("w", "v"),
    ("f", "v"),
    ("y", "i"),
    ("j", "i"),
];

/// The consonants of a name: `Petrow`, `Petrov` and `Petroff` are `ptrv`.
pub(super) fn sound(names: &[String]) -> String {
    let mut text = names.concat();
    for (written, sounds) in SAME_SOUND {
        text = text.replace(written, sounds);
    }
    let is_vowel = |c: char| "aeiou".contains(c);
    let mut sound = String::new();
    for (place, letter) in text.chars().enumerate() {
        let letter = match is_vowel(letter) {
            true if place == 0 => 'a',
            true => continue,
            false => letter,
        };
        if !sound.ends_with(letter) {
            sound.push(letter);
        }
    }
    sound
}
