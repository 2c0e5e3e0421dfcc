//! The fields of staff's forms, each with what is wrong with it.

use std::borrow::Cow;

use ids::LocationId;
use jiff::civil::Date;

use crate::{
    directory::Offer,
    http::{asked::Asked, visit::Name},
    text::Texts,
};

/// What is wrong with a field: its id, and the text that says it.
pub(super) type Mistake = (&'static str, &'static str);

/// The list of a place was asked for, and of none.
pub(super) const PLACE_MISSING: Mistake = ("location", "desk-wrong-date-place");

/// What the button of another language adds to a form that the address fills in.
const UNSENT: &str = "unsent";

/// Whether the fields of the address only went along into another language: what is missing is not a mistake yet.
pub(super) fn is_unsent(asked: &Asked) -> bool {
    asked.has(UNSENT)
}

/// People who come together, at most: the API takes no more.
const MOST_PEOPLE: u16 = 100;

/// A day as a browser's calendar writes it, or as people do where a browser has none.
pub(super) fn day_of(typed: &str) -> Option<Date> {
    typed.parse().ok().or_else(|| Date::strptime("%d.%m.%Y", typed).ok())
}

/// The same as the field shows it again: a browser's calendar drops what it cannot read.
pub(super) fn day_shown(typed: &str) -> String {
    day_of(typed).map_or_else(|| typed.to_owned(), |day| day.to_string())
}

/// How many people come together.
pub(super) fn people_of(typed: &str) -> Option<u16> {
    typed.parse().ok().filter(|people| (1..=MOST_PEOPLE).contains(people))
}

/// How many letters and digits a number has that people read aloud.
const CODE_LENGTH: usize = 8;
/// What no such number has in it, since people mistake them for each other.
const LOOK_ALIKES: &str = "O0I1";

/// Whether what was typed looks like such a number: then it is one that there is not, and perhaps misspelt.
pub(super) fn looks_like_code(typed: &str) -> bool {
    let typed: Vec<_> = typed.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let is_possible =
        |c: &char| c.is_ascii_alphanumeric() && !LOOK_ALIKES.contains(c.to_ascii_uppercase());
    typed.len() == CODE_LENGTH && typed.iter().all(is_possible)
}

/// A field in which something is written.
pub(super) struct TextField {
    pub(super) id: &'static str,
    /// The type of the input.
    pub(super) kind: &'static str,
    pub(super) label: Cow<'static, str>,
    pub(super) hint: Option<Cow<'static, str>>,
    pub(super) value: String,
    pub(super) mistake: Option<Cow<'static, str>>,
}

impl TextField {
    /// The same field for another kind of input, for example `date`.
    pub(super) fn of_kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }
}

/// A field in which one thing is chosen.
pub(super) struct ChoiceField {
    pub(super) id: &'static str,
    pub(super) label: Cow<'static, str>,
    pub(super) choices: Vec<Choice>,
    /// The text of the first line, which chooses nothing: without it a browser sends the first choice of
    /// whoever overlooks the field.
    pub(super) nothing: Cow<'static, str>,
    pub(super) mistake: Option<Cow<'static, str>>,
}

impl ChoiceField {
    pub(super) fn is_unchosen(&self) -> bool {
        !self.choices.iter().any(|choice| choice.chosen)
    }
}

/// Something to choose.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// Makes the fields of one form.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) texts: Texts,
    pub(super) mistakes: &'a [Mistake],
}

impl Fields<'_> {
    pub(super) fn text(
        self,
        id: &'static str,
        label: &str,
        hint: Option<&str>,
        value: &str,
    ) -> TextField {
        TextField {
            id,
            kind: "text",
            label: self.texts.text(label),
            hint: hint.map(|hint| self.texts.text(hint)),
            value: value.to_owned(),
            mistake: self.mistake_of(id),
        }
    }

    pub(super) fn choice(self, id: &'static str, label: &str, choices: Vec<Choice>) -> ChoiceField {
        let (label, mistake) = (self.texts.text(label), self.mistake_of(id));
        let nothing = self.texts.text("desk-choose");
        ChoiceField { id, label, choices, nothing, mistake }
    }

    /// The places of the authority.
    pub(super) fn places(
        self,
        id: &'static str,
        label: &str,
        offer: &Offer,
        chosen: Option<&LocationId>,
    ) -> ChoiceField {
        let places = offer.locations.iter().map(|place| Choice {
            value: place.id.to_string(),
            label: Name::of(&place.name, self.texts).text,
            chosen: Some(&place.id) == chosen,
        });
        self.choice(id, label, places.collect())
    }

    pub(super) fn mistake_of(self, id: &str) -> Option<Cow<'static, str>> {
        let found = self.mistakes.iter().find(|(of, _)| *of == id);
        found.map(|(_, key)| self.texts.text(key))
    }
}
