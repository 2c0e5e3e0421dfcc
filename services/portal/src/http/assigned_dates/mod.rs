//! Dates that an authority gives to applications on file, and how they are answered.

pub(super) mod accept;
pub(super) mod decline;
mod find;
pub(super) mod own;

use ids::AssignedDateId;

use super::{
    asked::{Asked, What},
    page_error::PageError,
    request::{Authority, Person, Request},
};

/// A page about one date.
impl What for AssignedDateId {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        asked.path("date")
    }
}

/// What the pages of a date are asked for.
type Answering = Request<Person, Authority, AssignedDateId>;
