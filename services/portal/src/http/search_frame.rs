//! What is said on each page on the way to an appointment before anything is chosen there.

use super::{
    another_time::AnotherTime,
    barring::barring,
    frame::{Frame, LoginOffer, VisitNotice},
    request::Authority,
    search::SearchCriteria,
    visit,
    visit_limits::{Limits, addable},
    visitor::Visitor,
};

/// The frame of such a page. A person without a sure enough log-in reads what it is needed for and which
/// ways there are; a person with an appointment in the same group is shown it.
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
        visit: visit_notice(visitor, authority, criteria),
        login_offer: level.is_none_or(|level| level < needed).then_some(offer),
        other_booking: barring(visitor, authority, criteria).await,
        ..visitor.frame(title)
    }
}

/// Nothing if only one person can come for only this, or if no time is chosen: who comes then changes nothing. A move
/// keeps what was booked.
fn visit_notice(
    visitor: &Visitor,
    Authority { office, offer }: &Authority,
    criteria: &SearchCriteria,
) -> Option<VisitNotice> {
    let count = criteria.services.len();
    let can_be_more = Limits::of(offer, &criteria.services).people > 1
        || count > 1
        || addable(offer, criteria).next().is_some();
    let is_time_chosen = AnotherTime::of(offer, &criteria.services).is_chosen()
        && !criteria.services.iter().any(|id| offer.is_for_staff_alone(id));
    (can_be_more && is_time_chosen && criteria.replaces.is_none()).then(|| VisitNotice {
        people: visitor.texts.fill("visit-people", "count", criteria.people.unwrap_or(1)),
        services: visitor.texts.fill("visit-service-count", "count", count),
        link: visitor.links.visit(&office.id, criteria),
    })
}
