//! For tests: the texts of Fluent sources, as a person reads them.
//!
//! [`readability`](crate::readability) and [`glossary`](crate::glossary) look at whole sentences,
//! so selections are written out: each variant becomes a passage, and values become one short word.

use crate::source::{Part, parts};

/// What stands in a sentence for a value: one short word.
const VALUE: &str = "N";
/// What ends a sentence, in our languages.
const ENDS: [char; 4] = ['.', '!', '?', '؟'];
/// What may follow the end and belongs to the sentence.
const CLOSING: [char; 6] = ['"', '”', '“', '»', ')', '’'];

/// One form of a text: a selection has one for each variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The name of the text, attributes included.
    pub(crate) key: String,
    /// The words, with a short one in the place of each value.
    pub(crate) words: String,
}

impl Passage {
    /// Whether it is made of sentences. A label is not.
    pub(crate) fn is_prose(&self) -> bool {
        self.words.trim_end_matches(CLOSING).ends_with(ENDS)
    }
}

/// All texts of a source.
pub(crate) fn passages(source: &str) -> Vec<Passage> {
    parts(&[source]).iter().flat_map(|part| Text::read(part).passages()).collect()
}

/// A text with its selection, if it has one.
///
/// Of `a { $n -> [one] b *[other] c } d` the head is `a`, and the variants are `b d` and `c d`.
struct Text {
    key: String,
    /// What stands before the selection.
    head: String,
    variants: Vec<String>,
}

impl Text {
    /// A selection begins in the first line or in a later one; our sources have at most one in a
    /// text.
    fn read(part: &Part<'_>) -> Self {
        let head = part.first.trim().to_owned();
        let mut text = Self { key: part.key(), head, variants: Vec::new() };
        part.further.iter().for_each(|line| text.go_on(line.trim()));
        text
    }

    /// One further line: a variant, what follows a selection, or more of the head.
    fn go_on(&mut self, line: &str) {
        let variant = line.strip_prefix("*[").or_else(|| line.strip_prefix('['));
        if let Some((_, words)) = variant.and_then(|variant| variant.split_once(']')) {
            self.variants.push(words.trim().to_owned());
        } else if let Some(rest) = line.strip_prefix('}').filter(|_| !self.variants.is_empty()) {
            self.variants.iter_mut().for_each(|variant| variant.push_str(rest));
        } else {
            self.head = format!("{} {line}", self.head);
        }
    }

    /// The forms that a reader may see, without empty ones.
    fn passages(self) -> impl Iterator<Item = Passage> {
        let Self { key, head, variants } = self;
        let head = match head.strip_suffix("->") {
            Some(selected) => selected.rsplit_once('{').map_or("", |(before, _)| before).to_owned(),
            None => head,
        };
        let forms = if variants.is_empty() { vec![String::new()] } else { variants };
        let forms = forms.into_iter().map(move |form| Passage {
            key: key.clone(),
            words: without_values(&format!("{head}{form}")).trim().to_owned(),
        });
        forms.filter(|passage| !passage.words.is_empty())
    }
}

/// Values become [`VALUE`]; a brace within quotes is part of one.
fn without_values(text: &str) -> String {
    let (mut words, mut is_value, mut is_quoted) = (String::new(), false, false);
    for letter in text.chars() {
        match letter {
            '{' if !is_value => (is_value, is_quoted) = (true, false),
            '"' if is_value => is_quoted = !is_quoted,
            '}' if is_value && !is_quoted => {
                is_value = false;
                words.push_str(VALUE);
            }
            other if !is_value => words.push(other),
            _ => {}
        }
    }
    words
}

/// The sentences of a text. A point before a small letter ends an abbreviation and no sentence.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut from) = (Vec::new(), 0);
    for (at, end) in text.match_indices(ENDS) {
        let rest = text[at + end.len()..].trim_start_matches(CLOSING);
        let is_end = rest.is_empty() || rest.starts_with(char::is_whitespace);
        let goes_on = rest.trim_start().starts_with(char::is_lowercase);
        if is_end && !goes_on {
            let until = text.len() - rest.len();
            found.extend(text.get(from..until));
            from = until;
        }
    }
    found.extend(text.get(from..));
    found.retain(|sentence| words(sentence).next().is_some());
    found
}

/// The words of a text, without what stands around them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split_whitespace();
    words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "
# a = comment
one = Eins.
found = Hier { $count ->
        [one] ist { $count } Tag.
       *[other] sind { $count } Tage.
    }
    .more = Zwei
two =
    Erste Zeile.
    Zweite Zeile.
braces = Falsch: {\"{\"}wrong{\"}\"}!
";

    #[test]
    fn each_form_of_each_text_is_read_with_a_word_for_each_value() {
        let read: Vec<_> = passages(SOURCE)
            .into_iter()
            .map(|text| format!("{}: {}", text.key, text.words))
            .collect();
        assert_eq!(
            read,
            [
                "one: Eins.",
                "found: Hier ist N Tag.",
                "found: Hier sind N Tage.",
                "found.more: Zwei",
                "two: Erste Zeile. Zweite Zeile.",
                "braces: Falsch: NwrongN!",
            ]
        );
        let labels = passages(SOURCE).into_iter().filter(|text| !text.is_prose());
        assert_eq!(labels.map(|text| text.key).collect::<Vec<_>>(), ["found.more"]);
    }

    #[test]
    fn a_sentence_ends_where_a_reader_pauses() {
        let text = "Es dauert 5 min. ungefähr. „Ja?“ Nein! Am 24. Dezember";
        assert_eq!(
            sentences(text),
            ["Es dauert 5 min. ungefähr.", " „Ja?“", " Nein!", " Am 24.", " Dezember"]
        );
        assert_eq!(words(sentences(text)[1]).collect::<Vec<_>>(), ["Ja"]);
        assert_eq!(sentences("كم عددكم؟ اثنان."), ["كم عددكم؟", " اثنان."]);
    }
}
