//! The table of reservations.

use booking::returning::ReturnWindow;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{COLUMNS, KeptSeat, ListedSeat, ReturningSeat};
use crate::store::{Corrupt, value::local_date};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reservations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub kind: String,
    pub location: String,
    pub desk: i32,
    pub date: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub booking_id: Option<String>,
    pub person: Option<String>,
    pub service_group: Option<String>,
    pub opens: Option<i64>,
    pub latest: Option<i64>,
    pub valid_until: Option<i64>,
    pub created_at: i64,
    pub waiting_list: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&KeptSeat> for ActiveModel {
    fn from(kept: &KeptSeat) -> Self {
        let window = kept.purpose.window();
        let offered = kept.purpose.offered();
        Self {
            id: Set(kept.id.to_string()),
            kind: Set(kept.purpose.kind().to_string()),
            location: Set(kept.seat.location.to_string()),
            desk: Set(i32::from(kept.seat.desk.index())),
            date: Set(local_date(&kept.seat).to_string()),
            starts_at: Set(kept.seat.start.as_millisecond()),
            ends_at: Set(kept.seat.end.as_millisecond()),
            booking_id: Set(None),
            person: Set(offered.map(|(person, ..)| person.to_string())),
            service_group: Set(offered.map(|(_, group, _)| group.to_string())),
            opens: Set(window.map(|window| window.opens.as_millisecond())),
            latest: Set(window.map(|window| window.latest.as_millisecond())),
            valid_until: Set(offered.map(|(.., until)| until.as_millisecond())),
            created_at: Set(kept.created_at.as_millisecond()),
            waiting_list: Set(kept.purpose.list().map(ToString::to_string)),
        }
    }
}

impl Model {
    pub(super) fn returning(&self) -> Result<ReturningSeat, Corrupt> {
        let opens = self.opens.ok_or(COLUMNS.corrupt("opens"))?;
        let latest = self.latest.ok_or(COLUMNS.corrupt("latest"))?;
        Ok(ReturningSeat {
            id: COLUMNS.parse("id", &self.id)?,
            seat: COLUMNS.seat(&self.location, self.desk, self.starts_at, self.ends_at)?,
            window: ReturnWindow {
                opens: COLUMNS.time("opens", opens)?,
                latest: COLUMNS.time("latest", latest)?,
            },
        })
    }

    pub(super) fn listed(&self) -> Result<ListedSeat, Corrupt> {
        let list = self.waiting_list.as_ref().ok_or(COLUMNS.corrupt("waiting_list"))?;
        Ok(ListedSeat {
            id: COLUMNS.parse("id", &self.id)?,
            seat: COLUMNS.seat(&self.location, self.desk, self.starts_at, self.ends_at)?,
            list: COLUMNS.parse("waiting_list", list)?,
        })
    }
}
