//! What the use cases learn of whoever books.

use auth::Booker;

use crate::store::{audit::Actor, bookings::BookedBy};

/// Who the audit log says it was.
pub(super) fn actor(booker: &Booker) -> Actor {
    let person = booker.citizen.pseudonym;
    match &booker.agency {
        Some(agency) => Actor::ForCitizen(agency.client.clone(), person),
        None => Actor::Citizen(person),
    }
}

/// Who the person is told it was, if it was not they.
pub(super) fn booked_by(booker: &Booker) -> Option<BookedBy> {
    let agency = booker.agency.as_ref()?;
    Some(BookedBy::Agency { client: agency.client.clone(), name: agency.name.clone() })
}
