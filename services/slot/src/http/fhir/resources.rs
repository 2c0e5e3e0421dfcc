//! Our words in FHIR's (R4: `Schedule`, `Slot`, `Appointment`, `Bundle`).

use aws_lc_rs::digest::{SHA256, digest};
use booking::state::BookingStatus;
use catalogue::{Catalogue, Location};
use ids::{LocationId, ServiceId};
use serde::Serialize;
use utoipa::ToSchema;
use vocabulary::Language;

use crate::{availability::FreeSlot, domain::Booking, http::local_time::LocalTime};

/// What a search found.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirBundle)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bundle {
    /// `Bundle`
    resource_type: &'static str,
    /// `searchset`
    r#type: &'static str,
    total: usize,
    /// Left out if nothing was found: FHIR knows no empty lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entry: Vec<Entry>,
}

/// One of them.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirEntry)]
#[serde(rename_all = "camelCase")]
struct Entry {
    full_url: String,
    resource: Resource,
}

/// A resource of one of the kinds that are here.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirResource)]
#[serde(untagged)]
pub(super) enum Resource {
    Schedule(Schedule),
    Slot(Slot),
    Appointment(Appointment),
}

/// What a location offers.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirSchedule)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schedule {
    /// `Schedule`
    resource_type: &'static str,
    /// The location's.
    id: String,
    active: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    service_type: Vec<Concept>,
    actor: [Reference; 1],
}

/// A start at which a visit can begin.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirSlot)]
#[serde(rename_all = "camelCase")]
pub(super) struct Slot {
    /// `Slot`
    resource_type: &'static str,
    /// The same for the same visit at the same time.
    id: String,
    service_type: Vec<Concept>,
    schedule: Reference,
    /// `free`
    status: &'static str,
    #[schema(value_type = String, format = DateTime)]
    start: LocalTime,
    #[schema(value_type = String, format = DateTime)]
    end: LocalTime,
}

/// A booking.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirAppointment)]
#[serde(rename_all = "camelCase")]
pub(super) struct Appointment {
    /// `Appointment`
    resource_type: &'static str,
    id: String,
    /// The code that is said at the desk.
    identifier: [Identifier; 1],
    /// `booked`, `arrived`, `checked-in`, `fulfilled`, `noshow` or `cancelled`.
    status: &'static str,
    service_type: Vec<Concept>,
    start: LocalTime,
    end: LocalTime,
    created: LocalTime,
    participant: [Participant; 1],
}

/// The participant: the location. The person is the caller.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirParticipant)]
struct Participant {
    actor: Reference,
    /// `accepted`
    status: &'static str,
}

/// One service.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirCodeableConcept)]
struct Concept {
    coding: [Coding; 1],
}

/// Its code at the authority.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirCoding)]
struct Coding {
    system: String,
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<String>,
}

/// Another thing, by its address here or by what the authority calls it.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirReference)]
struct Reference {
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<Identifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<String>,
}

/// What the authority calls it.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirIdentifier)]
struct Identifier {
    system: String,
    value: String,
}

impl Bundle {
    pub(super) fn searchset(base: &str, found: Vec<Resource>) -> Self {
        let entry = |resource: Resource| {
            let (kind, id) = resource.address();
            Entry { full_url: format!("{base}/{kind}/{id}"), resource }
        };
        Self {
            resource_type: "Bundle",
            r#type: "searchset",
            total: found.len(),
            entry: found.into_iter().map(entry).collect(),
        }
    }
}

impl Resource {
    pub(super) fn schedule(catalogue: &Catalogue, id: &LocationId, location: &Location) -> Self {
        Self::Schedule(Schedule {
            resource_type: "Schedule",
            id: id.to_string(),
            active: true,
            service_type: concepts(catalogue, location.services.keys()),
            actor: [place(catalogue, id)],
        })
    }

    pub(super) fn slot(catalogue: &Catalogue, services: &[ServiceId], free: &FreeSlot) -> Self {
        let names: Vec<_> = services.iter().map(ServiceId::as_str).collect();
        let (start, end) = (free.start, free.end);
        let visit = format!("{} {start} {end} {}", free.location, names.join(" "));
        let hash = digest(&SHA256, visit.as_bytes());
        Self::Slot(Slot {
            resource_type: "Slot",
            // A location's id and a time may be longer than the 64 characters of an id.
            id: hash.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect(),
            service_type: concepts(catalogue, services),
            schedule: Reference {
                reference: Some(format!("Schedule/{}", free.location)),
                identifier: None,
                display: None,
            },
            status: "free",
            start: LocalTime(start),
            end: LocalTime(end),
        })
    }

    pub(super) fn appointment(catalogue: &Catalogue, booking: &Booking) -> Self {
        Self::Appointment(Appointment {
            resource_type: "Appointment",
            id: fhir_id(&booking.id.to_string()),
            identifier: [Identifier {
                system: system(catalogue, "booking-code"),
                value: booking.code.to_string(),
            }],
            status: status(booking.status),
            service_type: concepts(catalogue, &booking.services),
            start: LocalTime(booking.seat.start),
            end: LocalTime(booking.seat.end),
            created: LocalTime(booking.created_at),
            participant: [Participant {
                actor: place(catalogue, &booking.seat.location),
                status: "accepted",
            }],
        })
    }

    /// Its kind and its id.
    fn address(&self) -> (&'static str, &str) {
        match self {
            Self::Schedule(it) => (it.resource_type, &it.id),
            Self::Slot(it) => (it.resource_type, &it.id),
            Self::Appointment(it) => (it.resource_type, &it.id),
        }
    }
}

/// How FHIR calls it (value set `appointmentstatus`).
const fn status(status: BookingStatus) -> &'static str {
    match status {
        BookingStatus::Confirmed => "booked",
        BookingStatus::CheckedIn => "arrived",
        BookingStatus::Called | BookingStatus::Parked => "checked-in",
        BookingStatus::Served => "fulfilled",
        BookingStatus::Missed => "noshow",
        BookingStatus::Cancelled | BookingStatus::Rebooked => "cancelled",
    }
}

/// An id may have letters, digits, `-` and `.` (type `id`); ours have a `_` after the prefix.
fn fhir_id(id: &str) -> String {
    id.replace('_', "-")
}

fn concepts<'a>(
    catalogue: &Catalogue,
    services: impl IntoIterator<Item = &'a ServiceId>,
) -> Vec<Concept> {
    let concept = |id: &ServiceId| Concept {
        coding: [Coding {
            system: system(catalogue, "service"),
            code: id.to_string(),
            display: catalogue.service(id).map(|it| it.name.get(Language::German).to_owned()),
        }],
    };
    services.into_iter().map(concept).collect()
}

fn place(catalogue: &Catalogue, id: &LocationId) -> Reference {
    Reference {
        reference: None,
        identifier: Some(Identifier {
            system: system(catalogue, "location"),
            value: id.to_string(),
        }),
        display: catalogue.location(id).map(|it| it.name.get(Language::German).to_owned()),
    }
}

/// The namespace of one kind of name at the authority.
fn system(catalogue: &Catalogue, kind: &str) -> String {
    format!("{}:{kind}", vocabulary::urn_of(&catalogue.authority.id))
}
