//! The table behind [`Draw`](crate::domain::draw::Draw).

use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{Columns, Draw};
use crate::store::Corrupt;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draws")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub service: String,
    pub service_group: String,
    pub status: String,
    pub week: String,
    pub opens: i64,
    pub closes: i64,
    pub slots: i32,
    pub leftover: String,
    pub terms: String,
    pub secrets: Vec<u8>,
    pub entered: Option<i32>,
    pub served: Option<i32>,
    pub ended_at: Option<i64>,
    pub changed_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl From<&Draw> for ActiveModel {
    fn from(draw: &Draw) -> Self {
        Self {
            id: Set(draw.id.to_string()),
            service: Set(draw.service.to_string()),
            service_group: Set(draw.group.to_string()),
            status: Set(draw.status.to_string()),
            week: Set(draw.week.to_string()),
            opens: Set(draw.opens.as_millisecond()),
            closes: Set(draw.closes.as_millisecond()),
            slots: Set(count(draw.slots)),
            leftover: Set(draw.leftover.to_string()),
            terms: Set(draw.terms.clone()),
            secrets: Set(draw.secrets.clone()),
            entered: Set(draw.entered.map(count)),
            served: Set(draw.served.map(count)),
            ended_at: Set(draw.ended_at.map(jiff::Timestamp::as_millisecond)),
            changed_at: Set(draw.changed_at.as_millisecond()),
        }
    }
}

impl TryFrom<Model> for Draw {
    type Error = Corrupt;

    fn try_from(row: Model) -> Result<Self, Corrupt> {
        let columns = Columns("draws");
        let count = |column, number: Option<i32>| {
            number.map(|number| columns.number(column, number)).transpose()
        };
        Ok(Self {
            id: columns.parse("id", &row.id)?,
            service: columns.parse("service", &row.service)?,
            group: columns.parse("service_group", &row.service_group)?,
            status: columns.parse("status", &row.status)?,
            week: columns.parse("week", &row.week)?,
            opens: columns.time("opens", row.opens)?,
            closes: columns.time("closes", row.closes)?,
            slots: columns.number("slots", row.slots)?,
            leftover: columns.parse("leftover", &row.leftover)?,
            terms: row.terms,
            secrets: row.secrets,
            entered: count("entered", row.entered)?,
            served: count("served", row.served)?,
            ended_at: row.ended_at.map(|at| columns.time("ended_at", at)).transpose()?,
            changed_at: columns.time("changed_at", row.changed_at)?,
        })
    }
}
