//! What is said on each page on the way to an appointment before anything is chosen there.

use super::{
    barring::barring,
    frame::{Frame, LoginOffer},
    request::Authority,
    search::SearchCriteria,
    visit,
    visitor::Visitor,
};

/// The frame of such a page: whoever is not logged in surely enough reads what for and by which ways, and
/// whoever has an appointment in the same group is shown it.
pub(super) async fn search_frame(
    visitor: &Visitor,
    title: impl Into<String>,
    authority: &Authority,
    criteria: &SearchCriteria,
) -> Frame {
    let needed = visit::needed_level(&authority.offer, &criteria.services);
    let level = visitor.session.read().login.map(|login| login.level);
    let offer = LoginOffer {
        link: visitor.links.login_start(&visitor.back, Some(needed)),
        level_key: visit::level_key(needed),
        is_step_up: level.is_some(),
    };
    Frame {
        login_offer: level.is_none_or(|level| level < needed).then_some(offer),
        other_booking: barring(visitor, authority, criteria).await,
        ..visitor.frame(title)
    }
}
