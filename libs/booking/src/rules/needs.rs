//! What must be found out before the rules can be asked.

use jiff::SignedDuration;

/// The facts about a person that rules need. Whatever the log-in itself says is always known.
///
/// The caller unites the needs of all services of a visit and gathers each fact once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// Whether the person is entitled: [`Person::entitled`](super::Person).
    pub entitlement: bool,
    /// When the person was born: [`Person::birth_date`](super::Person).
    pub birth_date: bool,
    /// What the person did in this last stretch of time: [`Person::history`](super::Person).
    pub history: Option<SignedDuration>,
}

impl Needs {
    /// Nothing: the rule judges the visit, or what the log-in says.
    pub const NOTHING: Self = Self { entitlement: false, birth_date: false, history: None };

    /// Whether the person is entitled.
    pub const ENTITLEMENT: Self = Self { entitlement: true, ..Self::NOTHING };

    /// When the person was born.
    pub const BIRTH_DATE: Self = Self { birth_date: true, ..Self::NOTHING };

    /// What the person did within `window` before the visit is judged.
    #[must_use]
    pub const fn history(window: SignedDuration) -> Self {
        Self { history: Some(window), ..Self::NOTHING }
    }

    /// What either needs; the longer stretch of time.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            entitlement: self.entitlement || other.entitlement,
            birth_date: self.birth_date || other.birth_date,
            history: self.history.max(other.history),
        }
    }
}
