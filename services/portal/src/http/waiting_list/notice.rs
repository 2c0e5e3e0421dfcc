//! What the page of a service says if people can wait for its appointments.

use super::way_in;
use crate::http::{request::Authority, search::SearchCriteria, visit, visitor::Visitor};

/// The way into a waiting list.
pub(crate) struct WaitingNotice {
    pub(crate) join: String,
    /// How to log in, for a visitor who is not logged in.
    pub(crate) level_key: Option<&'static str>,
    /// The person has an appointment and waits for an earlier one.
    pub(crate) is_move: bool,
}

impl WaitingNotice {
    /// `None` if the service has no list, or several services are searched: a place is for one.
    pub(crate) fn of(
        visitor: &Visitor,
        Authority { office, offer }: &Authority,
        criteria: &SearchCriteria,
    ) -> Option<Self> {
        let [service] = criteria.services.as_slice() else { return None };
        let service = offer.service(service).filter(|service| service.waiting_list)?;
        let needed = visit::needed_level(offer, std::slice::from_ref(&service.id));
        let join = visitor.links.join_waiting_list(&office.id, &service.id);
        let is_logged_in = visitor.session.read().login.is_some();
        Some(Self {
            join: way_in(visitor, &join, needed),
            level_key: (!is_logged_in).then(|| visit::level_key(needed)),
            is_move: criteria.replaces.is_some(),
        })
    }
}
