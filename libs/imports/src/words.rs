//! Texts of other systems: HTML becomes plain text.
//!
//! No HTML of a source reaches a page: tags are taken out here, the catalogue holds plain text, and
//! templates escape it once more.

use std::collections::BTreeMap;

use vocabulary::Language;

/// One text by language. German comes first.
pub type Words = BTreeMap<Language, String>;

/// The longest tag, in bytes. A `<` without its end in that many is a character.
const LONGEST_TAG: usize = 2_000;

/// Tags after which a new line begins.
const BREAKS: [&str; 15] =
    ["br", "p", "li", "ul", "ol", "div", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "dt"];

/// Elements whose text no browser shows.
const UNSEEN: [&str; 2] = ["script", "style"];

/// Named characters that German offices write.
const NAMED: [(&str, &str); 15] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("szlig", "ß"),
    ("euro", "€"),
    ("ndash", "–"),
];

/// Only German.
pub(crate) fn german(text: impl Into<String>) -> Words {
    Words::from([(Language::German, text.into())])
}

/// The lines of an HTML text without tags; list entries and paragraphs are lines. None is blank.
pub(crate) fn lines(html: &str) -> Vec<String> {
    let plain = characters(&without_tags(html));
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    plain.lines().map(line).filter(|line| !line.is_empty()).collect()
}

/// The same as one paragraph. `None` if there is no text.
pub(crate) fn paragraph(html: &str) -> Option<String> {
    let text = lines(html).join(" ");
    (!text.is_empty()).then_some(text)
}

/// An unfinished tag stays text: `a < b` is no tag.
fn without_tags(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        let end = tag.bytes().take(LONGEST_TAG).position(|byte| byte == b'>');
        let is_tag =
            tag.starts_with(|first: char| first.is_ascii_alphabetic() || "/!".contains(first));
        match end.filter(|_| is_tag) {
            Some(end) => {
                let name = tag[..end].trim_start_matches('/');
                let name =
                    name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                if BREAKS.contains(&name.to_ascii_lowercase().as_str()) {
                    plain.push('\n');
                }
                rest = &tag[end + 1..];
                if !tag.starts_with('/') && UNSEEN.contains(&name.to_ascii_lowercase().as_str()) {
                    rest = behind(rest, name);
                }
            }
            None => {
                plain.push('<');
                rest = tag;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// From the end tag of an element on. Nothing, if it has none.
fn behind<'a>(text: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    let mut places = text.as_bytes().windows(end.len());
    let at = places.position(|place| place.eq_ignore_ascii_case(end.as_bytes()));
    // The end tag begins with an ASCII letter, so this is the border of a character.
    at.and_then(|at| text.get(at..)).unwrap_or_default()
}

/// Resolves characters that are written by name or number. An unknown one stays as it is.
fn characters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let resolved =
            after.split_once(';').and_then(|(name, after)| Some((character(name)?, after)));
        match resolved {
            Some((character, after)) => {
                plain.push_str(&character);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// A character by its name or number (`amp`, `#8211`, `#x2013`). `None` if no such character is
/// known, or if it is a control character: those have no place in a text.
fn character(name: &str) -> Option<String> {
    let number = match name.strip_prefix('#') {
        Some(number) => number,
        None => {
            return NAMED
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, text)| (*text).to_owned());
        }
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    let character = char::from_u32(code)?;
    (!character.is_control() || character == '\n').then(|| character.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_lines() {
        let html =
            "<p>37,00&nbsp;&euro; &amp; mehr</p><ul><li>a < b</li><LI class='x'>&#228;</li></ul>";
        assert_eq!(lines(html), ["37,00 € & mehr", "a < b", "ä"]);
        assert_eq!(paragraph("<p> <br/></p>"), None);
        let script = "a<script>alert(1)</SCRIPT> b <style>x{}</style>c<script>d";
        assert_eq!(paragraph(script).as_deref(), Some("a b c"));
        assert_eq!(paragraph("<b").as_deref(), Some("<b"));
        assert_eq!(paragraph("&unbekannt; &#0; &").as_deref(), Some("&unbekannt; &#0; &"));
    }
}
