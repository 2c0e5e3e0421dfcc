//! Why a service did not take what staff filled in, as far as staff can do something about it.

use std::borrow::Cow;

use booking::rules;
use client::{ClientError, Refusal};
use jiff::Timestamp;

use super::fields::Mistake;
use crate::text::Texts;

/// Which service did not take it.
#[derive(Debug)]
pub(super) enum Refused {
    /// The identity service, which says who the person is.
    Identity(ClientError),
    /// The authority, which is asked for something for them.
    Authority(ClientError),
}

impl From<Refused> for ClientError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Identity(error) | Refused::Authority(error) => error,
        }
    }
}

/// Why the services did not take it, as far as staff can do something about it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    /// A field is wrong.
    Field(Mistake),
    /// It is unclear who the person is: a case is to be decided first.
    Unclear(String),
    /// A colleague must agree that the person is a new one.
    NewPerson(String),
    /// A colleague must agree to what is asked for the person.
    Second(String),
    /// The same of an appointment, whose time is kept until then.
    SecondUntil(String, Timestamp),
    /// A time is kept for the person, perhaps the same for something else: which one, and until when.
    Holding(Timestamp, Timestamp),
    /// The case is not decided, or was used up.
    CaseState,
    /// The person did it online: it is theirs alone.
    Online,
    /// The place is not one of the member of staff.
    OtherPlace,
    /// The offer was answered or has ended.
    OfferOver,
    /// The person has no such place in line, or another place phones them.
    NotWaiting,
    /// The person has no entry in the draw.
    NoEntry,
    /// The draw is closed, or was not opened yet.
    DrawNotOpen,
    /// The draw is of earlier appointments, and the person has none that is later.
    NeedsAppointment,
    /// A desk entered the person into this draw, or put them into this waiting list, before.
    EnteredBefore,
    /// The person is in another draw.
    OtherDraw,
    /// The person waits in another list of the kind.
    OtherList,
    /// The person has an appointment of this kind.
    Booked,
    /// There must be an application, and the person has not shown online that one is theirs.
    NeedsApplication,
    /// The application has another date that waits for an answer.
    OtherDate,
    /// The date was answered, has lapsed or was taken back.
    DateOver,
    /// The application was given its number of dates today; then it can get one again.
    TooManyDates(Timestamp),
    /// A booking rule of the authority.
    Rule(Box<Refusal>),
}

impl Trouble {
    /// `None` for what is explained on a page of its own.
    pub(super) fn of(refused: &Refused) -> Option<Self> {
        let (Refused::Identity(error) | Refused::Authority(error)) = refused;
        let refusal = error.refusal()?;
        let case = || member(refusal, "case").unwrap_or_default().to_owned();
        Some(match refusal.code.as_str() {
            "invalid-request" => Self::Field(wrong_field(member(refusal, "field")?)?),
            "person-unclear" => Self::Unclear(case()),
            "second-person-needed" => match refused {
                Refused::Identity(_) => Self::NewPerson(case()),
                Refused::Authority(_) => Self::Second(case()),
            },
            "case-state" => Self::CaseState,
            "made-online" | "online-ticket" => Self::Online,
            "offer-over" | "offer-not-found" => Self::OfferOver,
            "not-waiting" => Self::NotWaiting,
            "entry-not-found" => Self::NoEntry,
            "draw-not-open" => Self::DrawNotOpen,
            "later-appointment-needed" => Self::NeedsAppointment,
            "entered-before" | "waiting-before" => Self::EnteredBefore,
            "already-entered" => Self::OtherDraw,
            "already-waiting" => Self::OtherList,
            "already-booked" => Self::Booked,
            code if rules::PROBLEMS.iter().any(|problem| problem.code == code) => {
                Self::Rule(Box::new(refusal.clone()))
            }
            _ => return None,
        })
    }

    /// The same of an appointment that is booked for a person.
    pub(super) fn of_booking(refused: &Refused) -> Option<Self> {
        let Refused::Authority(error) = refused else { return Self::of(refused) };
        let refusal = error.refusal()?;
        let instant = |name: &str| -> Option<Timestamp> { member(refusal, name)?.parse().ok() };
        let not_free = Self::Field(("slot", "desk-book-not-free"));
        Some(match refusal.code.as_str() {
            "slot-taken" | "asked-too-soon" | "slot-not-offered" | "slot-off-grid" | "closed"
            | "slot-in-past" => not_free,
            "hold-expired" | "hold-given-up" | "hold-invalid" => {
                Self::Field(("slot", "desk-book-hold-over"))
            }
            "already-holding" => Self::Holding(instant("start")?, instant("expires_at")?),
            "forbidden" => Self::OtherPlace,
            "entitlement-required" => Self::NeedsApplication,
            "unknown-service" => Self::Field(("service", "desk-book-wrong-service")),
            "unknown-location" => Self::Field(("location", "desk-wrong-date-place")),
            "too-many-people" => Self::Field(("people", "desk-too-many-people")),
            // Of a single service: nobody has combined anything.
            "services-not-combinable" => Self::Field(("people", "desk-book-no-visit")),
            "invalid-request" if member(refusal, "field") == Some("people") => {
                Self::Field(("people", "desk-wrong-people"))
            }
            _ => return Self::of(refused),
        })
    }

    /// The same of a date that is given to an application, whose form has other fields.
    pub(super) fn of_date(refused: &Refused) -> Option<Self> {
        let (Refused::Identity(error) | Refused::Authority(error)) = refused;
        let refusal = error.refusal()?;
        let no_seat = Self::Field(("time", "desk-wrong-seat"));
        let no_day = Self::Field(("day", "desk-wrong-day"));
        let too_many = Self::Field(("people", "desk-too-many-people"));
        Some(match refusal.code.as_str() {
            "entitlement-not-found" => Self::Field(("reference", "desk-wrong-reference")),
            "not-assigned" | "unknown-service" => Self::Field(("service", "desk-wrong-service")),
            "date-already-assigned" => Self::OtherDate,
            "slot-not-offered" | "slot-off-grid" | "slot-taken" => no_seat,
            "slot-in-past" | "closed" | "outside-booking-window" | "too-short-notice" => no_day,
            "too-many-people" => too_many,
            "unknown-location" => Self::Field(("location", "desk-wrong-date-place")),
            "rate-limited" => Self::TooManyDates(member(refusal, "again_at")?.parse().ok()?),
            "invalid-request" => match member(refusal, "field")? {
                // The form sends a time of day in any case: the day is one that nobody can mean.
                "start" => no_day,
                "reference" => Self::Field(("reference", "desk-wrong-reference")),
                "people" => Self::Field(("people", "desk-wrong-people")),
                _ => return Self::of(refused),
            },
            _ => return Self::of(refused),
        })
    }

    /// The same of a date that is accepted for its person.
    pub(super) fn of_date_accepted(refused: &Refused) -> Option<Self> {
        let (Refused::Identity(error) | Refused::Authority(error)) = refused;
        let refusal = error.refusal()?;
        let not_theirs = Self::Field(("reference", "desk-date-not-theirs"));
        Some(match refusal.code.as_str() {
            "entitlement-not-found" => not_theirs,
            "entitlement-taken" => Self::Field(("reference", "desk-date-taken")),
            "date-over" | "date-not-found" => Self::DateOver,
            "invalid-request" if member(refusal, "field") == Some("reference") => not_theirs,
            _ => return Self::of(refused),
        })
    }

    /// The same of a date that is taken back.
    pub(super) fn of_date_back(refused: &Refused) -> Option<Self> {
        let (Refused::Identity(error) | Refused::Authority(error)) = refused;
        let refusal = error.refusal()?;
        let other_application = Self::Field(("reference", "desk-wrong-date-reference"));
        Some(match refusal.code.as_str() {
            "entitlement-not-found" => other_application,
            "date-over" | "date-not-found" => Self::DateOver,
            "invalid-request" if member(refusal, "field") == Some("reference") => other_application,
            _ => return Self::of(refused),
        })
    }

    /// Title and body of what is said above the form. `button` is the text of the button that sends it.
    pub(super) fn words(
        &self,
        texts: Texts,
        button: &str,
    ) -> Option<(Cow<'static, str>, Cow<'static, str>)> {
        let pair = |title: &str, body: &str| (texts.text(title), texts.text(body));
        let in_case = |title: &str, body: &str, case: &str| {
            let values = [("case", case), ("button", &*texts.text(button))];
            (texts.text(title), texts.fill_all(body, &values))
        };
        Some(match self {
            Self::Field(_) => return None,
            Self::Unclear(case) => in_case("desk-unclear", "desk-unclear-body", case),
            Self::NewPerson(case) => in_case("desk-new-person", "desk-new-person-body", case),
            Self::Second(case) => in_case("desk-second", "desk-second-body", case),
            Self::SecondUntil(case, until) => {
                let (until, button) = (texts.time(*until), texts.text(button));
                let values = [("case", case.as_str()), ("time", &*until), ("button", &*button)];
                (texts.text("desk-second"), texts.fill_all("desk-book-second-body", &values))
            }
            Self::Holding(start, until) => {
                let (start, until) = (texts.moment(*start), texts.time(*until));
                let values = [("moment", &*start), ("time", &*until)];
                (texts.text("desk-holding"), texts.fill_all("desk-holding-body", &values))
            }
            Self::CaseState => pair("desk-case-state", "desk-case-state-body"),
            Self::Online => pair("desk-online", "desk-online-body"),
            Self::OtherPlace => pair("desk-other-place", "desk-other-place-body"),
            Self::OfferOver => pair("desk-offer-over", "desk-offer-over-body"),
            Self::NotWaiting => pair("desk-not-waiting", "desk-not-waiting-body"),
            Self::NoEntry => pair("desk-no-entry", "desk-no-entry-body"),
            Self::DrawNotOpen => pair("desk-draw-closed", "desk-draw-closed-body"),
            Self::NeedsAppointment => pair("desk-needs-appointment", "desk-needs-appointment-body"),
            Self::EnteredBefore => {
                let button = texts.text(button);
                let body = texts.fill("desk-entered-before-body", "button", button.as_ref());
                (texts.text("desk-entered-before"), body)
            }
            Self::OtherDraw => pair("desk-other-draw", "desk-other-draw-body"),
            Self::OtherList => pair("desk-other-list", "desk-other-list-body"),
            Self::Booked => pair("desk-booked", "desk-booked-body"),
            Self::NeedsApplication => pair("desk-needs-application", "desk-needs-application-body"),
            Self::OtherDate => pair("desk-other-date", "desk-other-date-body"),
            Self::DateOver => pair("desk-date-over", "desk-date-over-body"),
            Self::TooManyDates(again) => {
                let again = texts.moment(*again);
                (
                    texts.text("desk-many-dates"),
                    texts.fill("desk-many-dates-body", "time", again.as_ref()),
                )
            }
            Self::Rule(refusal) => (texts.text("desk-rule"), rule(texts, refusal)),
        })
    }
}

fn member<'r>(refusal: &'r Refusal, name: &str) -> Option<&'r str> {
    refusal.extensions.get(name).and_then(|value| value.as_str())
}

/// What the person would read of the rule.
fn rule(texts: Texts, refusal: &Refusal) -> Cow<'static, str> {
    let Some(values) = texts.arguments(refusal) else { return texts.text("desk-rule-unnamed") };
    let title = texts.fill_values(&format!("problem-{}", refusal.code), &values);
    texts.fill("desk-rule-body", "rule", title.as_ref())
}

/// The field of the page that a field of the API is.
fn wrong_field(field: &str) -> Option<Mistake> {
    Some(match field {
        "family_name" => ("family-name", "desk-wrong-name"),
        "given_names" => ("given-names", "desk-wrong-name"),
        "birth_name" => ("birth-name", "desk-wrong-name"),
        "place_of_birth" => ("place-of-birth", "desk-wrong-name"),
        "birth_date" => ("birth-date", "desk-wrong-birthdate"),
        "phone" => ("phone", "desk-wrong-phone"),
        "case" => ("case", "desk-wrong-case"),
        "wishes" | "people" => ("any", "desk-wrong-wishes"),
        other if other.ends_with("note") => ("note", "desk-wrong-note"),
        _ => return None,
    })
}
