//! The authority itself and its groups of services.
//!
//! The doc comments of these structs become the schema and the table of values that admins read
//! (`charts/fairtermin/VALUES.md`). They are written for admins; reasons for programmers stand
//! elsewhere. This holds for each struct of the catalogue.

use ids::{AuthorityId, GroupId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::Language;

use crate::Texts;

/// One authority (ZMS: *organisation*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Authority {
    /// Its id, also the audience of its access tokens. Never change it.
    pub id: AuthorityId,
    /// Its name.
    pub name: Texts,
    /// The languages that the names of its services are written in. `check` finds the gaps.
    #[serde(default = "default_languages")]
    pub languages: Vec<Language>,
    /// How people reach it if the internet does not help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// How long a slot is kept while a person decides, in minutes (ZMS: `reservationDuration`).
    #[serde(default = "default_hold_minutes")]
    #[schemars(range(min = 1, max = 60))]
    pub hold_minutes: u16,
    /// What a member of staff may do on a local day without a colleague. Above each number a second
    /// member of staff approves.
    #[serde(default)]
    pub alone_per_day: AlonePerDay,
}

impl Authority {
    /// The languages in which people can be told: those that are shipped, and those that it lists.
    pub fn tells_in(&self) -> impl Iterator<Item = Language> {
        let listed = self.languages.iter().filter(|it| !Language::SHIPPED.contains(it));
        Language::SHIPPED.iter().chain(listed).copied()
    }
}

/// What a member of staff may do on a local day without a colleague. Above each number a second member of
/// staff approves; 0 means that each case needs two. The sum of the first three bounds what one dishonest
/// clerk can sell in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct AlonePerDay {
    /// Bookings, entries of draws and places in waiting lists for persons with their own online ID at the
    /// desk.
    #[schemars(range(min = 0, max = 1000))]
    pub with_card: u16,
    /// The same for persons whose document was seen by this member of staff alone.
    #[schemars(range(min = 0, max = 1000))]
    pub vouched: u16,
    /// Bookings for callers, whose document is compared at the visit, seats of draws and waiting lists accepted by
    /// phone, and drawn seats declined by phone.
    #[schemars(range(min = 0, max = 1000))]
    pub by_phone: u16,
    /// Persons whose limits are lifted.
    #[schemars(range(min = 0, max = 1000))]
    pub lifted_limits: u16,
    /// Numbers of the waiting room that are called before earlier ones.
    #[schemars(range(min = 0, max = 1000))]
    pub queue_jumps: u16,
}

impl Default for AlonePerDay {
    fn default() -> Self {
        Self { with_card: 60, vouched: 20, by_phone: 20, lifted_limits: 10, queue_jumps: 10 }
    }
}

/// German, which is required, and English.
fn default_languages() -> Vec<Language> {
    vec![Language::German, Language::English]
}

/// Minutes. Long enough to log in and to read, short enough that an abandoned seat is not lost
/// to others.
const fn default_hold_minutes() -> u16 {
    10
}

/// How people reach an authority.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Contact {
    /// A telephone number, as people dial it. Quote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// An e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A web page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(url)]
    pub web: Option<String>,
}

/// A group of services. One person holds at most one active booking in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Group {
    /// Its name.
    pub name: Texts,
    /// What it was called before, if its id has changed: its bookings go with it. Several, if
    /// several groups became this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<GroupId>,
}
