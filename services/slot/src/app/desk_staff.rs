//! Staff who act for people at the desk, at the queue or on the phone.

use auth::Reach;
use ids::{LocationId, StaffId};

use super::{AppError, DeskRefusal};

/// A member of staff, and the locations where they may act.
#[derive(Debug, Clone)]
pub struct DeskStaff {
    /// The pseudonym of the account.
    pub id: StaffId,
    /// The locations.
    pub reach: Reach,
}

impl DeskStaff {
    /// Refuses a location that is not theirs.
    ///
    /// # Errors
    /// [`DeskRefusal::Forbidden`]
    pub(super) fn may_at(&self, location: &LocationId) -> Result<(), AppError> {
        match self.reach.covers(location) {
            true => Ok(()),
            false => Err(DeskRefusal::NOT_YOUR_LOCATION.into()),
        }
    }
}
