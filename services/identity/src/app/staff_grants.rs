//! Staff keep only what the settings and their account grant now.
//!
//! A session notes the groups and grants of its log-in. Each token, each start and each log-in of the
//! same account compares them with what is granted by then; what is gone ends the session, and with it
//! its tokens at every service.

use ::store::StoreError;

use super::{Context, end_session_within};
use crate::{
    settings::{Grant, ProviderId},
    store::sessions::{self, Session, StaffMember, Who},
};

/// How many sessions one transaction looks at.
const BATCH: u64 = 200;

/// The grants of a log-in that the settings still give to its groups.
fn granted_still(context: &Context, provider: &ProviderId, staff: &StaffMember) -> Vec<Grant> {
    let settings = context.provider(provider).and_then(|known| known.settings.staff.as_ref());
    let now = settings.map(|staff_settings| staff_settings.granted_to(&staff.groups));
    let now = now.unwrap_or_default();
    staff.grants.iter().filter(|grant| now.contains(grant)).cloned().collect()
}

/// The session with what its holder is granted now. `None` if a member of staff is granted nothing any
/// longer: then it is to be ended.
pub(super) fn with_present_grants(context: &Context, session: Session) -> Option<Session> {
    let who = match session.who {
        Who::Person(person) => Who::Person(person),
        Who::Staff(staff) => {
            let grants = granted_still(context, &session.provider, &staff);
            if grants.is_empty() {
                return None;
            }
            Who::Staff(StaffMember { grants, ..staff })
        }
    };
    Some(Session { who, ..session })
}

/// Ends the log-ins of staff with a grant that the settings do not contain any longer.
pub(crate) async fn end_withdrawn_staff(context: &Context) -> Result<(), StoreError> {
    let (mut ended, mut after) = (0_u64, None);
    loop {
        let mut unit = context.begin().await?;
        let db = unit.transaction();
        let batch = sessions::of_staff(db, after, BATCH, context.now()).await?;
        let Some(last) = batch.last() else { break };
        after = Some(last.id);
        for session in &batch {
            let Who::Staff(staff) = &session.who else { continue };
            let left = granted_still(context, &session.provider, staff);
            if left.len() < staff.grants.len() {
                end_session_within(context, &mut unit, session.id).await?;
                ended += 1;
            }
        }
        unit.commit().await?;
    }
    if ended > 0 {
        tracing::warn!(
            ended,
            "the settings grant less to staff than before; log-ins with what is gone have ended"
        );
    }
    Ok(())
}

/// Ends the earlier log-ins of a staff account with a grant that its provider does not vouch for any
/// longer: the account just logged in with `grants`, or with none. `subject` is the account as sessions
/// know it.
pub(super) async fn end_outdated(
    context: &Context,
    provider: &ProviderId,
    subject: &str,
    grants: &[Grant],
) -> Result<(), StoreError> {
    let mut unit = context.begin().await?;
    let (db, mut ended) = (unit.transaction(), 0_u64);
    for session in sessions::of_staff_account(db, provider, subject, context.now()).await? {
        let Who::Staff(staff) = &session.who else { continue };
        if staff.grants.iter().any(|grant| !grants.contains(grant)) {
            end_session_within(context, &mut unit, session.id).await?;
            ended += 1;
        }
    }
    unit.commit().await?;
    if ended > 0 {
        tracing::info!(%provider, ended, "a staff account lost grants at its provider; its earlier log-ins have ended");
    }
    Ok(())
}
