//! The callers that a page accepts.

use crate::http::{page_error::PageError, visitor::Visitor};

/// Callers that a page accepts.
pub(crate) trait Who: 'static {
    /// Whether a form must carry the secret of the session, so that no other site can send it.
    const FORM_NEEDS_SESSION: bool = true;

    /// Refuses everybody else.
    fn check(visitor: &Visitor) -> Result<(), PageError>;
}

/// Everybody, logged in or not.
pub(crate) enum Anybody {}

/// A person who is logged in.
pub(crate) enum Person {}

/// The receiver of a message of ours, logged in or not: what stands in its link proves the form, and
/// no other site knows it.
pub(crate) enum Addressee {}

/// Somebody who logs out, whether they are still logged in or not. The handler looks whose form it is.
pub(crate) enum Leaver {}

/// Somebody who reads a page with a form in another language, whether they are still logged in or not: nothing is
/// done with what the form says.
pub(crate) enum Reader {}

/// A member of an authority's staff who is logged in.
pub(crate) enum Staff {}

impl Who for Anybody {
    fn check(_: &Visitor) -> Result<(), PageError> {
        Ok(())
    }
}

impl Who for Addressee {
    const FORM_NEEDS_SESSION: bool = false;

    fn check(_: &Visitor) -> Result<(), PageError> {
        Ok(())
    }
}

impl Who for Leaver {
    const FORM_NEEDS_SESSION: bool = false;

    fn check(_: &Visitor) -> Result<(), PageError> {
        Ok(())
    }
}

impl Who for Reader {
    const FORM_NEEDS_SESSION: bool = false;

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
