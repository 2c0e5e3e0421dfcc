//! How a person comes to another time than that of their appointment.

use client::Allocation;
use ids::ServiceId;

use crate::directory::Offer;

/// How a person comes to another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnotherTime {
    /// They choose it: the appointment can be moved.
    Chosen,
    /// The authority gives all dates.
    Given,
    /// All are drawn.
    Drawn,
}

impl AnotherTime {
    /// For an appointment for `services`.
    pub(crate) fn of(offer: &Offer, services: &[ServiceId]) -> Self {
        let is = |allocation| {
            let mut known = services.iter().filter_map(|id| offer.service(id));
            known.any(|service| service.allocation == allocation)
        };
        match (is(Allocation::Assign), is(Allocation::Draw)) {
            (true, _) => Self::Given,
            (false, true) => Self::Drawn,
            (false, false) => Self::Chosen,
        }
    }

    pub(crate) fn is_chosen(self) -> bool {
        self == Self::Chosen
    }

    pub(crate) fn is_given(self) -> bool {
        self == Self::Given
    }

    /// The text for who cannot come.
    pub(crate) const fn change_key(self) -> &'static str {
        match self {
            Self::Chosen => "appointment-change-body",
            Self::Given => "appointment-change-assigned",
            Self::Drawn => "appointment-change-drawn",
        }
    }

    /// The text that says how a new appointment is had after this one is cancelled.
    pub(crate) const fn afterwards_key(self) -> &'static str {
        match self {
            Self::Chosen => "cancel-rebook-now",
            Self::Given => "cancel-next-assigned",
            Self::Drawn => "cancel-next-drawn",
        }
    }
}
