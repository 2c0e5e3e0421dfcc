//! The table behind [`Booking`].

use calendar::Channel;
use ids::ServiceId;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::{
    domain::{Binding, Booking},
    store::{
        Corrupt,
        value::{Columns, local_date},
    },
};

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
    pub desk: i32,
    pub starts_at: i64,
    pub ends_at: i64,
    pub services: String,
    pub people: i32,
    pub texts: Option<String>,
    pub channel: String,
    pub level: String,
    pub booked_by: Option<String>,
    pub doubt: Option<String>,
    pub binding: Option<String>,
    pub language: String,
    pub sequence: i32,
    pub replaces: Option<String>,
    pub series: String,
    pub attendee: Vec<u8>,
    pub held_at: i64,
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
            date: Set(local_date(&booking.seat).to_string()),
            desk: Set(i32::from(booking.seat.desk.index())),
            starts_at: Set(booking.seat.start.as_millisecond()),
            ends_at: Set(booking.seat.end.as_millisecond()),
            services: Set(serde_json::json!(services).to_string()),
            people: Set(i32::from(booking.people)),
            texts: Set(Some(serde_json::json!(booking.texts).to_string())),
            channel: Set(booking.channel.to_string()),
            level: Set(booking.level.to_string()),
            booked_by: Set(booking.booked_by.as_ref().map(|by| serde_json::json!(by).to_string())),
            doubt: Set(booking.doubt.map(|doubt| doubt.to_string())),
            binding: Set(Some(booking.binding.to_string())),
            language: Set(booking.language.clone()),
            sequence: Set(i32::try_from(booking.sequence).unwrap_or(i32::MAX)),
            replaces: Set(booking.replaces.map(|id| id.to_string())),
            series: Set(booking.series.to_string()),
            attendee: Set(booking.attendee.clone()),
            held_at: Set(booking.held_at.as_millisecond()),
            created_at: Set(booking.created_at.as_millisecond()),
            changed_at: Set(booking.changed_at.as_millisecond()),
        }
    }
}

impl TryFrom<Model> for Booking {
    type Error = Corrupt;

    fn try_from(row: Model) -> Result<Self, Corrupt> {
        let columns = Columns("bookings");
        let channel = columns.channel("channel", &row.channel)?;
        Ok(Self {
            id: columns.parse("id", &row.id)?,
            code: columns.parse("code", &row.code)?,
            hold: columns.parse("hold_id", &row.hold_id)?,
            person: columns.parse("person", &row.person)?,
            group: columns.parse("service_group", &row.service_group)?,
            status: columns.parse("status", &row.status)?,
            seat: columns.seat(&row.location, row.desk, row.starts_at, row.ends_at)?,
            services: columns.json("services", &row.services)?,
            people: columns.number("people", row.people)?,
            texts: row
                .texts
                .map(|texts| columns.json("texts", &texts))
                .transpose()?
                .unwrap_or_default(),
            channel,
            level: columns.parse("level", &row.level)?,
            booked_by: row.booked_by.map(|by| columns.json("booked_by", &by)).transpose()?,
            doubt: row.doubt.map(|doubt| columns.parse("doubt", &doubt)).transpose()?,
            binding: columns.binding(row.binding.as_deref(), channel)?,
            language: row.language,
            sequence: columns.number("sequence", row.sequence)?,
            replaces: row.replaces.map(|id| columns.parse("replaces", &id)).transpose()?,
            series: columns.parse("series", &row.series)?,
            attendee: row.attendee,
            held_at: columns.time("held_at", row.held_at)?,
            created_at: columns.time("created_at", row.created_at)?,
            changed_at: columns.time("changed_at", row.changed_at)?,
        })
    }
}

impl Columns {
    /// A version without this column derived it from the channel.
    fn binding(self, text: Option<&str>, channel: Channel) -> Result<Binding, Corrupt> {
        match (text, channel) {
            (Some(text), _) => self.parse("binding", text),
            (None, Channel::Staff) => Ok(Binding::Vouched),
            (None, Channel::Public | Channel::Phone) => Ok(Binding::Online),
        }
    }

    fn channel(self, column: &'static str, text: &str) -> Result<Channel, Corrupt> {
        [Channel::Public, Channel::Phone, Channel::Staff]
            .into_iter()
            .find(|channel| channel.to_string() == text)
            .ok_or(self.corrupt(column))
    }
}
