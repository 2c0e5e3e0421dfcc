//! Our words in FHIR's (R4: `Schedule`, `Slot`, `Appointment`, `Bundle`).

use booking::state::BookingStatus;
use catalogue::{Catalogue, Location};
use ids::{LocationId, ServiceId};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vocabulary::Language;

use super::{
    outcome::OperationOutcome,
    visit_id::{MOST_SERVICES, NamedVisit, VisitId},
};
use crate::{app::hold_slot::Held, domain::Booking, http::local_time::LocalTime};

/// A resource of one of the kinds that are here.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirResource)]
#[serde(untagged)]
pub(super) enum Resource {
    Schedule(Schedule),
    Slot(Slot),
    Appointment(Box<Appointment>),
    Outcome(OperationOutcome),
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
    /// Says where, when and what for: the same for the same visit at the same time.
    id: String,
    service_type: Vec<Concept>,
    schedule: Reference,
    /// `free`; read by its id perhaps `busy`.
    status: &'static str,
    #[schema(value_type = String, format = DateTime)]
    start: LocalTime,
    #[schema(value_type = String, format = DateTime)]
    end: LocalTime,
}

/// A booking, a hold (`pending`) or a visit that could be (`proposed`).
#[derive(Serialize, ToSchema)]
#[schema(as = FhirAppointment)]
#[serde(rename_all = "camelCase")]
pub(super) struct Appointment {
    /// `Appointment`
    resource_type: &'static str,
    id: String,
    /// The code that is said at the desk; before there is one, what is held or proposed.
    identifier: [Identifier; 1],
    /// `proposed`, `pending`, `booked`, `arrived`, `checked-in`, `fulfilled`, `noshow` or `cancelled`.
    status: &'static str,
    service_type: Vec<Concept>,
    start: LocalTime,
    end: LocalTime,
    /// The time that it takes, while it does: read it, or name another one to move it.
    #[serde(skip_serializing_if = "Option::is_none")]
    slot: Option<[Reference; 1]>,
    /// When it was booked, held or proposed.
    created: LocalTime,
    participant: [Participant; 1],
    /// The same time, which IHE's profile asks for.
    requested_period: [Period; 1],
}

/// From then until then.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirPeriod)]
struct Period {
    start: LocalTime,
    end: LocalTime,
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
#[derive(Default, Serialize, ToSchema)]
#[schema(as = FhirReference)]
struct Reference {
    /// `Location`
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'static str>,
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

impl Resource {
    pub(super) fn schedule(catalogue: &Catalogue, id: &LocationId, location: &Location) -> Self {
        Self::Schedule(Schedule {
            resource_type: "Schedule",
            id: id.to_string(),
            active: true,
            service_type: concepts(catalogue, location.public_services()),
            actor: [place(catalogue, id)],
        })
    }

    pub(super) fn slot(catalogue: &Catalogue, visit: &NamedVisit, status: &'static str) -> Self {
        Self::Slot(Slot {
            resource_type: "Slot",
            id: id_of(visit),
            service_type: concepts(catalogue, &visit.services),
            schedule: Reference {
                reference: Some(format!("Schedule/{}", visit.location)),
                ..Reference::default()
            },
            status,
            start: LocalTime(visit.start),
            end: LocalTime(visit.end),
        })
    }

    /// A visit that could be held, as it is seen now.
    pub(super) fn proposed(catalogue: &Catalogue, visit: &NamedVisit, now: Timestamp) -> Self {
        Self::Appointment(Box::new(appointment(catalogue, id_of(visit), "proposed", visit, now)))
    }

    pub(super) fn held(catalogue: &Catalogue, held: &Held) -> Self {
        let Held { hold, details, .. } = held;
        let visit = NamedVisit {
            location: hold.seat.location.clone(),
            start: hold.seat.start,
            end: hold.seat.end,
            services: details.services.clone(),
        };
        let id = fhir_id(&hold.id.to_string());
        Self::Appointment(Box::new(appointment(catalogue, id, "pending", &visit, hold.held_at)))
    }

    pub(super) fn appointment(catalogue: &Catalogue, booking: &Booking) -> Self {
        let visit = NamedVisit {
            location: booking.seat.location.clone(),
            start: booking.seat.start,
            end: booking.seat.end,
            services: booking.services.clone(),
        };
        let id = fhir_id(&booking.id.to_string());
        let code = Identifier {
            system: system(catalogue, "booking-code"),
            value: booking.code.to_string(),
        };
        let slot = slot_of(&visit).filter(|_| booking.status.keeps_seat());
        Self::Appointment(Box::new(Appointment {
            identifier: [code],
            slot,
            ..appointment(catalogue, id, status(booking.status), &visit, booking.created_at)
        }))
    }

    /// The same, given up.
    pub(super) fn cancelled(self) -> Self {
        match self {
            Self::Appointment(it) => {
                Self::Appointment(Box::new(Appointment { status: "cancelled", slot: None, ..*it }))
            }
            Self::Schedule(_) | Self::Slot(_) | Self::Outcome(_) => self,
        }
    }

    /// Its kind and its id, if it has one.
    pub(super) fn address(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Schedule(it) => Some((it.resource_type, &it.id)),
            Self::Slot(it) => Some((it.resource_type, &it.id)),
            Self::Appointment(it) => Some((it.resource_type, &it.id)),
            Self::Outcome(_) => None,
        }
    }
}

fn appointment(
    catalogue: &Catalogue,
    id: String,
    status: &'static str,
    visit: &NamedVisit,
    created: Timestamp,
) -> Appointment {
    let (start, end) = (LocalTime(visit.start), LocalTime(visit.end));
    Appointment {
        resource_type: "Appointment",
        identifier: [Identifier { system: system(catalogue, "visit"), value: id.clone() }],
        id,
        status,
        service_type: concepts(catalogue, &visit.services),
        start,
        end,
        slot: slot_of(visit),
        created: LocalTime(created),
        participant: [Participant { actor: place(catalogue, &visit.location), status: "accepted" }],
        requested_period: [Period { start, end }],
    }
}

/// `None` if so many services are done that no id holds them.
fn slot_of(visit: &NamedVisit) -> Option<[Reference; 1]> {
    let reference = Some(format!("Slot/{}", id_of(visit)));
    let reference = Reference { reference, ..Reference::default() };
    (visit.services.len() <= MOST_SERVICES).then_some([reference])
}

fn id_of(visit: &NamedVisit) -> String {
    VisitId::new(&visit.location, visit.start, visit.end, &visit.services).to_string()
}

/// How FHIR calls it (value set `appointmentstatus`).
pub(super) const fn status(status: BookingStatus) -> &'static str {
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
pub(super) fn fhir_id(id: &str) -> String {
    id.replace('_', "-")
}

/// The id of ours that FHIR's stands for; what it is not stays as it is.
pub(super) fn own_id(id: &str) -> String {
    id.replacen('-', "_", 1)
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
        r#type: Some("Location"),
        reference: None,
        identifier: Some(Identifier {
            system: system(catalogue, "location"),
            value: id.to_string(),
        }),
        display: catalogue.location(id).map(|it| it.name.get(Language::German).to_owned()),
    }
}

/// The namespace of one kind of name at the authority.
pub(super) fn system(catalogue: &Catalogue, kind: &str) -> String {
    format!("{}:{kind}", vocabulary::urn_of(&catalogue.authority.id))
}
