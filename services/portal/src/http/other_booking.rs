//! The appointment that bars another one of its group, in words.

use std::borrow::Cow;

use super::visit::Name;

/// The appointment that bars another one of its group.
#[derive(Debug, Clone)]
pub(crate) struct OtherBooking {
    pub(crate) services: Vec<Name>,
    pub(crate) moment: Cow<'static, str>,
    /// What both are for, if the group has a name and they are for different services: a passport is barred by an
    /// identity card.
    pub(crate) group: Option<Name>,
    pub(crate) link: String,
    /// Where it is moved; `None` if its person does not choose the time, or it has begun.
    pub(crate) move_link: Option<String>,
}
