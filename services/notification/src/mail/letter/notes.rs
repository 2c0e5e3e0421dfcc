//! What stands below an offered appointment: how to answer, and what follows.

use jiff::Timestamp;

use crate::{
    text::Texts,
    waiting::{Declining, NotTaken},
};

/// What a date that the office gives means: how to answer, and what silence does.
pub(super) fn notes_of(texts: Texts, kind: &str) -> Vec<String> {
    ["how", "silence"].map(|note| texts.text(&format!("{kind}-{note}"))).into()
}

/// What a drawn seat means: how to answer, and what it costs not to take it.
pub(super) fn drawn_notes(texts: Texts, not_taken: NotTaken) -> Vec<String> {
    let mut notes = vec![texts.text("drawn-seat-how")];
    match not_taken {
        NotTaken::Nothing => notes.push(texts.text("drawn-seat-silence")),
        NotTaken::Counts => {
            notes.extend(["drawn-seat-silence", "drawn-seat-counts"].map(|note| texts.text(note)));
        }
        NotTaken::Closes(until) => notes.push(at(texts, "drawn-seat-last", until)),
    }
    notes
}

/// A text with a day and a time.
pub(super) fn at(texts: Texts, key: &str, at: Timestamp) -> String {
    let (date, time) = (texts.date(at), texts.time(at));
    texts.fill(key, &[("date", date.as_str()), ("time", &time)])
}

/// What an offer means: how to answer, which appointment it replaces, what silence does.
pub(super) fn offer_notes(
    texts: Texts,
    replaces: Option<Timestamp>,
    declining: Declining,
) -> Vec<String> {
    let replaced = replaces.map(|begins| at(texts, "waiting-offer-replaces", begins));
    let mut notes = vec![texts.text("waiting-offer-how")];
    notes.extend(replaced);
    let costs: &[&str] = match declining {
        Declining::Free => &["waiting-offer-free"],
        Declining::Keeps => &["waiting-offer-silence"],
        Declining::ThenLast => &["waiting-offer-silence", "waiting-offer-then-last"],
        Declining::Last => &["waiting-offer-silence", "waiting-offer-last"],
    };
    notes.extend(costs.iter().map(|cost| texts.text(cost)));
    notes
}
