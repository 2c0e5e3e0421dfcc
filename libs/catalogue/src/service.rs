//! What people come for.
//!
//! A service is the authority's, not a location's: locations state which of them they do, and
//! may take longer for them. Its booking rules are those of `booking::rules`, each a field of
//! `rules`.

use std::borrow::Cow;

use booking::{
    TrustLevel,
    rules::{RuleSettings, declined_seats},
};
use ids::{GroupId, ServiceId};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{
    Assignment, DrawSchedule, Entrants, Form, Keywords, Online, Source, Stated, Texts, WaitingList,
    declined_limit,
};

/// One service (ZMS: *request*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Service {
    /// Its number in the Berlin service catalogue. Quote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[0-9]+$"), example = "120686")]
    pub number: Option<String>,
    /// Its key in the federal service catalogue (LeiKa), 14 digits. Quote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[0-9]{14}$"), example = "99115005104000")]
    pub leika: Option<String>,
    /// Its name.
    pub name: Texts,
    /// A sentence that helps people to see whether it is what they need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Texts>,
    /// What must be so before a visit makes sense, one entry per condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<Texts>,
    /// What to bring, one entry per document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Texts>,
    /// Where the list of documents is from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents_from: Option<Source>,
    /// Forms to fill in before the visit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Form>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Stated>,
    /// How long it takes until people have what they came for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<Stated>,
    /// How it is done without a visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online: Option<Online>,
    /// The authority's own page about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Source>,
    /// What people type who look for it.
    #[serde(default, skip_serializing_if = "Keywords::is_empty")]
    pub keywords: Keywords,
    /// What it was called before, if its id has changed: its bookings go with it. Several, if
    /// several services became this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<ServiceId>,
    /// The group it belongs to: one person has at most one active booking in a group.
    pub group: GroupId,
    /// The group it belonged to before: its bookings move to the new group with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former_group: Option<GroupId>,
    /// How many slots in a row it takes at one desk (ZMS: `timeSlotCount`). A location may differ.
    #[serde(default = "one_slot")]
    #[schemars(range(min = 1, max = 48))]
    pub slots: u16,
    /// How many slots each further person in the same visit adds. Default: as many as the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 48))]
    pub slots_per_further_person: Option<u16>,
    /// Whether it can be done in one visit with other combinable services; durations add up.
    #[serde(default)]
    pub combinable: bool,
    /// What must be true of a booking.
    #[serde(default)]
    pub rules: RuleSettings,
    /// What happens to a cancelled slot.
    #[serde(default)]
    pub release: Release,
    /// How slots are allocated: `immediate` is first come, first served; `draw` is by lottery;
    /// `draw-then-immediate` leaves what the lottery leaves over to everybody; with `assign` the office
    /// gives a date to each application on file.
    #[serde(default)]
    pub allocation: Allocation,
    /// How long people can answer to the date that they are given, if the office gives dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assign: Option<Assignment>,
    /// When its draws are, if it is allocated by draws, or if persons with an appointment can win an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<DrawSchedule>,
    /// Seats that become free are first offered to people who wait for them. `{}` is a waiting list
    /// with every number as usual; without it there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_list: Option<WaitingList>,
    /// When to remind people, in hours before the visit. Default: two days before.
    #[serde(default = "default_reminders")]
    #[schemars(inner(range(min = 1, max = 720)))]
    pub remind_hours_before: Vec<u32>,
}

/// serde asks for a function.
const fn one_slot() -> u16 {
    1
}

/// Hours. Two days ahead leave time to cancel, and for somebody else to take the seat.
fn default_reminders() -> Vec<u32> {
    vec![48]
}

impl Service {
    /// Until when the public cannot book a seat of `date`, because it is drawn or given by the office;
    /// `None` if it can be booked. [`Timestamp::MAX`] if it is never booked otherwise.
    #[must_use]
    pub fn not_public_until(&self, date: Date, zone: &TimeZone) -> Option<Timestamp> {
        match (self.allocation, &self.draw) {
            (Allocation::Assign, _) | (Allocation::Draw, Some(_)) => Some(Timestamp::MAX),
            (Allocation::DrawThenImmediate, Some(schedule)) => {
                Some(schedule.of_week(date, zone).closes)
            }
            (Allocation::Immediate | Allocation::Draw | Allocation::DrawThenImmediate, _) => None,
        }
    }

    /// Whether its draws are for persons who have an appointment and want an earlier one.
    #[must_use]
    pub fn is_earlier_by_draw(&self) -> bool {
        let draws = self.draw.as_ref();
        draws.is_some_and(|draws| draws.entrants == Entrants::WithAppointment)
    }

    /// How many drawn seats a person can leave, and in how many days, before they wait for the next draw.
    /// `None`: it costs nothing.
    #[must_use]
    pub fn declined_seats(&self) -> Option<declined_seats::Settings> {
        let confirms = self.draw.as_ref().is_some_and(|draws| draws.confirm_within.is_some());
        let entrants = self.draw.as_ref().map(|draws| draws.entrants).unwrap_or_default();
        declined_limit(&self.rules, confirms, self.allocation.is_by_draw_alone(entrants))
    }

    /// The rules of an entry in its draws: who must confirm and leaves seats again and again waits, also if
    /// the catalogue does not say so.
    #[must_use]
    pub fn rules_of_entry(&self) -> Cow<'_, RuleSettings> {
        match self.declined_seats() {
            Some(rule) if self.rules.declined_seats.is_none() => {
                Cow::Owned(RuleSettings { declined_seats: Some(rule), ..self.rules.clone() })
            }
            Some(_) | None => Cow::Borrowed(&self.rules),
        }
    }

    /// How sure a log-in must be to book it.
    ///
    /// The lowest level, `basic`, if the service states no rule about it.
    #[must_use]
    pub fn trust_level(&self) -> TrustLevel {
        self.rules.trust_level.as_ref().map(|rule| rule.at_least).unwrap_or_default()
    }

    /// Whether a person needs an entitlement to book it.
    ///
    /// For what is shown before a log-in and for the look-up; the rule `entitlement` decides.
    #[must_use]
    pub const fn requires_entitlement(&self) -> bool {
        self.rules.entitlement.is_some()
    }
}

/// A cancelled slot can be booked again at a random moment, so that it cannot be passed on by
/// cancelling at an agreed second (ZMS: `deallocationDuration`, which is fixed and so predictable).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Release {
    /// At the earliest this many minutes after the cancellation.
    #[schemars(range(max = 10_080))]
    pub min_minutes: u32,
    /// At the latest this many minutes after it. A window shorter than the slot service's `returning.least_seconds` (a
    /// minute) counts as that long; with less than ten minutes two people can wait for the moment together.
    #[schemars(range(max = 10_080))]
    pub max_minutes: u32,
}

/// Ten minutes to four hours: long enough that two people cannot wait for the moment together.
impl Default for Release {
    fn default() -> Self {
        Self { min_minutes: 10, max_minutes: 240 }
    }
}

/// How slots are allocated.
///
/// Draws are described in `libs/draw`; until a service can state them, they are refused by
/// name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allocation {
    /// First come, first served, with a verified identity.
    #[default]
    Immediate,
    /// By draws only. What they leave over, and what is given back, the desk gives away.
    Draw,
    /// By draws; what they leave over can be booked by everybody.
    DrawThenImmediate,
    /// The office gives a date to each application on file. The public chooses no times.
    Assign,
}

impl Allocation {
    /// Whether draws are the only way in which a person without an appointment can count on one online: nothing that
    /// they leave over can be booked, and no office gives it. (A waiting list beside them has what others give back,
    /// if they do.) Draws for persons who have an appointment are never that.
    #[must_use]
    pub const fn is_by_draw_alone(self, entrants: Entrants) -> bool {
        matches!((self, entrants), (Self::Draw, Entrants::Everybody))
    }
}

/// By hand, so that a planned mode has an error of its own, which is no slip of the admin.
impl<'de> Deserialize<'de> for Allocation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Cow::<'de, str>::deserialize(deserializer)?.as_ref() {
            "immediate" => Ok(Self::Immediate),
            "draw" => Ok(Self::Draw),
            "draw-then-immediate" => Ok(Self::DrawThenImmediate),
            "assign" => Ok(Self::Assign),
            other => Err(D::Error::custom(format!(
                "unknown mode `{other}`; use `immediate`, `draw`, `draw-then-immediate` or `assign`"
            ))),
        }
    }
}

impl JsonSchema for Allocation {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Allocation".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": ["immediate", "draw", "draw-then-immediate", "assign"] })
    }
}
