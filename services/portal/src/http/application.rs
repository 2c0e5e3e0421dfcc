//! The application that some services ask for, as the pages on the way to an appointment say it.

use ids::AuthorityId;

use super::{search::SearchCriteria, visitor::Visitor};
use crate::directory::Offer;

/// What a page says of it.
pub(crate) enum Application {
    /// Its number is asked for, at this address.
    Needed(String),
    /// The person has proven it in this session: the number is not asked for again.
    Known(KnownApplication),
}

/// The application that counts.
pub(crate) struct KnownApplication {
    /// Its number; `None` if the session does not know it any more.
    pub(crate) number: Option<String>,
    /// Where another one is entered.
    pub(crate) change: String,
}

impl Application {
    /// Of what is searched; `None` if no service asks for one.
    pub(crate) fn of(
        visitor: &Visitor,
        authority: &AuthorityId,
        offer: &Offer,
        criteria: &SearchCriteria,
    ) -> Option<Self> {
        let services = criteria.services.iter().filter_map(|id| offer.service(id));
        let mut needing = services.filter(|service| service.entitlement_required).peekable();
        needing.peek()?;
        let session = visitor.session.read();
        let claims: Option<Vec<_>> =
            needing.map(|service| session.claim(authority, &service.id)).collect();
        let Some(claims) = claims else {
            return Some(Self::Needed(visitor.links.entitlement(authority, criteria)));
        };
        let mut numbers: Vec<_> = claims.iter().map(|claim| claim.reference.as_str()).collect();
        numbers.retain(|number| !number.is_empty());
        numbers.dedup();
        Some(Self::Known(KnownApplication {
            number: (!numbers.is_empty()).then(|| visitor.texts.list(&numbers)),
            change: visitor.links.other_entitlement(authority, criteria),
        }))
    }

    /// The one that counts, if the person has proven it.
    pub(crate) fn known(self) -> Option<KnownApplication> {
        match self {
            Self::Known(known) => Some(known),
            Self::Needed(_) => None,
        }
    }
}
