//! What staff fill in of a person without online ID: as the document says it, and why they ask.

use client::{
    AccessToken, ConfirmationAtDesk, DateAcceptanceAtDesk, Document, Preference, SeatAtDesk,
    WithdrawalAtDesk,
};
use ids::{CaseCode, LocationId};
use jiff::civil::Date;

use super::{
    fields::{Choice, ChoiceField, Fields, Mistake, TextField},
    reason_form::{Deed, ReasonForm, ReasonPart},
    trouble::{Refused, Trouble},
    written::{is_birth_date, is_phone},
    wrong::{Told, Wrong},
};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        page_error::PageError,
        person_name::name_of,
    },
    portal::Portal,
    text::{Language, Texts, offered},
};

/// What a form with a person is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// They enter a draw.
    Enter,
    /// They join a waiting list, and are phoned.
    Join,
    /// Their entry in a draw is taken out.
    TakeOut,
    /// The date that the office gave is accepted for them.
    AcceptDate,
    /// Staff book for them.
    Book,
}

impl Purpose {
    const fn needs_phone(self) -> bool {
        matches!(self, Self::Join)
    }

    /// What is said of the number, if one can be written down.
    const fn phone_hint(self) -> Option<&'static str> {
        match self {
            Self::Enter => Some("desk-phone-if-drawn"),
            Self::Join => Some("desk-phone-hint"),
            Self::TakeOut | Self::AcceptDate | Self::Book => None,
        }
    }

    /// Whether messages or calls may come of it.
    const fn asks_language(self) -> bool {
        !matches!(self, Self::TakeOut)
    }

    /// Whether it matters where the member of staff stands. A date has its place, and so has an appointment.
    const fn asks_place(self) -> bool {
        !matches!(self, Self::AcceptDate | Self::Book)
    }

    /// The text of the button.
    pub(super) const fn button(self) -> &'static str {
        match self {
            Self::Enter | Self::Join => "desk-save",
            Self::AcceptDate | Self::Book => "desk-date-accept-now",
            Self::TakeOut => "desk-take-out",
        }
    }
}

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
    /// Where the member of staff stands.
    place: Option<LocationId>,
    language: Option<Language>,
    why: ReasonForm,
    /// What a desk stated for the person before is replaced: staff were asked about this person.
    replaces: bool,
    /// The day on which it was sent: no date of birth lies after it.
    today: Date,
}

impl What for PersonForm {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let typed = |name| asked.trimmed(name).to_owned();
        let place = asked.field("at").filter(|place| !place.is_empty());
        let place = place.map(str::parse::<LocationId>).transpose();
        let form = Self {
            family_name: typed("family-name"),
            given_names: typed("given-names"),
            birth_name: typed("birth-name"),
            birth_date: texts::plain_digits(asked.trimmed("birth-date")),
            place_of_birth: typed("place-of-birth"),
            case: typed("case"),
            phone: texts::plain_digits(asked.trimmed("phone")),
            place: place.map_err(|_| PageError::BadRequest)?,
            language: asked.has("language").then(|| asked.required("language")).transpose()?,
            why: ReasonForm::read(asked)?,
            replaces: false,
            today: asked.today,
        };
        let replaces = asked.field("replaces").is_some_and(|whose| whose == form.whose());
        Ok(Self { replaces, ..form })
    }
}

impl PersonForm {
    /// What is missing or cannot be meant, in the order of the page.
    pub(super) fn mistakes(&self, purpose: Purpose) -> Vec<Mistake> {
        let is_case = self.case.is_empty() || self.case.parse::<CaseCode>().is_ok();
        // Where it is not needed, one that is written down must still be one.
        let has_phone = purpose.phone_hint().is_some() && !self.phone.is_empty();
        let asks_phone = purpose.needs_phone() || has_phone;
        let all = [
            (self.family_name.is_empty(), ("family-name", "desk-wrong-name")),
            (!is_birth_date(&self.birth_date, self.today), ("birth-date", "desk-wrong-birthdate")),
            (!is_case, ("case", "desk-wrong-case")),
            (asks_phone && !is_phone(&self.phone), ("phone", "desk-wrong-phone")),
            (purpose.asks_place() && self.place.is_none(), ("at", "desk-wrong-place")),
        ];
        let own = all.into_iter().filter_map(|(is_wrong, mistake)| is_wrong.then_some(mistake));
        own.chain(self.why.mistakes(Deed::ForPerson)).collect()
    }

    /// Nobody is filled in yet.
    pub(super) fn is_empty(&self) -> bool {
        let Self { family_name, given_names, birth_name, birth_date, .. } = self;
        let (place_of_birth, case) = (&self.place_of_birth, &self.case);
        [family_name, given_names, birth_name, birth_date, place_of_birth, case]
            .into_iter()
            .all(String::is_empty)
    }

    pub(super) fn phone(&self) -> &str {
        &self.phone
    }

    /// Whether what a desk stated for the person before is replaced.
    pub(super) const fn replaces(&self) -> bool {
        self.replaces
    }

    /// The form as it is shown again. Once staff were asked, the button replaces what is there.
    pub(super) fn after(&self, wrong: &Wrong) -> Self {
        let replaces = self.replaces || wrong.is(&Trouble::EnteredBefore);
        Self { replaces, ..self.clone() }
    }

    /// Who it is, by all that the identity service is shown: about somebody else staff are asked again.
    fn whose(&self) -> String {
        let Self { family_name, given_names, birth_name, birth_date, .. } = self;
        let (place_of_birth, case) = (&self.place_of_birth, &self.case);
        [family_name, given_names, birth_name, birth_date, place_of_birth, case]
            .map(String::as_str)
            .join("|")
    }

    /// The text of the button.
    const fn button(&self, purpose: Purpose) -> &'static str {
        if self.replaces { "desk-replace" } else { purpose.button() }
    }

    /// The language of what the person takes home; `None` if none was asked for.
    pub(super) fn language(&self) -> Option<Language> {
        self.language.filter(|language| offered().contains(language))
    }

    /// The name as people write it.
    pub(super) fn name(&self) -> String {
        name_of(&self.given_names, &self.family_name)
    }

    /// Shows the document to the identity service, which names its person to the authority.
    ///
    /// # Errors
    /// The identity service does not take it.
    pub(super) async fn identified(
        &self,
        portal: &Portal,
        token: &AccessToken,
    ) -> Result<String, Refused> {
        portal.identity.identify(token, &self.document()).await.map_err(Refused::Identity)
    }

    fn document(&self) -> Document {
        Document {
            given_names: self.given_names.clone(),
            family_name: self.family_name.clone(),
            birth_name: self.birth_name.clone(),
            birth_date: self.birth_date.clone(),
            place_of_birth: self.place_of_birth.clone(),
            case: self.case.parse().ok(),
        }
    }

    fn fields(&self, fields: Fields<'_>, purpose: Purpose) -> Vec<TextField> {
        let hint = Some("desk-birthdate-hint");
        let mut all = vec![
            fields.text("family-name", "desk-family-name", None, &self.family_name),
            fields.text("given-names", "desk-given-names", None, &self.given_names),
            fields.text("birth-name", "desk-birth-name", None, &self.birth_name),
            fields.text("birth-date", "desk-birthdate", hint, &self.birth_date),
            fields.text("place-of-birth", "desk-place-of-birth", None, &self.place_of_birth),
            fields.text("case", "desk-case", Some("desk-case-hint"), &self.case),
        ];
        if let Some(hint) = purpose.phone_hint() {
            all.push(fields.text("phone", "desk-phone", Some(hint), &self.phone));
        }
        all
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

    /// What to ask the authority for; `None` before the form was filled in.
    pub(super) fn seat(
        &self,
        attendee: String,
        wishes: Vec<Preference>,
        people: u16,
    ) -> Option<SeatAtDesk> {
        Some(SeatAtDesk {
            attendee,
            location: self.place.clone()?,
            wishes,
            people,
            language: self.language?.tag().to_owned(),
            reason: self.why.reason(),
        })
    }

    /// What to accept a date with; `None` before the form was filled in.
    pub(super) fn acceptance(
        &self,
        attendee: String,
        reference: Option<String>,
    ) -> Option<DateAcceptanceAtDesk> {
        let (language, reason) = (self.language?.tag().to_owned(), self.why.reason());
        Some(DateAcceptanceAtDesk { attendee, reference, language, reason })
    }

    /// What to confirm a hold with; `None` before the form was filled in.
    pub(super) fn confirmation(
        &self,
        attendee: String,
        hold_token: String,
    ) -> Option<ConfirmationAtDesk> {
        let (language, reason) = (self.language?.tag().to_owned(), self.why.reason());
        Some(ConfirmationAtDesk { hold_token, attendee, language, reason })
    }

    /// What to take out of a draw; `None` before the form was filled in.
    pub(super) fn withdrawal(&self, attendee: String) -> Option<WithdrawalAtDesk> {
        let (location, reason) = (self.place.clone()?, self.why.reason());
        Some(WithdrawalAtDesk { attendee, location, reason })
    }
}

/// The fields of the document, and the language, as the page shows them.
pub(super) struct DocumentFields {
    pub(super) fields: Vec<TextField>,
    /// `None` if it is not asked for.
    pub(super) languages: Option<ChoiceField>,
}

/// All fields as the page shows them.
pub(super) struct PersonPart {
    pub(super) document: DocumentFields,
    pub(super) places: ChoiceField,
    pub(super) why: ReasonPart,
    /// Whose earlier entry the form replaces, if it does.
    pub(super) replaces: Option<String>,
    /// The text of the button.
    pub(super) button: &'static str,
    pub(super) told: Told,
}

impl PersonPart {
    /// With what was filled in, and what is wrong with it.
    pub(super) fn new(
        texts: Texts,
        offer: &Offer,
        form: &PersonForm,
        purpose: Purpose,
        wrong: &Wrong,
    ) -> Self {
        let mistakes = wrong.mistakes(form.mistakes(purpose));
        let button = form.button(purpose);
        let mut told = wrong.told(texts, &mistakes, button);
        if form.replaces && told.trouble.is_none() {
            // In another language, too, and beside a mistake: the button does more than it did first.
            told.trouble = Trouble::EnteredBefore.words(texts, button);
        }
        Self { told, ..Self::with_mistakes(texts, offer, form, purpose, &mistakes) }
    }

    /// The same as a part of a form that says itself what is wrong with all of it.
    pub(super) fn with_mistakes(
        texts: Texts,
        offer: &Offer,
        form: &PersonForm,
        purpose: Purpose,
        mistakes: &[Mistake],
    ) -> Self {
        let fields = Fields { texts, mistakes };
        let languages = || fields.choice("language", "desk-language", form.languages(texts));
        Self {
            document: DocumentFields {
                fields: form.fields(fields, purpose),
                languages: purpose.asks_language().then(languages),
            },
            places: fields.places("at", "desk-your-place", offer, form.place.as_ref()),
            why: ReasonPart::new(fields, &form.why, Deed::ForPerson),
            replaces: form.replaces.then(|| form.whose()),
            button: form.button(purpose),
            told: Told::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(changes: &[(&str, &str)]) -> Result<PersonForm, PageError> {
        let fields = [
            ("family-name", "Yılmaz"),
            ("birth-date", "17.04.1980"),
            ("at", "mitte"),
            ("language", "tr"),
            ("reason", "no-online-access"),
        ];
        PersonForm::read(&Asked::form(&fields, changes))
    }

    #[test]
    fn what_is_missing_is_named_where_it_belongs() {
        let ids = |changes: &[(&str, &str)], purpose| {
            let mistakes = filled(changes).unwrap().mistakes(purpose);
            mistakes.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert!(ids(&[], Purpose::Enter).is_empty());
        assert_eq!(ids(&[], Purpose::Join), ["phone"]);
        assert_eq!(
            ids(&[("family-name", " "), ("birth-date", "")], Purpose::Enter),
            ["family-name", "birth-date"]
        );
        assert_eq!(ids(&[("reason", "other")], Purpose::Enter), ["note"]);
        let wrong = [("birth-date", "31.02.1980"), ("phone", "9010"), ("reason", "")];
        assert_eq!(ids(&wrong, Purpose::Join), ["birth-date", "phone", "reason"]);
        let unborn = [("birth-date", "05.01.2027"), ("reason", "")];
        assert_eq!(ids(&unborn, Purpose::Enter), ["birth-date", "reason"]);
        assert_eq!(ids(&[("phone", "9010")], Purpose::Enter), ["phone"]);
        assert!(ids(&[("phone", "030 9010")], Purpose::Enter).is_empty());
        // No place matters but that of the appointment.
        assert!(ids(&[("at", "")], Purpose::Book).is_empty());
        assert_eq!(ids(&[("case", "nonsense")], Purpose::Enter), ["case"]);
        assert_eq!(ids(&[("at", ""), ("reason", "")], Purpose::Enter), ["at", "reason"]);
        assert_eq!(ids(&[("at", ""), ("reason", "")], Purpose::AcceptDate), ["reason"]);
    }

    #[test]
    fn what_no_form_of_ours_sends_is_refused() {
        for (name, value) in [("at", "no place"), ("language", "xx"), ("reason", "bribe")] {
            assert!(filled(&[(name, value)]).is_err(), "{name}={value}");
        }
    }
}
