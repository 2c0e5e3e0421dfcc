//! The draw of a form at the desk, and what was filled in before.

use ids::DrawId;

use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
};

/// The draw, and what was filled in and needed a log-in first.
pub(crate) struct AskedDraw<Filled> {
    pub(super) draw: DrawId,
    pub(super) typed: Option<Filled>,
}

impl<Filled: What> What for AskedDraw<Filled> {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { draw: asked.path("draw")?, typed: asked.typed_as() })
    }
}
