//! What must be found out before the rules can be asked.
//!
//! Facts cost a query or a question to the person, and they are personal data: what no rule of
//! a visit needs is not looked up (GDPR article 5 (1) (c)). A rule states its needs from its
//! settings alone, so they are known before the facts are gathered.
//!
//! A new fact is a field here, one in [`Person`](super::Person), and a look-up in
//! `services/slot/src/app/facts.rs`.

use jiff::SignedDuration;

/// The facts about a person that rules need. Whatever the log-in itself says is always known.
///
/// The caller unites the needs of all services of a visit and gathers each fact once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// Whether the person is entitled: [`Person::entitled`](super::Person).
    ///
    /// To all services of the visit that ask for one.
    pub entitlement: bool,
    /// When the person was born: [`Person::birth_date`](super::Person).
    ///
    /// It is read from the attendee token at the confirm, and is not kept for the rule.
    pub birth_date: bool,
    /// What the person did in this last stretch of time: [`Person::history`](super::Person).
    ///
    /// Elapsed time back from the present. `None`: no rule counts.
    pub history: Option<SignedDuration>,
}

impl Needs {
    /// Nothing: the rule judges the visit, or what the log-in says.
    ///
    /// The default of [`Rule::needs`](super::Rule::needs).
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
    ///
    /// Commutative and associative, so the order of rules and services does not matter;
    /// [`NOTHING`](Self::NOTHING) changes nothing.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            entitlement: self.entitlement || other.entitlement,
            birth_date: self.birth_date || other.birth_date,
            history: self.history.max(other.history),
        }
    }
}
