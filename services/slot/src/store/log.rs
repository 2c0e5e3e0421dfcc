//! The authority's public log.
//!
//! [`entries`] are in one order and stay for ever, [`documents`] lie beside them and can be deleted,
//! [`head`] says what was fixed and signed, [`cosignatures`] what witnesses said, and [`tiles`] has
//! the hashes as they are served.

pub mod cosignatures;
pub mod documents;
pub mod entries;
pub mod head;
pub mod tiles;

use super::value::{Columns, Corrupt};

/// As the database keeps sizes and positions; both are below 2^48.
fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A size or position as it was stored.
fn read(columns: Columns, column: &'static str, number: i64) -> Result<u64, Corrupt> {
    u64::try_from(number).map_err(|_| columns.corrupt(column))
}
