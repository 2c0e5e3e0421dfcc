//! The entries of a draw for its list and for its settlement: only what these need of each. Names, receipts
//! and, for the list, wishes would be most of what is read.

use std::collections::HashMap;

use draw::{Entry, Serial};
use ids::{DrawId, EntryId, Pseudonym};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};

use super::{COLUMNS, Column, Entity, EntryStatus, StoreResult};

/// What will stand in the list, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Whose.
    pub person: Pseudonym,
    /// What.
    pub public: Entry,
}

/// What an undecided entry of a draw says in its list, in the order of the serials.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn listed(db: &impl ConnectionTrait, draw: DrawId) -> StoreResult<Vec<Listed>> {
    let columns = undecided_of(draw).column(Column::Person).column(Column::Entry);
    let rows = columns.order_by_asc(Column::Serial).into_tuple::<(String, String)>().all(db);
    rows.await?
        .into_iter()
        .map(|(person, public)| {
            let person = COLUMNS.parse("person", &person)?;
            Ok(Listed { person, public: COLUMNS.json("entry", &public)? })
        })
        .collect()
}

/// The sealed wishes of the undecided entries of a draw by ticket, each with the entry that they open for.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn sealed_wishes(
    db: &impl ConnectionTrait,
    draw: DrawId,
) -> StoreResult<HashMap<Serial, (EntryId, Vec<u8>)>> {
    let columns = undecided_of(draw);
    let columns = columns.column(Column::Serial).column(Column::Id).column(Column::Wishes);
    let rows = columns.into_tuple::<(String, String, Vec<u8>)>().all(db);
    rows.await?
        .into_iter()
        .map(|(serial, id, wishes)| {
            let serial: Serial = COLUMNS.parse("serial", &serial)?;
            Ok((serial, (COLUMNS.parse("id", &id)?, wishes)))
        })
        .collect()
}

fn undecided_of(draw: DrawId) -> Select<Entity> {
    Entity::find()
        .filter(Column::DrawId.eq(draw.to_string()))
        .filter(Column::Status.eq(EntryStatus::Entered.as_str()))
        .select_only()
}
