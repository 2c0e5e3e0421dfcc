//! Callers that may hold and book for a person.

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use problem::Problem;

use super::{Caller, Citizen, Extracted, extract};
use crate::{AccessClaims, ActingAgency, scope};

/// A person with the scope [`BOOKINGS`](scope::BOOKINGS), or an agency's program that acts for them
/// with [`BOOKINGS_WRITE_ON_BEHALF`](scope::BOOKINGS_WRITE_ON_BEHALF) (RFC 8693).
///
/// The agency's token was exchanged for one of the person's, who allowed it at their log-in.
/// Without the scope the answer is 403.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booker {
    /// The person booked for: every rule judges them.
    pub citizen: Citizen,
    /// The acting agency, if the person does not act themselves (RFC 8693 `act`).
    pub agency: Option<ActingAgency>,
}

impl Caller for Booker {
    fn read(claims: &AccessClaims) -> Result<Self, Problem> {
        let agency = claims.act.clone();
        let needed = match agency {
            Some(_) => scope::BOOKINGS_WRITE_ON_BEHALF,
            None => scope::BOOKINGS,
        };
        let citizen = Citizen::subject(claims)?;
        citizen.require_scope(needed)?;
        Ok(Self { citizen, agency })
    }
}

impl FromRequest for Booker {
    type Error = Problem;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        extract(request)
    }
}
