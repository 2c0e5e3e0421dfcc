//! What stands below an offered appointment: how to answer, and what follows.

use jiff::Timestamp;

use crate::text::Texts;

/// What a date that the office gives and a drawn seat mean: how to answer, and what silence does.
pub(super) fn notes_of(texts: Texts, kind: &str) -> Vec<String> {
    ["how", "silence"].map(|note| texts.text(&format!("{kind}-{note}"))).into()
}

/// What an offer means: how to answer, which appointment it replaces, what silence does.
pub(super) fn offer_notes(texts: Texts, replaces: Option<Timestamp>, is_last: bool) -> Vec<String> {
    let replaced = replaces.map(|at| {
        let (date, time) = (texts.date(at), texts.time(at));
        texts.fill("waiting-offer-replaces", &[("date", date.as_str()), ("time", &time)])
    });
    let mut notes = vec![texts.text("waiting-offer-how")];
    notes.extend(replaced);
    notes.push(texts.text("waiting-offer-silence"));
    notes.extend(is_last.then(|| texts.text("waiting-offer-last")));
    notes
}
