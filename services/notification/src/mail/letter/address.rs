//! What an e-mail says of the address that messages go to.

use super::{
    Fact, Letter,
    sender::{Body, Sender},
};
use crate::{address_code::StatedAddress, former_address::FormerAddress, text::Texts};

impl Letter {
    /// The code that proves the address it goes to.
    pub(crate) fn with_code(stated: &StatedAddress) -> Self {
        let texts = Texts::of(stated.language);
        // In two groups, so that eyes and screen readers do not lose count.
        let (first, second) = stated.code.split_at_checked(3).unwrap_or((&stated.code, ""));
        let lines = vec![format!("{first} {second}")];
        let until = texts.time(stated.expires_at);
        let body = Body {
            subject: texts.text("email-code-subject"),
            heading: texts.text("email-code-heading"),
            intro: texts.text("email-code-intro"),
            facts: vec![Fact { label: texts.text("email-code-label"), lines, struck: false }],
            action: None,
            notes: vec![
                texts.fill("email-code-until", &[("time", &until)]),
                texts.text("email-code-not-you"),
            ],
        };
        Self::signed(&Sender::Fairtermin { footer: "email-code-footer" }, texts, body)
    }

    /// That messages go elsewhere now. It does not say where.
    pub(crate) fn to_former(former: &FormerAddress) -> Self {
        let texts = Texts::of(former.language);
        let body = Body {
            subject: texts.text("email-replaced-subject"),
            heading: texts.text("email-replaced-heading"),
            intro: texts.text("email-replaced-intro"),
            facts: Vec::new(),
            action: None,
            notes: vec![
                texts.text("email-replaced-calendar"),
                texts.text("email-replaced-not-you"),
            ],
        };
        Self::signed(&Sender::Fairtermin { footer: "email-replaced-footer" }, texts, body)
    }
}
