//! CloudEvents in JSON (structured mode): what an agency gets. A contract of its own: it does not
//! change when the events between our services do, and it names no person.

use ambient::berlin;
use ids::AuthorityId;
use jiff::Timestamp;
use messaging::{Event, InvalidEvent};
use proto::booking::v1::{
    Appointment, Attendance, BookedService, BookingAttended, BookingCancelled, BookingChanged,
    BookingConfirmed, BookingRebooked, CancelledBy,
};
use serde_json::{Value, json};
use vocabulary::EventKind;

/// The event that a test ping sends.
pub(crate) const PING: &str = "ping";

/// An event as agencies see it.
#[derive(Debug, Clone)]
pub(crate) struct Published {
    /// An [`EventKind`], or [`PING`].
    pub(crate) kind: String,
    pub(crate) authority: AuthorityId,
    /// The services that it concerns, each by its id and by its number in the Berlin catalogue:
    /// filters name them either way. Empty if that is not known.
    pub(crate) services: Vec<String>,
    /// What keeps its order: the first booking of a row of rebookings. Empty if nothing does.
    pub(crate) subject: String,
    /// Grows with each change of the appointment; absent if the event changed none.
    pub(crate) revision: Option<u32>,
    pub(crate) body: Value,
}

impl Published {
    /// What agencies see of an event; `None` if it is none of theirs.
    pub(crate) fn of(event: &Event) -> Result<Option<Self>, InvalidEvent> {
        let Some(kind) = EventKind::of_message(&event.kind) else {
            return Ok(None);
        };
        let (data, services, revision) = match kind {
            EventKind::BookingConfirmed => {
                let message: BookingConfirmed = event.message()?;
                appointment(message.appointment)
            }
            EventKind::BookingRebooked => {
                let message: BookingRebooked = event.message()?;
                let (mut data, services, revision) = appointment(message.appointment);
                data["replaced_booking_id"] = message.replaced_booking_id.into();
                (data, services, revision)
            }
            EventKind::BookingCancelled => {
                let message: BookingCancelled = event.message()?;
                let by = match message.cancelled_by() {
                    CancelledBy::Person => "person",
                    CancelledBy::Office => "office",
                    CancelledBy::Unspecified => "unknown",
                };
                let (mut data, services, revision) = appointment(message.appointment);
                data["cancelled_by"] = by.into();
                (data, services, revision)
            }
            EventKind::BookingAttended => {
                let message: BookingAttended = event.message()?;
                (attended(&message), Vec::new(), None)
            }
            EventKind::BookingChanged => {
                let message: BookingChanged = event.message()?;
                appointment(message.appointment)
            }
        };
        let kind = kind.as_str();
        Ok(Some(Self {
            kind: kind.to_owned(),
            authority: event.authority.clone(),
            services,
            subject: event.subject.clone(),
            revision,
            body: json!({
                "specversion": "1.0",
                "id": event.id,
                "source": event.source(),
                "type": format!("fairtermin.{kind}.v1"),
                "subject": event.subject,
                "time": to_the_millisecond(event.time),
                "datacontenttype": "application/json",
                "data": data,
            }),
        }))
    }

    /// Puts in the number that tells older events of its booking from newer ones ([`super::order`]).
    pub(crate) fn set_order(&mut self, number: i64) {
        self.body["data"]["order"] = number.into();
    }
}

fn appointment(appointment: Option<Appointment>) -> (Value, Vec<String>, Option<u32>) {
    let appointment = appointment.unwrap_or_default();
    let ids: Vec<String> = appointment.services.iter().map(|it| id(it).to_owned()).collect();
    let mut names = ids.clone();
    names.extend(appointment.services.into_iter().map(|service| service.id));
    names.sort_unstable();
    names.dedup();
    let data = json!({
        "booking_id": appointment.booking_id,
        "series_id": appointment.series_id,
        "sequence": appointment.sequence,
        "location": appointment.place.unwrap_or_default().location_id,
        "services": ids,
        "start": local(appointment.starts_at_ms),
        "end": local(appointment.ends_at_ms),
    });
    (data, names, Some(appointment.sequence))
}

/// As the APIs know the service. Events from before carry its number alone.
fn id(service: &BookedService) -> &str {
    if service.service_id.is_empty() { &service.id } else { &service.service_id }
}

fn attended(message: &BookingAttended) -> Value {
    let attendance = match message.attendance() {
        Attendance::CheckedIn => "checked-in",
        Attendance::Called => "called",
        Attendance::Served => "served",
        Attendance::Missed => "missed",
        Attendance::Unspecified => "unknown",
    };
    json!({
        "booking_id": message.booking_id,
        "attendance": attendance,
        "happened_at": local(message.happened_at_ms),
    })
}

/// As it is stored, and as a replay compares it.
fn to_the_millisecond(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// RFC 3339 with Berlin's offset.
fn local(milliseconds: i64) -> Option<String> {
    let at = Timestamp::from_millisecond(milliseconds).ok()?;
    Some(at.to_zoned_datetime(berlin()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}
