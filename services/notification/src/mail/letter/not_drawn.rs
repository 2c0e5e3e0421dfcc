//! What an e-mail says to a person who got nothing in a draw.

use super::{
    Action, Fact, Letter, notes,
    sender::{Body, Sender},
};
use crate::{
    not_drawn::{Because, NotDrawn},
    text::Texts,
};

impl Letter {
    /// The result of a draw for a person who got nothing.
    pub(crate) fn not_drawn(told: &NotDrawn, name: &str) -> Self {
        let texts = Texts::of(told.language);
        let authority = told.authority.get(told.language);
        let fact = |label: &str, line: &str| Fact {
            label: texts.text(label),
            lines: vec![line.to_owned()],
            struck: false,
        };
        let kind = told.kind();
        let mut facts = vec![
            fact("what", told.service.get(told.language)),
            fact("not-drawn-week", &texts.date(told.week)),
        ];
        let mut notes: Vec<_> = told.notes().iter().map(|note| texts.text(note)).collect();
        if let Because::NotConfirmed(Some(until)) | Because::DeclinedByPhone(Some(until)) =
            told.because
        {
            notes.push(notes::at(texts, "not-drawn-wait", until));
        }
        let mut url = told.manage_url.clone();
        if let Because::OtherAppointment(booked_at) = told.because {
            facts.push(fact("not-drawn-booked-at", &texts.date(booked_at)));
            url = None;
        }
        let body = Body {
            subject: texts.text(&format!("{kind}-subject")),
            heading: texts.text(&format!("{kind}-heading")),
            intro: texts.text(told.because.text()),
            facts,
            action: url.map(|url| Action { label: texts.text(told.action()), url }),
            notes,
        };
        Self::signed(&Sender::Authority { authority, name }, texts, body)
    }
}
