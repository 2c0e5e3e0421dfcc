//! Holds of the person that this browser does not know: taken on another device, or of an answer that was
//! lost on its way.

use client::Hold;

use super::visitor::Visitor;
use crate::{directory::Office, session::HeldSlot};

/// Asks every authority that can be reached.
pub(super) async fn recover_holds(visitor: &Visitor) {
    for office in visitor.portal.directory.all() {
        recover_holds_at(visitor, office).await;
    }
}

/// Remembers what the person holds at `office`. What cannot be learnt stays unknown: the page that asks
/// says so.
async fn recover_holds_at(visitor: &Visitor, office: &Office) {
    if office.known().await.reachable == Some(false) {
        return;
    }
    let Ok(token) = visitor.token(&office.id).await else { return };
    let holds = match office.api.own_holds(&token).await {
        Ok(holds) => holds,
        Err(error) => {
            tracing::info!(authority = %office.id, %error, "cannot list a person's holds; only those of this browser are known");
            return;
        }
    };
    visitor.session.change(|session| {
        for hold in holds {
            if !session.knows_hold(hold.hold_id) {
                // What it counts for is asked again when it is shown.
                let hold = Hold { giving_up: None, ..hold };
                let held = HeldSlot { authority: office.id.clone(), hold, searched: Vec::new() };
                session.begin_hold(held);
            }
        }
    });
}
