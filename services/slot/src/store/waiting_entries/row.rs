//! The table behind [`WaitingEntry`].

use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{COLUMNS, WaitingEntry};
use crate::{
    domain::waiting::{Phone, Place},
    store::Corrupt,
};

/// As JSON it is what a merge ended.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "waiting_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub service: String,
    pub service_group: String,
    pub person: String,
    pub status: String,
    pub hold_id: String,
    pub people: i32,
    pub level: String,
    pub language: String,
    pub booked_by: Option<String>,
    pub doubt: Option<String>,
    pub replaces: Option<String>,
    pub day: String,
    pub place: String,
    pub wishes: Vec<u8>,
    pub attendee: Vec<u8>,
    pub declines: i32,
    pub answer_by: Option<i64>,
    pub reason: Option<String>,
    pub joined_at: i64,
    pub changed_at: i64,
    pub binding: String,
    pub phoned_by: Option<String>,
    pub phone: Option<Vec<u8>>,
    pub stand_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&WaitingEntry> for ActiveModel {
    fn from(entry: &WaitingEntry) -> Self {
        let booked_by = entry.booked_by.as_ref().map(|by| serde_json::json!(by).to_string());
        Self {
            id: Set(entry.id.to_string()),
            service: Set(entry.service.to_string()),
            service_group: Set(entry.group.to_string()),
            person: Set(entry.person.to_string()),
            status: Set(entry.status.to_string()),
            hold_id: Set(entry.hold.to_string()),
            people: Set(i32::from(entry.people)),
            level: Set(entry.level.to_string()),
            language: Set(entry.language.clone()),
            booked_by: Set(booked_by),
            doubt: Set(entry.doubt.map(|doubt| doubt.to_string())),
            replaces: Set(entry.replaces.map(|booking| booking.to_string())),
            day: Set(entry.place.day.to_string()),
            place: Set(entry.place.drawn.clone()),
            wishes: Set(entry.wishes.clone()),
            attendee: Set(entry.attendee.clone()),
            declines: Set(i32::from(entry.declines)),
            answer_by: Set(entry.answer_by.map(jiff::Timestamp::as_millisecond)),
            reason: Set(entry.reason.clone()),
            joined_at: Set(entry.joined_at.as_millisecond()),
            changed_at: Set(entry.changed_at.as_millisecond()),
            binding: Set(entry.binding.to_string()),
            stand_by: Set(entry.stand_by.map(|day| day.to_string())),
            phoned_by: Set(entry.phone.as_ref().map(|phone| phone.office.to_string())),
            phone: Set(entry.phone.as_ref().map(|phone| phone.number.clone())),
        }
    }
}

impl TryFrom<Model> for WaitingEntry {
    type Error = Corrupt;

    fn try_from(row: Model) -> Result<Self, Corrupt> {
        let columns = COLUMNS;
        Ok(Self {
            id: columns.parse("id", &row.id)?,
            service: columns.parse("service", &row.service)?,
            group: columns.parse("service_group", &row.service_group)?,
            person: columns.parse("person", &row.person)?,
            status: columns.parse("status", &row.status)?,
            hold: columns.parse("hold_id", &row.hold_id)?,
            people: columns.number("people", row.people)?,
            level: columns.parse("level", &row.level)?,
            language: row.language,
            booked_by: row.booked_by.map(|by| columns.json("booked_by", &by)).transpose()?,
            doubt: row.doubt.map(|doubt| columns.parse("doubt", &doubt)).transpose()?,
            replaces: row.replaces.map(|id| columns.parse("replaces", &id)).transpose()?,
            place: Place { day: columns.parse("day", &row.day)?, drawn: row.place },
            wishes: row.wishes,
            attendee: row.attendee,
            declines: columns.number("declines", row.declines)?,
            answer_by: row.answer_by.map(|at| columns.time("answer_by", at)).transpose()?,
            reason: row.reason,
            joined_at: columns.time("joined_at", row.joined_at)?,
            changed_at: columns.time("changed_at", row.changed_at)?,
            binding: columns.parse("binding", &row.binding)?,
            stand_by: row.stand_by.map(|day| columns.parse("stand_by", &day)).transpose()?,
            phone: match row.phoned_by.zip(row.phone) {
                Some((office, number)) => {
                    Some(Phone { office: columns.parse("phoned_by", &office)?, number })
                }
                None => None,
            },
        })
    }
}
