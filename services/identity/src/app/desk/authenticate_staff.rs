//! Authenticates desk staff.

use auth::{AccessClaims, Role, scope};
use problem::{Problem, types};
use vocabulary::authority_of;

use super::{super::Context, DeskStaff};
use crate::store::sessions::{self, Session, StaffMember, Who};

/// The member of staff behind an access token, whose session has not ended.
pub(crate) async fn authenticate_staff(
    context: &Context,
    claims: &AccessClaims,
) -> Result<DeskStaff, Problem> {
    let ended = || Problem::new(&types::INVALID_TOKEN).detail("The session has ended.");
    let session = claims.sid.ok_or_else(ended)?;
    let db = context.database.connection();
    let session = sessions::find_live(db, session, context.now()).await;
    let session = session.map_err(|error| Problem::new(&types::INTERNAL).caused_by(error))?;
    staff(claims, session.ok_or_else(ended)?)
}

fn staff(claims: &AccessClaims, session: Session) -> Result<DeskStaff, Problem> {
    let forbidden = |detail| Problem::new(&types::FORBIDDEN).detail(detail);
    let authority = authority_of(&claims.aud).ok_or_else(|| {
        Problem::new(&types::WRONG_AUDIENCE).detail("Send a token for your authority.")
    })?;
    let id =
        claims.sub.parse().map_err(|_| forbidden("This needs a token of a member of staff."))?;
    let Who::Staff(StaffMember { account, .. }) = session.who else {
        return Err(forbidden("This needs a token of a member of staff."));
    };
    let is_at_desk = claims.roles.iter().any(|role| Role::FRONT_DESK.contains(role));
    if !is_at_desk || !claims.has_scope(scope::DESK) {
        return Err(forbidden("This needs the role of a clerk or supervisor."));
    }
    Ok(DeskStaff { authority, id, account })
}
