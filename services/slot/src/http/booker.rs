//! The booking party for the use cases.

use auth::Booker;

use crate::domain::{Actor, BookedBy};

/// The actor in the audit log.
pub(super) fn actor(booker: &Booker) -> Actor {
    let person = booker.citizen.pseudonym;
    match &booker.agency {
        Some(agency) => Actor::ForCitizen(agency.client.clone(), person),
        None => Actor::Citizen(person),
    }
}

/// The booking party as shown to the person, if it was not they.
pub(super) fn booked_by(booker: &Booker) -> Option<BookedBy> {
    let agency = booker.agency.as_ref()?;
    Some(BookedBy::Agency { client: agency.client.clone(), name: agency.name.clone() })
}
