//! Why staff do something for a person: one reason of a list, and a note.

use client::DeskReason;

use super::fields::{Choice, ChoiceField, Fields, Mistake, TextField};
use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
};

/// Why staff do it and not the person: as the API names it, and the text.
const REASONS: [(&str, &str); 7] = [
    ("no-online-access", "desk-reason-no-online-access"),
    ("urgent", "desk-reason-urgent"),
    ("hardship", "desk-reason-hardship"),
    ("follow-up", "desk-reason-follow-up"),
    ("office-error", "desk-reason-office-error"),
    ("technical-failure", "desk-reason-technical-failure"),
    ("other", "desk-reason-other"),
];

/// The one of people who do not do it themselves.
const NOT_ONLINE: &str = "no-online-access";

/// The one that needs a note.
const OTHER: &str = "other";

/// The reason of a deed for which staff are not asked why.
pub(super) fn not_online() -> DeskReason {
    DeskReason { code: NOT_ONLINE.to_owned(), note: None }
}

/// The text that says a reason.
pub(super) fn reason_key(code: &str) -> &'static str {
    REASONS.iter().find(|(known, _)| *known == code).map_or("desk-reason-other", |(_, key)| key)
}

/// For what a reason is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Staff do what the person could do online.
    ForPerson,
    /// The office gives a date.
    GiveDate,
    /// The office takes a date back.
    TakeDateBack,
}

impl Deed {
    /// The text of the question.
    const fn question(self) -> &'static str {
        match self {
            Self::ForPerson => "desk-reason",
            Self::GiveDate => "desk-date-reason",
            Self::TakeDateBack => "desk-date-back-reason",
        }
    }

    /// The text that says that there is no answer.
    const fn missing(self) -> &'static str {
        match self {
            Self::ForPerson => "desk-wrong-reason",
            Self::GiveDate | Self::TakeDateBack => "desk-wrong-date-reason",
        }
    }

    /// Whether this can be why. What nobody does online is not done for want of a log-in.
    fn may_be(self, code: &str) -> bool {
        self == Self::ForPerson || code != NOT_ONLINE
    }
}

/// What was filled in.
#[derive(Clone, Default)]
pub(super) struct ReasonForm {
    /// Empty if none was chosen.
    code: &'static str,
    note: String,
}

impl What for ReasonForm {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let chosen = asked.trimmed("reason");
        let code = REASONS.iter().find(|(code, _)| *code == chosen).map(|(code, _)| *code);
        if code.is_none() && !chosen.is_empty() {
            return Err(PageError::BadRequest);
        }
        Ok(Self { code: code.unwrap_or_default(), note: asked.trimmed("note").to_owned() })
    }
}

impl ReasonForm {
    /// What is missing, in the order of the page.
    pub(super) fn mistakes(&self, deed: Deed) -> impl Iterator<Item = Mistake> {
        let is_missing = self.code.is_empty() || !deed.may_be(self.code);
        let all = [
            (is_missing, ("reason", deed.missing())),
            (self.code == OTHER && self.note.is_empty(), ("note", "desk-wrong-note")),
        ];
        all.into_iter().filter_map(|(is_wrong, mistake)| is_wrong.then_some(mistake))
    }

    /// What the authority is told.
    pub(super) fn reason(&self) -> DeskReason {
        let note = Some(self.note.clone()).filter(|note| !note.is_empty());
        DeskReason { code: self.code.to_owned(), note }
    }
}

/// The fields as a page shows them.
pub(super) struct ReasonPart {
    pub(super) reasons: ChoiceField,
    pub(super) note: TextField,
}

impl ReasonPart {
    pub(super) fn new(fields: Fields<'_>, form: &ReasonForm, deed: Deed) -> Self {
        let reasons =
            REASONS.iter().filter(|(code, _)| deed.may_be(code)).map(|(code, key)| Choice {
                value: (*code).to_owned(),
                label: fields.texts.text(key).into_owned(),
                chosen: *code == form.code,
            });
        Self {
            reasons: fields.choice("reason", deed.question(), reasons.collect()),
            note: fields.text("note", "desk-note", Some("desk-note-hint"), &form.note),
        }
    }
}
