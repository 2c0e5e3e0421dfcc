//! The callers that a page accepts.

use crate::http::{page_error::PageError, visitor::Visitor};

/// Callers that a page accepts.
pub(crate) trait Who: 'static {
    /// Refuses everybody else.
    fn check(visitor: &Visitor) -> Result<(), PageError>;
}

/// Everybody, logged in or not.
pub(crate) enum Anybody {}

/// Somebody who is logged in.
pub(crate) enum Person {}

/// A member of an authority's staff who is logged in.
pub(crate) enum Staff {}

impl Who for Anybody {
    fn check(_: &Visitor) -> Result<(), PageError> {
        Ok(())
    }
}

impl Who for Person {
    fn check(visitor: &Visitor) -> Result<(), PageError> {
        visitor.login().map(drop)
    }
}

impl Who for Staff {
    fn check(visitor: &Visitor) -> Result<(), PageError> {
        visitor.staff().map(drop)
    }
}
