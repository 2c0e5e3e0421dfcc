//! What ties a booking to the person who comes.

use std::{fmt, str::FromStr};

use auth::Attendee;
use booking::TrustLevel;
use schemars::JsonSchema;
use serde::Serialize;

/// What ties a booking to its person. A booking cannot be passed on if the person proved
/// themselves; a clerk's word alone can be bought, so how many of a day rest on it is bounded and
/// public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// The person's own log-in, or a program that they let act for them.
    Online,
    /// The person's own online ID at the desk.
    Card,
    /// A document that one member of staff saw.
    Vouched,
    /// The same, and a second one agreed.
    VouchedByTwo,
    /// What somebody said by phone. Provisional: no document was seen yet.
    Phone,
    /// Booked by phone; the document was compared at the visit.
    PhoneCompared,
}

impl Binding {
    /// Every binding.
    pub const ALL: [Self; 6] = [
        Self::Online,
        Self::Card,
        Self::Vouched,
        Self::VouchedByTwo,
        Self::Phone,
        Self::PhoneCompared,
    ];

    /// What a booking by staff rests on: identity's statement says how the person was proven.
    #[must_use]
    pub fn at_desk(attendee: &Attendee) -> Self {
        match (attendee.checked_by, attendee.level) {
            (None, TrustLevel::High) => Self::Card,
            (Some(_), TrustLevel::Basic) => Self::Phone,
            // A password proves no identity at a desk: the clerk looks at a document.
            (None | Some(_), _) => Self::Vouched,
        }
    }

    /// Whether the document is still to be compared.
    #[must_use]
    pub const fn is_provisional(self) -> bool {
        matches!(self, Self::Phone)
    }

    /// Whether what rests on this is as safe as what is stated with `stated`: a colleague's agreement adds to
    /// one's own word.
    #[must_use]
    pub fn includes(self, stated: Self) -> bool {
        self == stated || matches!((self, stated), (Self::VouchedByTwo, Self::Vouched))
    }

    /// Its name in the database and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Card => "card",
            Self::Vouched => "vouched",
            Self::VouchedByTwo => "vouched_by_two",
            Self::Phone => "phone",
            Self::PhoneCompared => "phone_compared",
        }
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text is none of the bindings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a binding of a booking")]
pub struct UnknownBinding;

impl FromStr for Binding {
    type Err = UnknownBinding;

    fn from_str(text: &str) -> Result<Self, UnknownBinding> {
        Self::ALL.into_iter().find(|binding| binding.as_str() == text).ok_or(UnknownBinding)
    }
}

#[cfg(test)]
mod tests {
    use ids::{Pseudonym, StaffId};

    use super::*;

    #[test]
    fn only_the_own_card_and_a_document_bind_at_once() {
        let attendee = |checked_by: Option<u128>, level| Attendee {
            pseudonym: Pseudonym::from_bits(1),
            given_name: None,
            family_name: "Suharto".to_owned(),
            birthdate: "1980".to_owned(),
            level,
            checked_by: checked_by.map(StaffId::from_bits),
            by_phone: None,
            has_email: false,
        };
        for (checked_by, level, binding) in [
            (None, TrustLevel::High, Binding::Card),
            (None, TrustLevel::Substantial, Binding::Vouched),
            (None, TrustLevel::Basic, Binding::Vouched),
            (Some(1), TrustLevel::High, Binding::Vouched),
            (Some(1), TrustLevel::Basic, Binding::Phone),
        ] {
            assert_eq!(Binding::at_desk(&attendee(checked_by, level)), binding, "{level}");
        }
    }

    #[test]
    fn a_colleagues_agreement_adds_to_ones_own_word_and_to_nothing_else() {
        for (kept, stated) in Binding::ALL.into_iter().flat_map(|a| Binding::ALL.map(|b| (a, b))) {
            let adds = (kept, stated) == (Binding::VouchedByTwo, Binding::Vouched);
            assert_eq!(kept.includes(stated), kept == stated || adds, "{kept} {stated}");
        }
    }

    #[test]
    fn a_binding_is_read_as_it_is_written() {
        for binding in Binding::ALL {
            assert_eq!(binding.to_string().parse(), Ok(binding));
        }
        assert_eq!("friend".parse::<Binding>(), Err(UnknownBinding));
    }
}
