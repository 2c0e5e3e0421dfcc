//! What an e-mail says of a waiting list, and of an appointment that is offered.

use super::{
    Action, Fact, Letter,
    notes::{at, drawn_notes, notes_of, offer_notes},
    sender::{Body, Sender},
};
use crate::{
    text::Texts,
    waiting::{News, OfferedBy, WaitingNews},
};

impl Letter {
    /// News of a waiting list.
    pub(crate) fn waiting(told: &WaitingNews, name: &str) -> Self {
        let texts = Texts::of(told.language);
        let authority = told.authority.get(told.language);
        let fact = |label: &str, lines: Vec<String>| Fact {
            label: texts.text(label),
            lines,
            struck: false,
        };
        let what = fact("what", vec![told.service.get(told.language).to_owned()]);
        let moment = |when| vec![texts.date(when), texts.time(when)];
        let (kind, intro, facts, action, notes) = match &told.news {
            News::Offered {
                place,
                address,
                starts_at,
                ends_at,
                people,
                valid_until,
                replaces,
                declining,
                by,
            } => {
                let when = vec![texts.date(*starts_at), texts.span(*starts_at, *ends_at)];
                let there = vec![place.get(told.language).to_owned(), address.clone()];
                let mut facts = vec![fact("when", when), fact("where", there), what];
                facts.extend(Fact::of_people(texts, *people));
                facts.push(fact("waiting-answer-by", moment(*valid_until)));
                let (kind, notes) = match *by {
                    OfferedBy::Office => ("assigned-date", notes_of(texts, "assigned-date")),
                    OfferedBy::Draw(not_taken) => ("drawn-seat", drawn_notes(texts, not_taken)),
                    OfferedBy::WaitingList => {
                        ("waiting-offer", offer_notes(texts, *replaces, *declining))
                    }
                };
                let intro = texts.fill(&format!("{kind}-intro"), &[("authority", authority)]);
                (kind, intro, facts, "waiting-offer-action", notes)
            }
            News::Lapsed { answer_by, next_is_last } => {
                let facts = vec![what, fact("waiting-answer-by", moment(*answer_by))];
                let mut notes = vec![texts.text("waiting-lapsed-next")];
                notes.extend(next_is_last.then(|| texts.text("waiting-lapsed-last")));
                let intro = texts.text("waiting-lapsed-intro");
                ("waiting-lapsed", intro, facts, "waiting-lapsed-action", notes)
            }
            News::Lost { because, again_at } => {
                let next = match again_at {
                    Some(again_at) => at(texts, "waiting-lost-next-from", *again_at),
                    None => texts.text(because.next()),
                };
                let notes = vec![next];
                ("waiting-lost", texts.text(because.text()), vec![what], "book-again", notes)
            }
        };
        let body = Body {
            subject: texts.text(&format!("{kind}-subject")),
            heading: texts.text(&format!("{kind}-heading")),
            intro,
            facts,
            action: told.url.clone().map(|url| Action { label: texts.text(action), url }),
            notes,
        };
        Self::signed(&Sender::Authority { authority, name }, texts, body)
    }
}
