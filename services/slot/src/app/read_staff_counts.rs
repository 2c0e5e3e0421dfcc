//! Counts per member of staff, against abuse only.

use ids::StaffId;
use jiff::civil::Date;
use serde_json::json;

use super::{AppError, Engine};
use crate::{
    domain::{Actor, StaffCount},
    store::staff_counts,
};

/// The counts of the days from `from` to `to`; after 90 days they are deleted. Each reading is written
/// into the audit log, with its reader.
///
/// # Errors
/// The database does not answer.
pub async fn read_staff_counts(
    engine: &Engine,
    reader: StaffId,
    from: Date,
    to: Date,
) -> Result<Vec<StaffCount>, AppError> {
    let mut unit = engine.begin().await?;
    let counts = staff_counts::list(unit.transaction(), from, to).await?;
    let actor = Actor::Staff(reader);
    let details = json!({ "from": from, "to": to });
    engine.record(&mut unit, &actor, "staff-counts.read", reader, details).await?;
    unit.commit().await?;
    Ok(counts)
}
