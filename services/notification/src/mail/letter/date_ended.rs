//! What an e-mail says of a date that ended without an answer.

use super::{
    Action, Fact, Letter,
    sender::{Body, Sender},
};
use crate::{date_ended::DateEnded, text::Texts};

impl Letter {
    /// A date that the office gave is not kept any more: why, and what happens next.
    pub(crate) fn date_ended(told: &DateEnded, name: &str) -> Self {
        let texts = Texts::of(told.language);
        let authority = told.authority.get(told.language);
        let fact = |label: &str, lines: Vec<String>, struck| Fact {
            label: texts.text(label),
            lines,
            struck,
        };
        let when = vec![texts.date(told.starts_at), texts.span(told.starts_at, told.ends_at)];
        let place = vec![told.place.get(told.language).to_owned(), told.address.clone()];
        let what = vec![told.service.get(told.language).to_owned()];
        let kind = told.because.kind();
        let url = told.url.clone();
        let body = Body {
            subject: texts.text(&format!("{kind}-subject")),
            heading: texts.text(&format!("{kind}-heading")),
            intro: texts.text(told.because.text()),
            facts: vec![
                fact("when", when, true),
                fact("where", place, false),
                fact("what", what, false),
            ],
            action: url.map(|url| Action { label: texts.text("assigned-date-see"), url }),
            notes: vec![texts.text(told.next())],
        };
        Self::signed(&Sender::Authority { authority, name }, texts, body)
    }
}
