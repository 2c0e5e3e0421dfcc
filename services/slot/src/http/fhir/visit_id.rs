//! Ids that say what they name.
//!
//! A free start is no row of a table: it follows from opening rules and bookings. So its id holds all
//! that makes it, and any process reads it: where, when, how long, and what for, the names as hashes. An
//! id of FHIR has up to 64 letters, digits, `-` and `.` (R4 section 2.24.0.1): just enough for base64.

use std::{fmt, str::FromStr};

use aws_lc_rs::digest::{SHA256, digest};
use base64::{
    Engine as _,
    alphabet::Alphabet,
    engine::{GeneralPurpose, general_purpose::NO_PAD},
};
use catalogue::Catalogue;
use ids::{LocationId, ServiceId};
use jiff::Timestamp;

/// More services would not fit into an id.
pub(super) const MOST_SERVICES: usize = 6;

const LOCATION: usize = 8;
const SERVICE: usize = 5;
/// Location, start in minutes since 1970, length in minutes.
const HEAD: usize = LOCATION + 4 + 2;
/// The digits of FHIR's ids.
const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";

/// A visit at a location, at a time: the id of a slot, and of an appointment that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VisitId(Vec<u8>);

/// What such an id names, by the catalogue of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedVisit {
    pub(super) location: LocationId,
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) services: Vec<ServiceId>,
}

/// The text is no id of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotAVisit;

impl VisitId {
    /// Of a visit that begins and ends at whole minutes, for at most [`MOST_SERVICES`].
    pub(super) fn new(
        location: &LocationId,
        start: Timestamp,
        end: Timestamp,
        services: &[ServiceId],
    ) -> Self {
        let minute = |at: Timestamp| at.as_second().div_euclid(60);
        let begins = u32::try_from(minute(start)).unwrap_or(u32::MAX);
        let lasts = u16::try_from(minute(end) - minute(start)).unwrap_or(u16::MAX);
        let mut bytes = hash(location.as_str(), LOCATION);
        bytes.extend(begins.to_be_bytes());
        bytes.extend(lasts.to_be_bytes());
        services.iter().for_each(|service| bytes.extend(hash(service.as_str(), SERVICE)));
        Self(bytes)
    }

    /// What it names; `None` if the authority has no such location or service.
    pub(super) fn named(&self, catalogue: &Catalogue) -> Option<NamedVisit> {
        let (head, services) = self.0.split_at_checked(HEAD)?;
        let (location, times) = head.split_at_checked(LOCATION)?;
        let [a, b, c, d, e, f] = *times else { return None };
        let start = i64::from(u32::from_be_bytes([a, b, c, d])) * 60;
        let end = start + i64::from(u16::from_be_bytes([e, f])) * 60;
        let service = |wanted: &[u8]| {
            let mut known = catalogue.services().map(|(id, _)| id);
            known.find(|id| hash(id.as_str(), SERVICE) == wanted).cloned()
        };
        let mut locations = catalogue.locations().map(|(id, _)| id);
        Some(NamedVisit {
            location: locations.find(|id| hash(id.as_str(), LOCATION) == location)?.clone(),
            start: Timestamp::from_second(start).ok()?,
            end: Timestamp::from_second(end).ok()?,
            services: services.chunks(SERVICE).map(service).collect::<Option<_>>()?,
        })
    }
}

fn hash(name: &str, length: usize) -> Vec<u8> {
    digest(&SHA256, name.as_bytes()).as_ref()[..length].to_vec()
}

fn digits() -> GeneralPurpose {
    let digits = Alphabet::new(DIGITS).expect("64 different digits");
    GeneralPurpose::new(&digits, NO_PAD)
}

impl fmt::Display for VisitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&digits().encode(&self.0))
    }
}

impl FromStr for VisitId {
    type Err = NotAVisit;

    fn from_str(text: &str) -> Result<Self, NotAVisit> {
        let bytes = digits().decode(text).map_err(|_| NotAVisit)?;
        let services = bytes.len().checked_sub(HEAD).ok_or(NotAVisit)?;
        let fits =
            services.is_multiple_of(SERVICE) && (1..=MOST_SERVICES).contains(&(services / SERVICE));
        fits.then_some(Self(bytes)).ok_or(NotAVisit)
    }
}

impl fmt::Display for NotAVisit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be an id of a slot as a search told it")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(services: usize) -> VisitId {
        let names: Vec<ServiceId> =
            (0..services).map(|n| format!("service-{n}").parse().unwrap()).collect();
        let start: Timestamp = "2027-01-05T08:00:00Z".parse().unwrap();
        let end = "2027-01-05T08:20:00Z".parse().unwrap();
        VisitId::new(&"mitte".parse().unwrap(), start, end, &names)
    }

    #[test]
    fn an_id_is_one_of_fhir_and_is_read_again() {
        for services in 1..=MOST_SERVICES {
            let text = id(services).to_string();
            let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
            assert!(text.len() <= 64 && text.bytes().all(is_allowed), "{text}");
            assert_eq!(text.parse(), Ok(id(services)));
        }
        let booking = "bkg-01jdc6nvt8e0pb9s3k1zqk6yzx";
        for wrong in ["", "small", booking, "_", &"A".repeat(64), &id(7).to_string()] {
            assert_eq!(wrong.parse::<VisitId>(), Err(NotAVisit), "{wrong}");
        }
    }
}
