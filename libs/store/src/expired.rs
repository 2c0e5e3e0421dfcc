//! Rows whose time is over.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter as _};

use crate::StoreError;

/// Deletes the rows of `E` whose instant in `column` is not after `until`, and returns how many there
/// were.
///
/// # Errors
/// The statement fails.
pub async fn delete_expired<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    until: Timestamp,
) -> Result<u64, StoreError> {
    let expired = ColumnTrait::lte(&column, until.as_millisecond());
    Ok(E::delete_many().filter(expired).exec(db).await?.rows_affected)
}
