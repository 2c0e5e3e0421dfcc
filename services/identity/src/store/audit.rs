//! The audit log of persons.

use ::store::audit::{Entry, insert};
pub(crate) use ::store::audit::{count_since, has_since};
use ambient::{Clock, Entropy};
use ids::AuditId;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::StoreResult;

/// Adds an entry. `details` holds no personal data.
pub(crate) async fn note(
    db: &impl ConnectionTrait,
    (clock, entropy): (&dyn Clock, &dyn Entropy),
    actor: &str,
    action: &str,
    subject: &str,
    details: Value,
) -> StoreResult<()> {
    let entry = Entry {
        id: AuditId::mint(clock, entropy),
        at: clock.now(),
        actor: actor.to_owned(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        details,
    };
    insert(db, [&entry]).await
}
