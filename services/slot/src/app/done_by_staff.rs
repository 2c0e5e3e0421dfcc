//! What staff did with an entry or a place stays visible to its person after it is deleted.

use serde_json::{Value, json};

use crate::store::{StoreResult, Transaction, audit};

/// What members of staff did with what `subject` names, the oldest first: for the audit log of the
/// deletion, which names the person.
///
/// # Errors
/// The statement fails.
pub(super) async fn done_by_staff(
    transaction: &Transaction,
    subject: impl ToString,
) -> StoreResult<Value> {
    let known = audit::of_subjects(transaction, &[subject.to_string()]).await?;
    let by_staff = known.into_iter().filter(|entry| entry.actor.starts_with("staff:"));
    let told = by_staff.map(|entry| {
        let audit::Entry { at, actor, action, details, .. } = entry;
        json!({ "at": at.to_string(), "actor": actor, "action": action, "details": details })
    });
    Ok(told.collect())
}
