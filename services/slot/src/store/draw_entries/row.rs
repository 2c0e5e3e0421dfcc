//! The table behind [`DrawEntry`].

use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{COLUMNS, DrawEntry};
use crate::{
    domain::{draw::WinnersSeat, waiting::Phone},
    store::Corrupt,
};

/// As JSON it is what a merge ended.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "draw_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub draw_id: String,
    pub person: String,
    pub service_group: String,
    pub status: String,
    pub serial: String,
    pub hold_id: String,
    pub people: i32,
    pub level: String,
    pub language: String,
    pub booked_by: Option<String>,
    pub doubt: Option<String>,
    pub entry: String,
    pub wishes: Vec<u8>,
    pub attendee: Vec<u8>,
    pub turn: Option<i32>,
    pub booking_id: Option<String>,
    pub reason: Option<String>,
    pub entered_at: i64,
    pub changed_at: i64,
    pub binding: String,
    pub receipt: Option<Vec<u8>>,
    pub reservation_id: Option<String>,
    pub answer_by: Option<i64>,
    pub replaces: Option<String>,
    pub phoned_by: Option<String>,
    pub phone: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&DrawEntry> for ActiveModel {
    fn from(entry: &DrawEntry) -> Self {
        let turn = entry.turn.map(|turn| i32::try_from(turn).unwrap_or(i32::MAX));
        Self {
            id: Set(entry.id.to_string()),
            draw_id: Set(entry.draw.to_string()),
            person: Set(entry.person.to_string()),
            service_group: Set(entry.group.to_string()),
            status: Set(entry.status.to_string()),
            serial: Set(entry.public.serial.to_string()),
            hold_id: Set(entry.hold.to_string()),
            people: Set(i32::from(entry.people)),
            level: Set(entry.level.to_string()),
            language: Set(entry.language.clone()),
            doubt: Set(entry.doubt.map(|doubt| doubt.to_string())),
            booked_by: Set(entry.booked_by.as_ref().map(|by| serde_json::json!(by).to_string())),
            entry: Set(serde_json::json!(entry.public).to_string()),
            wishes: Set(entry.wishes.clone()),
            attendee: Set(entry.attendee.clone()),
            turn: Set(turn),
            booking_id: Set(entry.booking.map(|id| id.to_string())),
            reason: Set(entry.reason.clone()),
            entered_at: Set(entry.entered_at.as_millisecond()),
            changed_at: Set(entry.changed_at.as_millisecond()),
            binding: Set(entry.binding.to_string()),
            receipt: Set(entry.receipt.clone()),
            reservation_id: Set(entry.offer.map(|offer| offer.reservation.to_string())),
            answer_by: Set(entry.offer.map(|offer| offer.answer_by.as_millisecond())),
            replaces: Set(entry.replaces.map(|id| id.to_string())),
            phoned_by: Set(entry.phone.as_ref().map(|phone| phone.office.to_string())),
            phone: Set(entry.phone.as_ref().map(|phone| phone.number.clone())),
        }
    }
}

impl TryFrom<Model> for DrawEntry {
    type Error = Corrupt;

    fn try_from(row: Model) -> Result<Self, Corrupt> {
        let offer = match (&row.reservation_id, row.answer_by) {
            (Some(reservation), Some(by)) => Some(WinnersSeat {
                reservation: COLUMNS.parse("reservation_id", reservation)?,
                answer_by: COLUMNS.time("answer_by", by)?,
            }),
            _ => None,
        };
        // Of an answered entry the number is gone, and who phoned stays.
        let phone = match row.phoned_by {
            Some(office) => Some(Phone {
                office: COLUMNS.parse("phoned_by", &office)?,
                number: row.phone.unwrap_or_default(),
            }),
            None => None,
        };
        Ok(Self {
            id: COLUMNS.parse("id", &row.id)?,
            draw: COLUMNS.parse("draw_id", &row.draw_id)?,
            person: COLUMNS.parse("person", &row.person)?,
            group: COLUMNS.parse("service_group", &row.service_group)?,
            status: COLUMNS.parse("status", &row.status)?,
            hold: COLUMNS.parse("hold_id", &row.hold_id)?,
            people: COLUMNS.number("people", row.people)?,
            level: COLUMNS.parse("level", &row.level)?,
            language: row.language,
            booked_by: row.booked_by.map(|by| COLUMNS.json("booked_by", &by)).transpose()?,
            doubt: row.doubt.map(|doubt| COLUMNS.parse("doubt", &doubt)).transpose()?,
            public: COLUMNS.json("entry", &row.entry)?,
            wishes: row.wishes,
            attendee: row.attendee,
            turn: row.turn.map(|turn| COLUMNS.number("turn", turn)).transpose()?,
            offer,
            phone,
            booking: row.booking_id.map(|id| COLUMNS.parse("booking_id", &id)).transpose()?,
            reason: row.reason,
            entered_at: COLUMNS.time("entered_at", row.entered_at)?,
            changed_at: COLUMNS.time("changed_at", row.changed_at)?,
            binding: COLUMNS.parse("binding", &row.binding)?,
            receipt: row.receipt,
            replaces: row.replaces.map(|id| COLUMNS.parse("replaces", &id)).transpose()?,
        })
    }
}
