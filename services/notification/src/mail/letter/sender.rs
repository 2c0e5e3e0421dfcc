//! Head and foot of a letter: its language, to whom it is, who signs, and why they get it.

use super::{Action, Fact, Letter};
use crate::text::Texts;

/// What stands between head and foot.
pub(super) struct Body {
    pub(super) subject: String,
    pub(super) heading: String,
    pub(super) intro: String,
    pub(super) facts: Vec<Fact>,
    pub(super) action: Option<Action>,
    pub(super) notes: Vec<String>,
}

/// Who signs.
pub(super) enum Sender<'a> {
    /// An authority writes to a person, whose name is empty if it is not known.
    Authority {
        /// What it is called in the person's language.
        authority: &'a str,
        /// The person.
        name: &'a str,
    },
    /// Fairtermin writes in its own name. It greets nobody by name.
    Fairtermin {
        /// The text that says why one gets this letter.
        footer: &'a str,
    },
}

impl Letter {
    /// The one way to a letter, in the language of `texts`.
    pub(super) fn signed(sender: &Sender<'_>, texts: Texts, body: Body) -> Self {
        let (greeting, signature, footer) = match *sender {
            Sender::Authority { authority, name } => (
                texts.greeting(name),
                authority.to_owned(),
                texts.fill("footer", &[("authority", authority)]),
            ),
            Sender::Fairtermin { footer } => {
                (texts.greeting(""), texts.text("email-code-signature"), texts.text(footer))
            }
        };
        Self {
            language: texts.language().html_tag(),
            direction: texts.language().direction(),
            subject: body.subject,
            heading: body.heading,
            greeting,
            intro: body.intro,
            facts: body.facts,
            action: body.action,
            notes: body.notes,
            closing: texts.text("closing"),
            signature,
            footer,
        }
    }
}
