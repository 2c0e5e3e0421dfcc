//! A service of the service database.
//!
//! Texts are HTML there and plain text here. What a catalogue has no field for is on the page that
//! the record links to, and is reported once.

use jiff::civil::Date;
use vocabulary::Language;

use super::{number, page, web_page};
use crate::{
    json::Node,
    model::{Form, Keywords, Service},
    report::Report,
    words::{Words, lines, paragraph},
};

/// Entries by which a list says that it is empty.
const NOTHING: [&str; 4] = ["keine", "keine.", "none", "-"];

/// The longest keyword, in letters, and how many of them a catalogue takes.
const KEYWORD_LETTERS: usize = 60;
const MOST_KEYWORDS: usize = 60;

/// Reads a record, without an id of ours.
pub(crate) fn service(
    record: &Node<'_>,
    language: Language,
    today: Date,
    report: &mut Report,
) -> Service {
    let words = |text: String| Words::from([(language, text)]);
    let prose = |key: &str| Some(words(paragraph(&record.text(key)?)?));
    let name = paragraph(&record.text("name").unwrap_or_default());
    for (key, what) in [
        ("legal", "legal bases: the linked page has them"),
        ("publications", "publications: the linked page has them"),
        ("responsibility", "who is responsible: the catalogue says it by its locations"),
        ("links", "further links: the linked page has them"),
    ] {
        if record.text(key).is_some() || !record.items(key).is_empty() {
            report.left_out(&record.below(key), what, "");
        }
    }
    let key = record.text("id").unwrap_or_default();
    Service {
        id: String::new(),
        number: number(record),
        leika: leika(record, report),
        name: name.map(words).unwrap_or_default(),
        description: prose("description"),
        prerequisites: list(record, "prerequisites", language),
        documents: list(record, "requirements", language),
        forms: forms(record, language, report),
        fee: prose("fees"),
        duration: prose("process_time"),
        online: online(record, report),
        page: page(record, today, report),
        keywords: keywords(record, language),
        group: topic(record),
        slots: None,
        max_people: None,
        remind_hours_before: None,
        notes: vec![format!("Service database: {key}")],
    }
}

/// Fourteen digits, or nothing.
fn leika(record: &Node<'_>, report: &mut Report) -> Option<String> {
    let key = record.text("leika")?;
    let is_key = key.len() == 14 && key.bytes().all(|byte| byte.is_ascii_digit());
    if !is_key {
        report.left_out(&record.below("leika"), "a LeiKa key that has not 14 digits", "");
    }
    is_key.then_some(key)
}

/// Entries with a name and perhaps a description.
fn list(record: &Node<'_>, key: &str, language: Language) -> Vec<Words> {
    let text = |entry: Node<'_>| {
        let part = |key: &str| entry.text(key).and_then(|text| paragraph(&text));
        let (name, description) = (part("name"), part("description"));
        let text = match (name, description) {
            (Some(name), Some(description)) if !description.starts_with(&name) => {
                format!("{name}: {description}")
            }
            (_, Some(description)) => description,
            (Some(name), None) => name,
            (None, None) => return None,
        };
        let is_something = !NOTHING.contains(&text.trim().to_lowercase().as_str());
        is_something.then(|| Words::from([(language, text)]))
    };
    record.items(key).into_iter().filter_map(text).collect()
}

/// Forms without a name or with an address that is no https page are left out.
fn forms(record: &Node<'_>, language: Language, report: &mut Report) -> Vec<Form> {
    let form = |entry: Node<'_>| {
        let name = paragraph(&entry.text("name")?)?;
        let url = web_page(entry.text("link"), &entry.below("link"), report)?;
        Some(Form { name: Words::from([(language, name)]), url })
    };
    record.items("forms").into_iter().filter_map(form).collect()
}

/// The address of the online way, without its texts: the page of the service says the rest.
fn online(record: &Node<'_>, report: &mut Report) -> Option<String> {
    let online = record.get("onlineprocessing")?;
    web_page(online.text("link"), &online.below("link"), report)
}

/// A text with commas, or a list.
fn keywords(record: &Node<'_>, language: Language) -> Keywords {
    let Some(meta) = record.get("meta") else { return Keywords::new() };
    let listed = meta.items("keywords").into_iter().filter_map(|word| word.as_text());
    let written = meta.text("keywords").unwrap_or_default();
    let mut words = Vec::<String>::new();
    for word in listed.chain(written.split([',', ';']).flat_map(lines)) {
        let word = word.trim().to_owned();
        let fits = !word.is_empty() && word.chars().count() <= KEYWORD_LETTERS;
        if fits && !words.contains(&word) && words.len() < MOST_KEYWORDS {
            words.push(word);
        }
    }
    if words.is_empty() { Keywords::new() } else { Keywords::from([(language, words)]) }
}

/// The topic, if it has a name.
fn topic(record: &Node<'_>) -> Option<String> {
    let relation = record.get("relation")?;
    let topic = relation.get("root_topic")?;
    topic.text("name").or_else(|| topic.as_text()).filter(|name| name.parse::<u64>().is_err())
}
