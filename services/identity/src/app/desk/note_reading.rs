//! What staff learnt or decided of a person stands in the audit log under that person, so that they can read it. The
//! code of a case leads only the log-in that opened it there, not the known persons with whom it is compared.

use ids::PersonId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{super::Context, DeskError, DeskStaff};
use crate::store::{Connection, audit};

/// Within this time looking again is the same reading.
const ONE_READING: SignedDuration = SignedDuration::from_hours(1);

/// What staff did with what we know of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looked {
    /// A page compared the person with a case.
    Read,
    /// A document, or what was typed of one, was recognised as theirs.
    Recognised,
    /// Somebody proposed that two persons are one.
    Proposed,
    /// Two members of staff decided about the person.
    Decided,
}

impl Looked {
    const fn action(self) -> &'static str {
        match self {
            Self::Read => "person.read",
            Self::Recognised => "person.recognised",
            Self::Proposed => "person.merge-proposed",
            Self::Decided => "person.decided",
        }
    }
}

/// Notes it, at most once an hour for the same two.
pub(super) async fn note_reading(
    context: &Context,
    db: &impl Connection,
    staff: &DeskStaff,
    (looked, person): (Looked, PersonId),
) -> Result<(), DeskError> {
    let (actor, subject, action) = (staff.actor(), person.to_string(), looked.action());
    let since = context.now().checked_sub(ONE_READING).unwrap_or(Timestamp::MIN);
    if !audit::has_since(db, (actor.as_str(), action, subject.as_str()), since).await? {
        let details = json!({ "authority": staff.authority });
        context.record(db, &actor, action, person, details).await?;
    }
    Ok(())
}
