//! What staff fill in of a date that they give to an application on file.

use ambient::berlin;
use client::{Allocation, DateAtDesk, Service};
use ids::{LocationId, ServiceId};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};

use super::{
    fields::{Choice, ChoiceField, Fields, Mistake, TextField, day_of, day_shown, people_of},
    reason_form::{Deed, ReasonForm, ReasonPart},
    wrong::{Told, Wrong},
};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        page_error::PageError,
        visit::Name,
    },
    text::Texts,
};

/// The text of the button.
const BUTTON: &str = "desk-save";

/// What was filled in.
#[derive(Clone)]
pub(crate) struct DateForm {
    service: Option<ServiceId>,
    reference: String,
    place: Option<LocationId>,
    day: String,
    time: String,
    people: String,
    why: ReasonForm,
}

impl Default for DateForm {
    fn default() -> Self {
        Self {
            service: None,
            reference: String::new(),
            place: None,
            day: String::new(),
            time: String::new(),
            people: "1".to_owned(),
            why: ReasonForm::default(),
        }
    }
}

impl What for DateForm {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        let digits = |name| texts::plain_digits(asked.trimmed(name));
        Ok(Self {
            service: asked.trimmed("service").parse().ok(),
            reference: asked.trimmed("reference").to_owned(),
            place: asked.trimmed("location").parse().ok(),
            day: digits("day"),
            time: digits("time"),
            people: digits("people"),
            why: ReasonForm::read(asked)?,
        })
    }
}

impl DateForm {
    /// The date that is meant; `None` if something is missing or cannot be meant.
    pub(super) fn date(&self) -> Option<DateAtDesk> {
        if self.mistakes().next().is_some() {
            return None;
        }
        Some(DateAtDesk {
            service: self.service.clone()?,
            reference: self.reference.clone(),
            location: self.place.clone()?,
            start: self.start()?,
            people: self.people()?,
            reason: self.why.reason(),
        })
    }

    /// What is missing or cannot be meant, in the order of the page.
    fn mistakes(&self) -> impl Iterator<Item = Mistake> {
        let all = [
            (self.service.is_none(), ("service", "desk-wrong-service")),
            (self.reference.is_empty(), ("reference", "desk-wrong-reference")),
            (self.place.is_none(), ("location", "desk-wrong-date-place")),
            (self.day().is_none(), ("day", "waiting-day-unreadable")),
            (self.time().is_none(), ("time", "desk-wrong-time")),
            (self.people().is_none(), ("people", "desk-wrong-people")),
        ];
        let own = all.into_iter().filter_map(|(is_wrong, mistake)| is_wrong.then_some(mistake));
        own.chain(self.why.mistakes(Deed::GiveDate))
    }

    fn day(&self) -> Option<Date> {
        day_of(&self.day)
    }

    fn time(&self) -> Option<Time> {
        Time::strptime("%H:%M", &self.time).ok()
    }

    fn people(&self) -> Option<u16> {
        people_of(&self.people)
    }

    fn start(&self) -> Option<Timestamp> {
        berlin().to_timestamp(self.day()?.to_datetime(self.time()?)).ok()
    }
}

/// Whether the authority gives the dates of this service.
pub(super) fn is_assigned(service: &Service) -> bool {
    service.allocation == Allocation::Assign
}

/// An authority that gives no dates has no such page.
///
/// # Errors
/// [`PageError::NotFound`].
pub(super) fn require_dates(offer: &Offer) -> Result<(), PageError> {
    let gives_dates = offer.services.iter().any(is_assigned);
    gives_dates.then_some(()).ok_or(PageError::NotFound)
}

/// The fields as the page shows them.
pub(super) struct DatePart {
    pub(super) service: ChoiceField,
    pub(super) reference: TextField,
    pub(super) place: ChoiceField,
    pub(super) day: TextField,
    pub(super) time: TextField,
    pub(super) people: TextField,
    pub(super) why: ReasonPart,
    /// The text of the button.
    pub(super) button: &'static str,
    pub(super) told: Told,
}

impl DatePart {
    /// With what was filled in, and what is wrong with it.
    pub(super) fn new(texts: Texts, offer: &Offer, form: &DateForm, wrong: &Wrong) -> Self {
        let mistakes = wrong.mistakes(form.mistakes());
        let fields = Fields { texts, mistakes: &mistakes };
        let assigned = offer.services.iter().filter(|service| is_assigned(service));
        let services = assigned.map(|service| Choice {
            value: service.id.to_string(),
            label: Name::of(&service.name, texts).text,
            chosen: Some(&service.id) == form.service.as_ref(),
        });
        let hint = Some("desk-reference-hint");
        Self {
            service: fields.choice("service", "desk-service", services.collect()),
            reference: fields.text("reference", "desk-reference", hint, &form.reference),
            place: fields.places("location", "desk-place", offer, form.place.as_ref()),
            day: fields.text("day", "desk-day", None, &day_shown(&form.day)).of_kind("date"),
            time: fields
                .text("time", "desk-time", Some("desk-time-hint"), &form.time)
                .of_kind("time"),
            people: fields.text("people", "draw-people", None, &form.people),
            why: ReasonPart::new(fields, &form.why, Deed::GiveDate),
            button: BUTTON,
            told: wrong.told(texts, &mistakes, BUTTON),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(changes: &[(&str, &str)]) -> DateForm {
        let fields = [
            ("service", "titel"),
            ("reference", "LEA-2026-004711"),
            ("location", "mitte"),
            ("day", "2027-01-05"),
            ("time", "09:00"),
            ("people", "2"),
            ("reason", "urgent"),
        ];
        DateForm::read(&Asked::form(&fields, changes)).unwrap()
    }

    #[test]
    fn a_day_and_a_time_are_berlins() {
        for (day, time, start) in [
            ("2027-01-05", "09:00", "2027-01-05T08:00:00Z"),
            ("05.07.2027", "09:00", "2027-07-05T07:00:00Z"),
            ("٢٠٢٧-٠١-٠٥", "٠٩:٠٠", "2027-01-05T08:00:00Z"),
        ] {
            let date = filled(&[("day", day), ("time", time)]).date().unwrap();
            assert_eq!(date.start, start.parse::<Timestamp>().unwrap(), "{day} {time}");
        }
    }

    #[test]
    fn what_is_missing_or_cannot_be_meant_is_named_where_it_belongs() {
        let wrong = |name: &'static str, value: &'static str| {
            let form = filled(&[(name, value)]);
            assert!(form.date().is_none(), "{name}={value}");
            form.mistakes().map(|(id, _)| id).collect::<Vec<_>>()
        };
        for (name, value) in [
            ("service", ""),
            ("reference", " "),
            ("location", ""),
            ("day", "tomorrow"),
            ("day", "2027-02-30"),
            ("time", "25:00"),
            ("people", "0"),
            ("people", "101"),
            ("reason", ""),
            ("reason", "no-online-access"),
        ] {
            assert_eq!(wrong(name, value), [name], "{name}={value}");
        }
        assert_eq!(wrong("reason", "other"), ["note"]);
        assert!(filled(&[]).date().is_some());
    }
}
