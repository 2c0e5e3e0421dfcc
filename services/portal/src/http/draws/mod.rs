//! Draws of appointments: what they are, entering with wishes, what came of it, and how to check it.

pub(super) mod check;
pub(super) mod earlier;
pub(super) mod enter;
pub(super) mod entry;
pub(crate) mod facts;
pub(super) mod leave;
mod left;
pub(super) mod log;
mod may_enter;
mod not_booked;
pub(super) mod notice;
pub(super) mod own;
mod phone_form;
pub(super) mod public;
pub(super) mod seat;
mod stage;
pub(crate) mod wish_form;
pub(crate) mod wish_words;
mod witnesses;

use ids::DrawId;

use super::{
    asked::{Asked, What},
    page_error::PageError,
};

/// A page about one draw.
impl What for DrawId {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        asked.path("draw")
    }
}
