//! A person needs more time to decide (WCAG 2.2, success criterion 2.2.1).

use booking::TrustLevel;
use ids::{HoldId, Pseudonym};
use jiff::SignedDuration;

use super::{
    AppError, Engine, VisitDetails, carry_holds::at_present, hold_slot::Held,
    required_level::require_level_for,
};
use crate::holds::{ExtendError, HoldState};

/// Puts the end of a hold off, once, by as long as a hold lasts. The same request again, with the
/// token from before, gives the extended hold.
///
/// # Errors
/// The token is not one of ours or is for another hold or person, the log-in is not sure enough, staff took the
/// hold, or it is over or was extended before.
pub async fn extend_hold(
    engine: &Engine,
    person: Pseudonym,
    level: TrustLevel,
    id: HoldId,
    token: &str,
) -> Result<Held, AppError> {
    let hold = engine.hold_tokens.read(token)?;
    if hold.person != person || hold.id != id {
        return Err(AppError::HoldInvalid);
    }
    let visit = VisitDetails::from_bytes(&hold.details).ok_or(AppError::HoldOfOtherEdition)?;
    require_level_for(engine, &visit.services, visit.level, level)?;
    let hold = at_present(engine, hold);
    if visit.is_by_staff() {
        return Err(AppError::HeldByStaff(Box::new(hold)));
    }
    let more = SignedDuration::from_mins(i64::from(engine.catalogue().authority.hold_minutes));
    let left = hold.expires_at.duration_since(engine.now()).max(SignedDuration::ZERO);
    let extended = match engine.holds.extend(&hold, left + more).await {
        // The token is from before: the answer to an earlier request was lost.
        Err(ExtendError::AlreadyExtended) if !hold.is_extended => {
            match engine.holds.state_of(&hold).await? {
                HoldState::InForce { hold, .. } => hold,
                HoldState::Over | HoldState::Unknown => return Err(AppError::HoldExpired),
            }
        }
        outcome => outcome?,
    };
    Held::of(engine, extended).ok_or(AppError::HoldOfOtherEdition)
}

impl From<ExtendError> for AppError {
    fn from(error: ExtendError) -> Self {
        match error {
            ExtendError::Over => Self::HoldExpired,
            ExtendError::AlreadyExtended => Self::HoldExtendedBefore,
            ExtendError::Failed(error) => error.into(),
        }
    }
}
