//! The reason that staff state for an act that could be sold.

use std::borrow::Cow;

use problem::Problem;
use serde::{Deserialize, Deserializer};
use utoipa::{
    ToSchema,
    openapi::{ObjectBuilder, schema::Type},
};

use crate::{
    domain::{DeskReason, ReasonCode},
    http::{
        body::invalid,
        line::Line,
        values::{FromText, deserialize},
    },
};

/// How long a note may be, in characters.
const NOTE: usize = 120;
/// More digits than this are a birth date, a document's number or a telephone's.
const MOST_DIGITS: usize = 3;

/// The reason, for the audit log. It holds nothing about the person: no name, no health, no document.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DeskReason)]
pub(super) struct WrittenReason {
    #[schema(schema_with = codes)]
    code: Code,
    /// Needed with `other`.
    #[serde(default)]
    #[schema(schema_with = note)]
    note: Option<Line<NOTE>>,
}

/// One of the list.
struct Code(ReasonCode);

impl FromText for Code {
    fn expected() -> Cow<'static, str> {
        let codes = ReasonCode::ALL.map(|code| format!("`{}`", code.as_str()));
        format!("one of {}", codes.join(", ")).into()
    }

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

fn codes() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(
            "`no-online-access`: the person cannot or does not want to book online, their right. \
             `urgent`: the matter cannot wait. `hardship`: waiting would be unreasonable; say nothing \
             about health. `follow-up`: a visit must be continued. `office-error`, \
             `technical-failure`: not the person's fault. `other`: with a `note`.",
        ))
        .enum_values(Some(ReasonCode::ALL.map(ReasonCode::as_str)))
}

fn note() -> ObjectBuilder {
    Line::<NOTE>::schema(
        "A few words without personal data: no more than 3 digits, no `@`. Needed with `other`.",
    )
}

impl WrittenReason {
    /// What the use cases know, from the field `reason` of a body.
    ///
    /// # Errors
    /// `other` without a note, or a note that looks like personal data.
    pub(super) fn read(self) -> Result<DeskReason, Problem> {
        let note = self.note.map(Line::into_text);
        let Code(code) = self.code;
        match &note {
            None if code == ReasonCode::Other => {
                return Err(invalid(
                    "reason.note",
                    "is missing: with `other`, say why in a few words",
                ));
            }
            Some(note) if looks_personal(note) => {
                let why =
                    "looks like personal data (an address, or more than 3 digits); leave it out";
                return Err(invalid("reason.note", why));
            }
            None | Some(_) => {}
        }
        Ok(DeskReason { code, note })
    }
}

fn looks_personal(note: &str) -> bool {
    note.contains('@') || note.chars().filter(|c| c.is_numeric()).count() > MOST_DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_document_is_recognised() {
        for personal in ["L01X00T47", "geb. 17.05.1990", "a@b.de", "+49 30 90", "١٢٣٤"] {
            assert!(looks_personal(personal), "{personal}");
        }
        for harmless in ["Drucker an Tisch 12 kaputt", "Termin um 9:30"] {
            assert!(!looks_personal(harmless), "{harmless}");
        }
    }
}
