//! The actor of a change.

use std::fmt;

use ids::{ClientId, Pseudonym, StaffId};

/// The actor of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The person whose booking it is.
    Citizen(Pseudonym),
    /// A member of staff.
    Staff(StaffId),
    /// A program of another agency.
    Agency(ClientId),
    /// An agency on behalf of a person.
    ForCitizen(ClientId, Pseudonym),
    /// This program by itself, for example a timer.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Citizen(person) => write!(f, "citizen:{person}"),
            Self::Staff(staff) => write!(f, "staff:{staff}"),
            Self::Agency(client) => write!(f, "agency:{client}"),
            Self::ForCitizen(client, person) => write!(f, "agency:{client} for citizen:{person}"),
            Self::System => f.write_str("system"),
        }
    }
}
