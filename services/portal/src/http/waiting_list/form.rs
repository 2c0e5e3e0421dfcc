//! The form in which a person says what suits them: with what was filled in, and room for more.

use std::borrow::Cow;

use client::{Service, StandBy};

use super::{
    filled::{Choice, Filled, MOST, Mistake, PartOfDay, TypedDay},
    words,
};
use crate::{directory::Offer, http::visit::LocationSummary, text::Texts};

/// Preferences that the form has room for, at least.
const ROOM: usize = 2;
/// Days that can be excluded besides those that are.
const MORE_DAYS: usize = 3;
/// Parts of the day, as their fields have them.
const PARTS: [&str; 4] = ["", "-12:00", "12:00-", "16:00-"];

/// The form.
pub(crate) struct Form {
    pub(crate) parts: Vec<Part>,
    pub(crate) any: bool,
    pub(crate) from: DayField,
    pub(crate) until: DayField,
    pub(crate) except: Vec<DayField>,
    pub(crate) people: u16,
    /// Whether they can come at once, and until when.
    pub(crate) stand_by: Vec<Tick>,
    /// The field and what is wrong with it.
    pub(crate) mistakes: Vec<(String, Cow<'static, str>)>,
    pub(crate) words: FormWords,
}

/// What the form says of who fills it in.
pub(crate) struct FormWords {
    /// Any other appointment is welcome, too.
    pub(crate) any: Cow<'static, str>,
    /// What days are asked for.
    pub(crate) days: Cow<'static, str>,
    /// The days that do not suit.
    pub(crate) except: Cow<'static, str>,
}

/// One preference.
pub(crate) struct Part {
    pub(crate) number: usize,
    pub(crate) is_filled: bool,
    /// It may be what fits no appointment.
    pub(crate) is_unfit: bool,
    pub(crate) weekdays: Vec<Tick>,
    pub(crate) times: Vec<Tick>,
    pub(crate) places: Vec<PlaceChoice>,
}

/// A box or circle to tick.
pub(crate) struct Tick {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

pub(crate) struct PlaceChoice {
    pub(crate) place: LocationSummary,
    pub(crate) chosen: bool,
}

/// A field for a day.
pub(crate) struct DayField {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) mistake: Option<Cow<'static, str>>,
}

impl Form {
    pub(crate) fn new(texts: Texts, offer: &Offer, service: &Service, filled: &Filled) -> Self {
        let mistakes = filled.mistakes();
        let room = (filled.choices.len() + 1).clamp(ROOM, MOST);
        let wanted = std::slice::from_ref(&service.id);
        let places: Vec<_> =
            offer.places_for(wanted).map(|place| LocationSummary::of(place, texts)).collect();
        let part = |at: usize| {
            let choice = filled.choices.get(at).cloned().unwrap_or_default();
            Part::new(texts, at + 1, &choice, &places)
        };
        let field = |id: &str, name, label: &str, day: &TypedDay| {
            DayField::new(texts, id, name, texts.text(label).into_owned(), day, &mistakes)
        };
        let none = TypedDay::default();
        let days = filled.except.len() + MORE_DAYS;
        let except = (0..days).map(|at| {
            let (id, number) = (format!("except-{}", at + 1), at + 1);
            let label = texts.fill("waiting-except-number", "number", number).into_owned();
            let day = filled.except.get(at).unwrap_or(&none);
            DayField::new(texts, &id, "except", label, day, &mistakes)
        });
        Self {
            parts: (0..room).map(part).collect(),
            any: filled.any,
            from: field("from", "from", "waiting-from", &filled.from),
            until: field("until", "until", "waiting-until", &filled.until),
            except: except.collect(),
            people: filled.people,
            stand_by: stand_by(texts, filled.stand_by),
            mistakes: mistakes
                .iter()
                .map(|mistake| (mistake.field.clone(), texts.text(mistake.key)))
                .collect(),
            words: FormWords {
                any: texts.text("waiting-any-too"),
                days: texts.text("waiting-days-body"),
                except: texts.text("waiting-except"),
            },
        }
    }

    /// The same form for staff, who say what suits somebody else.
    pub(crate) fn for_staff(self, texts: Texts) -> Self {
        let words = FormWords {
            any: texts.text("desk-any"),
            days: texts.text("desk-days-body"),
            except: texts.text("desk-except"),
        };
        Self { words, ..self }
    }

    /// Whether the days are worth to be open from the start.
    pub(crate) fn has_days(&self) -> bool {
        let fields = [&self.from, &self.until].into_iter().chain(&self.except);
        fields.into_iter().any(|field| !field.value.is_empty())
    }

    /// A wish fits no appointment of the service. The authority does not say which, so each is marked that was filled
    /// in; without one, it is the days.
    pub(crate) fn say_unfit(&mut self, texts: Texts) {
        let mut field: Option<String> = None;
        for part in self.parts.iter_mut().filter(|part| part.is_filled) {
            part.is_unfit = true;
            field.get_or_insert(format!("time-{}-1", part.number));
        }
        let field = match field {
            Some(field) => field,
            None if self.has_days() => "until".to_owned(),
            None => "time-1-1".to_owned(),
        };
        self.mistakes.push((field, texts.text("waiting-unfit")));
    }

    /// All days that were asked for are over.
    pub(crate) fn say_over(&mut self, texts: Texts) {
        let text = texts.text("waiting-until-over");
        self.until.mistake = Some(text.clone());
        self.mistakes.push((self.until.id.clone(), text));
    }
}

impl Part {
    fn new(texts: Texts, number: usize, choice: &Choice, places: &[LocationSummary]) -> Self {
        let names = texts.weekdays();
        let weekday = |(day, (_, long)): (i8, &(Cow<'static, str>, Cow<'static, str>))| Tick {
            value: day.to_string(),
            label: long.clone().into_owned(),
            chosen: choice.weekdays.contains(&day),
        };
        // No office is open on Sundays, so the form does not offer them. A program may still choose
        // one, and reads it here.
        let weekdays =
            (1..).zip(&names).filter(|(day, _)| *day < 7 || choice.weekdays.contains(day));
        let place = |place: &LocationSummary| PlaceChoice {
            chosen: choice.locations.contains(&place.id),
            place: place.clone(),
        };
        Self {
            number,
            is_filled: *choice != Choice::default(),
            is_unfit: false,
            weekdays: weekdays.map(weekday).collect(),
            times: times(texts, choice.time),
            places: places.iter().map(place).collect(),
        }
    }

    /// Whether a place is chosen: then it is seen from the start.
    pub(crate) fn names_places(&self) -> bool {
        self.places.iter().any(|choice| choice.chosen)
    }
}

/// Until when the person can come at once, if at all.
fn stand_by(texts: Texts, chosen: Option<StandBy>) -> Vec<Tick> {
    let ways = [
        ("", "waiting-stand-by-no", None),
        ("today", "waiting-stand-by-today", Some(StandBy::Today)),
        ("tomorrow", "waiting-stand-by-tomorrow", Some(StandBy::Tomorrow)),
    ];
    let ticks = ways.into_iter().map(|(value, label, way)| Tick {
        value: value.to_owned(),
        label: texts.text(label).into_owned(),
        chosen: way == chosen,
    });
    ticks.collect()
}

/// The usual parts of the day, and the one that is chosen if it is another.
fn times(texts: Texts, chosen: PartOfDay) -> Vec<Tick> {
    let field = chosen.field();
    let other = (!PARTS.contains(&field.as_str())).then(|| Tick {
        value: field.clone(),
        label: words::time_of_day(texts, chosen).unwrap_or_default(),
        chosen: true,
    });
    let usual = PARTS.iter().map(|value| Tick {
        value: (*value).to_owned(),
        label: texts.text(part_key(value)).into_owned(),
        chosen: *value == field,
    });
    usual.chain(other).collect()
}

fn part_key(field: &str) -> &'static str {
    match field {
        "-12:00" => "waiting-time-morning",
        "12:00-" => "waiting-time-afternoon",
        "16:00-" => "waiting-time-evening",
        _ => "waiting-time-any",
    }
}

impl DayField {
    fn new(
        texts: Texts,
        id: &str,
        name: &'static str,
        label: String,
        day: &TypedDay,
        mistakes: &[Mistake],
    ) -> Self {
        let mistake = mistakes.iter().find(|mistake| mistake.field == id);
        Self {
            id: id.to_owned(),
            name,
            label,
            value: day.date.map_or_else(|| day.text.clone(), |date| date.to_string()),
            mistake: mistake.map(|mistake| texts.text(mistake.key)),
        }
    }
}
