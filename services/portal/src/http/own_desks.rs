//! The front desks that the member of staff who is logged in may use.

use futures_util::future::join_all;

use super::{visit::Name, visitor::Visitor};

/// One of them.
pub(crate) struct OwnDesk {
    pub(crate) name: Name,
    pub(crate) link: String,
}

/// All of them, in the order of the settings. An authority for which no token can be had is left out, whatever
/// the reason is: nothing else depends on it.
pub(crate) async fn own_desks(visitor: &Visitor) -> Vec<OwnDesk> {
    let Some(login) = visitor.session.read().login.filter(|login| login.is_staff) else {
        return Vec::new();
    };
    let (portal, login) = (&visitor.portal, &login);
    let desks = portal.directory.all().iter().map(|office| async move {
        portal.tokens.get(&login.refresh_token, &office.id).await.ok().map(|_| OwnDesk {
            name: Name::of(&office.name(), visitor.texts),
            link: visitor.links.desk(&office.id),
        })
    });
    join_all(desks).await.into_iter().flatten().collect()
}
