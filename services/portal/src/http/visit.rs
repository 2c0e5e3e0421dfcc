//! The words for a visit: what for, where, when.

use std::borrow::Cow;

use client::{Address, Location, Position, TrustLevel};
use ids::{LocationId, ServiceId};
use jiff::Timestamp;
use url::form_urlencoded::Serializer;

use crate::{
    directory::Offer,
    text::{Texts, local},
};

/// A name, and its language if that is not the page's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) lang: Option<String>,
}

impl Name {
    pub(crate) fn of(names: &client::Names, texts: Texts) -> Self {
        let tag = texts.language().tag();
        Self { text: names.get(tag).to_owned(), lang: names.other_language(tag).map(str::to_owned) }
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// The place of a visit as a page shows it.
#[derive(Debug, Clone)]
pub(crate) struct LocationSummary {
    pub(crate) id: LocationId,
    pub(crate) name: Name,
    pub(crate) address: String,
    /// How to find it or get in.
    pub(crate) hint: Option<Name>,
    /// How it can be reached without barriers.
    pub(crate) access: Option<Name>,
    /// Its page at OpenStreetMap, if it is known where it is.
    pub(crate) map: Option<String>,
    /// How far it is from the person's postcode.
    pub(crate) distance: Option<Cow<'static, str>>,
    /// How many people can come together, if that is fewer than elsewhere.
    pub(crate) people: Option<Cow<'static, str>>,
}

impl LocationSummary {
    pub(crate) fn of(location: &Location, texts: Texts) -> Self {
        let address = &location.address;
        let town = format!("{} {}", address.postal_code, address.city);
        let parts = [address.street.trim(), town.trim()];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Self {
            id: location.id.clone(),
            name: Name::of(&location.name, texts),
            // As it is written on a letter in Germany, in every language.
            address: parts.join(", "),
            hint: (!location.hint.is_empty()).then(|| Name::of(&location.hint, texts)),
            access: (!location.access.is_empty()).then(|| Name::of(&location.access, texts)),
            map: map(location),
            distance: None,
            people: None,
        }
    }

    /// The same place, so many kilometres away.
    pub(crate) fn at_distance(self, kilometres: Option<f64>, texts: Texts) -> Self {
        let distance = kilometres.map(|kilometres| {
            // The middle of a postcode is no more exact.
            let whole = format!("{:.0}", kilometres.max(1.0));
            texts.fill("place-distance", "km", whole)
        });
        Self { distance, ..self }
    }

    /// The same place, to which at most so many people can come together.
    pub(crate) fn for_at_most(self, people: Option<u16>, texts: Texts) -> Self {
        Self { people: people.map(|most| texts.fill("place-people", "max", most)), ..self }
    }

    /// The place called `id`, whether the offer still lists it or not.
    pub(crate) fn find(offer: &Offer, id: &LocationId, texts: Texts) -> Self {
        let known = offer.location(id);
        known.map_or_else(|| Self::unknown(id), |known| Self::of(known, texts))
    }

    /// A place that the offer no longer lists: an old appointment keeps its number.
    fn unknown(id: &LocationId) -> Self {
        let name = Name { text: id.to_string(), lang: None };
        let address = String::new();
        let id = id.clone();
        let (hint, access, map, distance, people) = (None, None, None, None, None);
        Self { id, name, address, hint, access, map, distance, people }
    }
}

/// The position on the map if the authority states it, else a search for the address.
fn map(location: &Location) -> Option<String> {
    if let Some(Position { lat, lon }) = location.position {
        return Some(format!(
            "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"
        ));
    }
    let Address { street, postal_code, city } = &location.address;
    let query = format!("{street}, {postal_code} {city}");
    let query = Serializer::new(String::new()).append_pair("query", &query).finish();
    (!street.trim().is_empty()).then(|| format!("https://www.openstreetmap.org/search?{query}"))
}

/// A visit in words.
#[derive(Debug, Clone)]
pub(crate) struct Summary {
    /// What to bring, for all services together.
    pub(crate) documents: Vec<Name>,
    pub(crate) authority: Name,
    pub(crate) services: Vec<Name>,
    pub(crate) place: LocationSummary,
    pub(crate) date: Cow<'static, str>,
    pub(crate) time: Cow<'static, str>,
}

impl Summary {
    pub(crate) fn new(
        texts: Texts,
        offer: &Offer,
        services: &[ServiceId],
        place: &LocationId,
        (start, end): (Timestamp, Timestamp),
    ) -> Self {
        Self {
            documents: documents(texts, offer, services),
            authority: Name::of(&offer.name, texts),
            services: service_names(texts, offer, services),
            place: LocationSummary::find(offer, place, texts),
            date: texts.date(local(start).date()),
            time: texts.span(start, end),
        }
    }
}

/// The names of services; one that the offer no longer lists keeps its number.
pub(crate) fn service_names(texts: Texts, offer: &Offer, services: &[ServiceId]) -> Vec<Name> {
    let name = |id: &ServiceId| match offer.service(id) {
        Some(service) => Name::of(&service.name, texts),
        None => Name { text: id.to_string(), lang: None },
    };
    services.iter().map(name).collect()
}

fn documents(texts: Texts, offer: &Offer, services: &[ServiceId]) -> Vec<Name> {
    let mut all = Vec::new();
    for names in services.iter().filter_map(|id| offer.service(id)).flat_map(|s| &s.documents) {
        let name = Name::of(names, texts);
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// How many come together, if more than one.
pub(crate) fn people(texts: Texts, count: u16) -> Option<Cow<'static, str>> {
    (count > 1).then(|| texts.fill("visit-people", "count", count))
}

/// The level that a visit needs: the highest of its services.
pub(crate) fn needed_level(offer: &Offer, services: &[ServiceId]) -> TrustLevel {
    let known = services.iter().filter_map(|id| offer.service(id));
    known.map(|service| service.trust_level).max().unwrap_or_default()
}

/// The sentence that says what proves this level.
pub(crate) fn level_key(needed: TrustLevel) -> &'static str {
    match needed {
        TrustLevel::Basic => "choice-level-basic",
        TrustLevel::Substantial => "choice-level-substantial",
        TrustLevel::High => "choice-level-high",
    }
}

/// The few words that name the ways of this level.
pub(crate) const fn ways_key(needed: TrustLevel) -> &'static str {
    match needed {
        TrustLevel::Basic => "login-level-basic",
        TrustLevel::Substantial => "login-level-substantial",
        TrustLevel::High => "login-level-high",
    }
}
