//! What an authority offers: `/v1/authority`, `/v1/services`, `/v1/locations`.
//!
//! It changes rarely; callers keep it for minutes.

use std::collections::BTreeMap;

use ids::{AuthorityId, GroupId, LocationId, ServiceId};
use serde::{Deserialize, Serialize};
use vocabulary::TrustLevel;

use super::SlotApi;
use crate::{ClientError, http};

/// A name by language tag, for example `de`, `en`, `uk`.
///
/// German is there always. The tags are ours, so easy German is `de-easy`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub BTreeMap<String, String>);

impl Names {
    /// Whether there is no name at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name in `language`, else in its base language (`de-easy` -> `de`), else in German,
    /// else whatever there is.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        let base = language.split('-').next().unwrap_or(language);
        [language, base, "de"]
            .into_iter()
            .find_map(|tag| self.0.get(tag))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The language in which [`get`](Self::get) answers, if it is not the one asked for.
    #[must_use]
    pub fn other_language(&self, language: &str) -> Option<&str> {
        let base = language.split('-').next().unwrap_or(language);
        if self.0.contains_key(language) || self.0.contains_key(base) {
            return None;
        }
        if self.0.contains_key("de") {
            return Some("de");
        }
        self.0.keys().next().map(String::as_str)
    }
}

/// An authority.
///
/// What a page says about it before anything is chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Authority {
    /// Its id, which is also in the audience of its tokens.
    pub id: AuthorityId,
    /// Its name.
    pub name: Names,
    /// The tags of the languages that it lists. It tells people in these and in those that are shipped.
    #[serde(default)]
    pub languages: Vec<String>,
}

/// One matter that can be booked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// Its number in the Berlin catalogue.
    pub id: ServiceId,
    /// Its name.
    pub name: Names,
    /// Within this group a person holds at most one active booking.
    ///
    /// A second booking in it is refused (`already-booked`), or takes the place of the first
    /// (`replaces`).
    pub group: GroupId,
    /// Whether it can share a visit with other services.
    #[serde(default)]
    pub combinable: bool,
    /// How many people may come in one visit. Older services do not say so.
    #[serde(default)]
    pub max_people: Option<u16>,
    /// How many services may be done in one visit, if that is bounded.
    #[serde(default)]
    pub max_services: Option<u16>,
    /// What a person must log in with at least.
    ///
    /// For holding and booking. Services, days and times can be read without a log-in.
    #[serde(default)]
    pub trust_level: TrustLevel,
    /// When a slot that was given back can be booked again.
    #[serde(default)]
    pub release: Release,
    /// A sentence about it.
    #[serde(default)]
    pub description: Names,
    /// What must be so before a visit makes sense.
    #[serde(default)]
    pub prerequisites: Vec<Names>,
    /// What to bring.
    ///
    /// One document an entry, in the order of the catalogue.
    #[serde(default)]
    pub documents: Vec<Names>,
    /// Where the list of documents is from.
    #[serde(default)]
    pub documents_from: Option<Source>,
    /// Forms to fill in before the visit.
    #[serde(default)]
    pub forms: Vec<Form>,
    /// What it costs.
    ///
    /// A sentence and no number, since fees depend on age, urgency and the like.
    #[serde(default)]
    pub fee: Option<SourcedText>,
    /// How long it takes until a person has what they came for.
    #[serde(default)]
    pub duration: Option<SourcedText>,
    /// How it is done without a visit.
    #[serde(default)]
    pub online: Option<Online>,
    /// The authority's own page about it.
    #[serde(default)]
    pub link: Option<Source>,
    /// What people type who look for it, by language tag.
    #[serde(default)]
    pub keywords: BTreeMap<String, Vec<String>>,
    /// Its number in the Berlin catalogue.
    #[serde(default)]
    pub number: Option<String>,
    /// Its key in the federal catalogue (LeiKa).
    #[serde(default)]
    pub leika: Option<String>,
    /// Whether an application must be on file first.
    #[serde(default)]
    pub entitlement_required: bool,
    /// How its appointments are given away.
    #[serde(default)]
    pub allocation: Allocation,
    /// Whether people can wait for a seat that becomes free.
    #[serde(default)]
    pub waiting_list: bool,
    /// Whether persons with an appointment can win an earlier one in draws.
    #[serde(default)]
    pub earlier_by_draw: bool,
    /// For how many days nothing of the group can be booked after an appointment was missed.
    #[serde(default)]
    pub cool_down_days: Option<u16>,
    /// Giving an appointment up less than so many hours before its start is half a miss.
    #[serde(default)]
    pub late_cancellation_hours: Option<u16>,
    /// How much cancelling and moving is free.
    #[serde(default)]
    pub free_cancellations: Option<FreeCancellations>,
}

/// So many bookings of the authority can be cancelled or moved in so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeCancellations {
    /// How many.
    ///
    /// With one more, the person waits before they can book again.
    pub max: u16,
    /// In how many days of 24 hours.
    pub days: u16,
}

/// A page that says something, and when it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The page.
    pub url: String,
    /// A day, a month or a year: `2027-01-04`, `2027-01`, `2027`.
    pub as_of: String,
}

/// A sentence with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcedText {
    /// The sentence.
    pub text: Names,
    /// Who says so.
    ///
    /// A fact without a source is not in the catalogue.
    pub source: Source,
}

/// A form to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What it is called.
    pub name: Names,
    /// Where it is.
    pub url: String,
}

/// A way to do it without a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Online {
    /// Where it is done.
    pub url: String,
    /// Who says that this is possible.
    ///
    /// A fact without a source is not in the catalogue.
    pub source: Source,
}

/// How the appointments of a service are given away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allocation {
    /// First come, first served.
    #[default]
    Immediate,
    /// By draws only.
    Draw,
    /// By draws; what they leave over is first come, first served.
    DrawThenImmediate,
    /// The office gives a date to each application on file.
    Assign,
    /// In a way that this client does not know yet.
    #[serde(other)]
    Unknown,
}

impl Allocation {
    /// Whether there are draws to enter.
    #[must_use]
    pub const fn is_drawn(self) -> bool {
        matches!(self, Self::Draw | Self::DrawThenImmediate)
    }
}

/// A slot that was given back reappears at a random moment of this window, so that it
/// cannot be passed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Minutes at least, from the moment when it was given back.
    pub min_minutes: u32,
    /// Minutes at most; 0 means at once.
    pub max_minutes: u32,
}

/// A group of services.
///
/// Pages put its services below one heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: Names,
}

/// All services, and the groups that order them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Services {
    /// In the order in which the authority lists them.
    pub services: Vec<Service>,
    /// The groups, if they have names.
    #[serde(default)]
    pub groups: Vec<Group>,
}

/// Where a location is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Five digits.
    ///
    /// A text, since some begin with a zero.
    pub postal_code: String,
    /// The city.
    pub city: String,
}

/// A point on the map, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Latitude, north positive.
    pub lat: f64,
    /// Longitude, east positive.
    pub lon: f64,
}

/// A place with desks.
///
/// A service is done at some of an authority's locations only ([`services`](Self::services)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Its number in the Berlin catalogue.
    pub id: LocationId,
    /// Its name.
    pub name: Names,
    /// Where it is.
    #[serde(default)]
    pub address: Address,
    /// How to find it or get in.
    #[serde(default)]
    pub hint: Names,
    /// How it can be reached without barriers.
    #[serde(default)]
    pub access: Names,
    /// On the map.
    ///
    /// For the distance from a postcode. `None` if the authority states none.
    #[serde(default)]
    pub position: Option<Position>,
    /// What everybody can book there.
    #[serde(default)]
    pub services: Vec<ServiceId>,
    /// What only staff can book there for a person.
    #[serde(default)]
    pub staff_services: Vec<ServiceId>,
    /// How many people may come in one visit there, for services of which it may be fewer there.
    #[serde(default)]
    pub max_people: BTreeMap<ServiceId, u16>,
}

/// The answer's body.
#[derive(Deserialize)]
struct Locations {
    locations: Vec<Location>,
}

impl SlotApi {
    /// The authority behind this API.
    ///
    /// # Errors
    /// An outage.
    pub async fn authority(&self) -> Result<Authority, ClientError> {
        http::json(self.get(&["authority"])).await
    }

    /// What can be booked.
    ///
    /// # Errors
    /// An outage.
    pub async fn services(&self) -> Result<Services, ClientError> {
        http::json(self.get(&["services"])).await
    }

    /// Where.
    ///
    /// # Errors
    /// An outage.
    pub async fn locations(&self) -> Result<Vec<Location>, ClientError> {
        http::json::<Locations>(self.get(&["locations"])).await.map(|answer| answer.locations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_falls_back_to_german() {
        let names =
            Names([("de", "Pass"), ("en", "Passport")].map(|(k, v)| (k.into(), v.into())).into());
        let cases =
            [("en", "Passport", None), ("de-easy", "Pass", None), ("tr", "Pass", Some("de"))];
        for (language, name, other) in cases {
            assert_eq!((names.get(language), names.other_language(language)), (name, other));
        }
        assert_eq!(Names::default().get("de"), "");
    }
}
