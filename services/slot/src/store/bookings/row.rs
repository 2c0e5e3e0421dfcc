//! The table behind [`Booking`].

use booking::Seat;
use calendar::{Channel, Desk};
use ids::ServiceId;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::Booking;
use crate::store::{Corrupt, value::Columns};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bookings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub code: String,
    pub hold_id: String,
    pub person: String,
    pub service_group: String,
    pub status: String,
    pub location: String,
    pub date: String,
    pub start_unit: i32,
    pub units: i32,
    pub desk: i32,
    pub starts_at: i64,
    pub ends_at: i64,
    pub services: String,
    pub people: i32,
    pub channel: String,
    pub booked_by: Option<String>,
    pub language: String,
    pub sequence: i32,
    pub replaces: Option<String>,
    pub series: String,
    pub attendee: Vec<u8>,
    pub created_at: i64,
    pub changed_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Booking> for ActiveModel {
    fn from(booking: &Booking) -> Self {
        let services: Vec<_> = booking.services.iter().map(ServiceId::as_str).collect();
        Self {
            id: Set(booking.id.to_string()),
            code: Set(booking.code.to_string()),
            hold_id: Set(booking.hold.to_string()),
            person: Set(booking.person.to_string()),
            service_group: Set(booking.group.to_string()),
            status: Set(booking.status.to_string()),
            location: Set(booking.seat.location.to_string()),
            date: Set(booking.seat.date.to_string()),
            start_unit: Set(i32::from(booking.seat.start)),
            units: Set(i32::from(booking.seat.units)),
            desk: Set(i32::from(booking.seat.desk.index())),
            starts_at: Set(booking.starts_at.as_millisecond()),
            ends_at: Set(booking.ends_at.as_millisecond()),
            services: Set(serde_json::json!(services).to_string()),
            people: Set(i32::from(booking.people)),
            channel: Set(booking.channel.to_string()),
            booked_by: Set(booking.booked_by.as_ref().map(|by| serde_json::json!(by).to_string())),
            language: Set(booking.language.clone()),
            sequence: Set(i32::try_from(booking.sequence).unwrap_or(i32::MAX)),
            replaces: Set(booking.replaces.map(|id| id.to_string())),
            series: Set(booking.series.to_string()),
            attendee: Set(booking.attendee.clone()),
            created_at: Set(booking.created_at.as_millisecond()),
            changed_at: Set(booking.changed_at.as_millisecond()),
        }
    }
}

impl TryFrom<Model> for Booking {
    type Error = Corrupt;

    fn try_from(row: Model) -> Result<Self, Corrupt> {
        let columns = Columns("bookings");
        Ok(Self {
            id: columns.parse("id", &row.id)?,
            code: columns.parse("code", &row.code)?,
            hold: columns.parse("hold_id", &row.hold_id)?,
            person: columns.parse("person", &row.person)?,
            group: columns.parse("service_group", &row.service_group)?,
            status: columns.parse("status", &row.status)?,
            seat: Seat {
                location: columns.parse("location", &row.location)?,
                date: columns.parse("date", &row.date)?,
                start: columns.number("start_unit", row.start_unit)?,
                units: columns.number("units", row.units)?,
                desk: columns.desk("desk", row.desk)?,
            },
            starts_at: columns.time("starts_at", row.starts_at)?,
            ends_at: columns.time("ends_at", row.ends_at)?,
            services: columns.json("services", &row.services)?,
            people: columns.number("people", row.people)?,
            channel: columns.channel("channel", &row.channel)?,
            booked_by: row.booked_by.map(|by| columns.json("booked_by", &by)).transpose()?,
            language: row.language,
            sequence: columns.number("sequence", row.sequence)?,
            replaces: row.replaces.map(|id| columns.parse("replaces", &id)).transpose()?,
            series: columns.parse("series", &row.series)?,
            attendee: row.attendee,
            created_at: columns.time("created_at", row.created_at)?,
            changed_at: columns.time("changed_at", row.changed_at)?,
        })
    }
}

impl Columns {
    pub(in crate::store) fn desk(self, column: &'static str, index: i32) -> Result<Desk, Corrupt> {
        u8::try_from(index).ok().and_then(Desk::new).ok_or(self.corrupt(column))
    }

    fn channel(self, column: &'static str, text: &str) -> Result<Channel, Corrupt> {
        [Channel::Public, Channel::Phone, Channel::Staff]
            .into_iter()
            .find(|channel| channel.to_string() == text)
            .ok_or(self.corrupt(column))
    }
}
