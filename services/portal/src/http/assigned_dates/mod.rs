//! Dates that an authority gives to applications on file, and how they are answered.

pub(super) mod accept;
pub(super) mod decline;
pub(super) mod own;

use ids::AssignedDateId;

use super::{
    asked::{Asked, What},
    page_error::PageError,
};

/// A page about one date.
impl What for AssignedDateId {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        asked.path("date")
    }
}
