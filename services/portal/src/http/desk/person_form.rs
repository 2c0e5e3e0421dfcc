//! What staff fill in of a person without online ID: as the document says it, and why they ask.

use std::borrow::Cow;

use client::{DeskReason, Document, Preference, SeatAtDesk};
use ids::{CaseCode, LocationId};

use super::trouble::Trouble;
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        page_error::PageError,
        person_name::name_of,
        visit::Name,
    },
    text::{Language, Texts},
};

/// Why staff ask and not the person: as the API names it, and the text.
const REASONS: [(&str, &str); 7] = [
    ("no-online-access", "desk-reason-no-online-access"),
    ("urgent", "desk-reason-urgent"),
    ("hardship", "desk-reason-hardship"),
    ("follow-up", "desk-reason-follow-up"),
    ("office-error", "desk-reason-office-error"),
    ("technical-failure", "desk-reason-technical-failure"),
    ("other", "desk-reason-other"),
];

/// The text that says a reason.
pub(super) fn reason_key(code: &str) -> &'static str {
    REASONS.iter().find(|(known, _)| *known == code).map_or("desk-reason-other", |(_, key)| key)
}

/// The one that needs a note.
const OTHER: &str = "other";

/// What was filled in.
#[derive(Clone, Default)]
pub(super) struct PersonForm {
    family_name: String,
    given_names: String,
    birth_name: String,
    birth_date: String,
    place_of_birth: String,
    case: String,
    phone: String,
    note: String,
    /// Where the member of staff stands.
    place: Option<LocationId>,
    language: Option<Language>,
    /// Empty if none was chosen.
    reason: &'static str,
}

impl What for PersonForm {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let typed = |name| asked.trimmed(name).to_owned();
        let chosen = asked.trimmed("reason");
        let reason = REASONS.iter().find(|(code, _)| *code == chosen).map(|(code, _)| *code);
        if reason.is_none() && !chosen.is_empty() {
            return Err(PageError::BadRequest);
        }
        let place = asked.field("at").filter(|place| !place.is_empty());
        let place = place.map(str::parse::<LocationId>).transpose();
        Ok(Self {
            family_name: typed("family-name"),
            given_names: typed("given-names"),
            birth_name: typed("birth-name"),
            birth_date: texts::plain_digits(asked.trimmed("birth-date")),
            place_of_birth: typed("place-of-birth"),
            case: typed("case"),
            phone: texts::plain_digits(asked.trimmed("phone")),
            note: typed("note"),
            place: place.map_err(|_| PageError::BadRequest)?,
            language: Some(asked.required("language")?),
            reason: reason.unwrap_or_default(),
        })
    }
}

/// What is wrong with a field: its id, and the text that says it.
pub(super) type Mistake = (&'static str, &'static str);

impl PersonForm {
    /// What is missing or cannot be meant, in the order of the page.
    pub(super) fn mistakes(&self, needs_phone: bool) -> Vec<Mistake> {
        let is_case = self.case.is_empty() || self.case.parse::<CaseCode>().is_ok();
        let all = [
            (self.family_name.is_empty(), ("family-name", "desk-wrong-name")),
            (self.birth_date.is_empty(), ("birth-date", "desk-wrong-birthdate")),
            (!is_case, ("case", "desk-wrong-case")),
            (needs_phone && self.phone.is_empty(), ("phone", "desk-wrong-phone")),
            (self.place.is_none(), ("at", "desk-wrong-place")),
            (self.reason.is_empty(), ("reason", "desk-wrong-reason")),
            (self.reason == OTHER && self.note.is_empty(), ("note", "desk-wrong-note")),
        ];
        all.into_iter().filter_map(|(is_wrong, mistake)| is_wrong.then_some(mistake)).collect()
    }

    pub(super) fn phone(&self) -> &str {
        &self.phone
    }

    /// The name as people write it.
    pub(super) fn name(&self) -> String {
        name_of(&self.given_names, &self.family_name)
    }

    pub(super) fn document(&self) -> Document {
        Document {
            given_names: self.given_names.clone(),
            family_name: self.family_name.clone(),
            birth_name: self.birth_name.clone(),
            birth_date: self.birth_date.clone(),
            place_of_birth: self.place_of_birth.clone(),
            case: self.case.parse().ok(),
        }
    }

    fn languages(&self, texts: Texts) -> Vec<Choice> {
        let wanted = self.language.unwrap_or(texts.language());
        let choice = |language: Language| Choice {
            value: language.tag().to_owned(),
            label: language.own_name().to_owned(),
            chosen: language == wanted,
        };
        Language::SWITCH.into_iter().map(choice).collect()
    }

    fn places(&self, texts: Texts, offer: &Offer) -> Vec<Choice> {
        let places = offer.locations.iter().map(|place| Choice {
            value: place.id.to_string(),
            label: Name::of(&place.name, texts).text,
            chosen: Some(&place.id) == self.place.as_ref(),
        });
        places.collect()
    }

    fn reasons(&self, texts: Texts) -> Vec<Choice> {
        let reasons = REASONS.iter().map(|(code, key)| Choice {
            value: (*code).to_owned(),
            label: texts.text(key).into_owned(),
            chosen: *code == self.reason,
        });
        reasons.collect()
    }

    /// What to ask the authority for; `None` before the form was filled in.
    pub(super) fn seat(
        &self,
        attendee: String,
        wishes: Vec<Preference>,
        people: u16,
    ) -> Option<SeatAtDesk> {
        let note = Some(self.note.clone()).filter(|note| !note.is_empty());
        Some(SeatAtDesk {
            attendee,
            location: self.place.clone()?,
            wishes,
            people,
            language: self.language?.tag().to_owned(),
            reason: DeskReason { code: self.reason.to_owned(), note },
        })
    }
}

/// What is wrong with what was sent; nothing before it was.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    /// The form was sent: what is missing is said.
    is_sent: bool,
    trouble: Option<Trouble>,
}

impl Wrong {
    /// What the form itself shows.
    pub(super) const fn in_the_form() -> Self {
        Self { is_sent: true, trouble: None }
    }

    pub(super) const fn told_by_a_service(trouble: Trouble) -> Self {
        Self { is_sent: true, trouble: Some(trouble) }
    }
}

/// The fields as the page shows them.
pub(super) struct PersonPart {
    pub(super) fields: Vec<TextField>,
    pub(super) note: TextField,
    pub(super) languages: ChoiceField,
    pub(super) places: ChoiceField,
    pub(super) reasons: ChoiceField,
    /// The field and what is wrong with it.
    pub(super) mistakes: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    /// Title and body of why it was not taken.
    pub(super) trouble: Option<(Cow<'static, str>, Cow<'static, str>)>,
}

pub(super) struct TextField {
    pub(super) id: &'static str,
    pub(super) label: Cow<'static, str>,
    pub(super) hint: Option<Cow<'static, str>>,
    pub(super) value: String,
    pub(super) mistake: Option<Cow<'static, str>>,
}

/// A field in which one thing is chosen.
pub(super) struct ChoiceField {
    pub(super) id: &'static str,
    pub(super) label: Cow<'static, str>,
    pub(super) choices: Vec<Choice>,
    pub(super) mistake: Option<Cow<'static, str>>,
}

/// Something to choose.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

impl PersonPart {
    /// With what was filled in, and what is wrong with it.
    pub(super) fn new(
        texts: Texts,
        offer: &Offer,
        form: &PersonForm,
        needs_phone: bool,
        wrong: &Wrong,
    ) -> Self {
        let trouble = wrong.trouble.as_ref();
        let mut mistakes = Vec::new();
        if wrong.is_sent {
            mistakes.extend(form.mistakes(needs_phone));
        }
        if let Some(Trouble::Field(mistake)) = trouble {
            mistakes.push(*mistake);
        }
        let mistake_of =
            |id: &str| mistakes.iter().find(|(of, _)| *of == id).map(|(_, key)| texts.text(key));
        let field = |id: &'static str, label: &str, hint: Option<&str>, value: &str| TextField {
            id,
            label: texts.text(label),
            hint: hint.map(|hint| texts.text(hint)),
            value: value.to_owned(),
            mistake: mistake_of(id),
        };
        let mut fields = vec![
            field("family-name", "desk-family-name", None, &form.family_name),
            field("given-names", "desk-given-names", None, &form.given_names),
            field("birth-name", "desk-birth-name", None, &form.birth_name),
            field("birth-date", "desk-birthdate", Some("desk-birthdate-hint"), &form.birth_date),
            field("place-of-birth", "desk-place-of-birth", None, &form.place_of_birth),
            field("case", "desk-case", Some("desk-case-hint"), &form.case),
        ];
        if needs_phone {
            fields.push(field("phone", "desk-phone", Some("desk-phone-hint"), &form.phone));
        }
        let choice = |id: &'static str, label: &str, choices: Vec<Choice>| ChoiceField {
            id,
            label: texts.text(label),
            choices,
            mistake: mistake_of(id),
        };
        let languages = choice("language", "desk-language", form.languages(texts));
        let places = choice("at", "desk-your-place", form.places(texts, offer));
        let reasons = choice("reason", "desk-reason", form.reasons(texts));
        Self {
            note: field("note", "desk-note", Some("desk-note-hint"), &form.note),
            fields,
            languages,
            places,
            reasons,
            trouble: trouble.and_then(|trouble| trouble.words(texts)),
            mistakes: mistakes.iter().map(|(id, key)| ((*id).into(), texts.text(key))).collect(),
        }
    }

    /// Something is wrong with a field of the rest of the form.
    pub(super) fn add_mistake(&mut self, field: String, words: Cow<'static, str>) {
        self.mistakes.push((field.into(), words));
    }

    /// Whether the page says that something is wrong.
    pub(super) fn is_wrong(&self) -> bool {
        self.trouble.is_some() || !self.mistakes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(changes: &[(&str, &str)]) -> Result<PersonForm, PageError> {
        let mut fields = vec![
            ("family-name", "Yılmaz"),
            ("birth-date", "17.04.1980"),
            ("at", "mitte"),
            ("language", "tr"),
            ("reason", "no-online-access"),
        ];
        for (name, value) in changes {
            fields.retain(|(known, _)| known != name);
            fields.push((*name, *value));
        }
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let fields = fields.into_iter().map(own).collect();
        PersonForm::read(&Asked { fields, ..Asked::default() })
    }

    #[test]
    fn what_is_missing_is_named_where_it_belongs() {
        let ids = |changes: &[(&str, &str)], needs_phone| {
            let mistakes = filled(changes).unwrap().mistakes(needs_phone);
            mistakes.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert!(ids(&[], false).is_empty());
        assert_eq!(ids(&[], true), ["phone"]);
        assert_eq!(
            ids(&[("family-name", " "), ("birth-date", "")], false),
            ["family-name", "birth-date"]
        );
        assert_eq!(ids(&[("reason", "other")], false), ["note"]);
        assert_eq!(ids(&[("case", "nonsense")], false), ["case"]);
        assert_eq!(ids(&[("at", ""), ("reason", "")], false), ["at", "reason"]);
    }

    #[test]
    fn what_no_form_of_ours_sends_is_refused() {
        for (name, value) in [("at", "no place"), ("language", "xx"), ("reason", "bribe")] {
            assert!(filled(&[(name, value)]).is_err(), "{name}={value}");
        }
    }
}
