//! Availability queries.

use calendar::Channel;
use catalogue::VisitError;
use ids::{LocationId, ServiceId};
use jiff::{ToSpan as _, civil::Date};

/// The longest range of days that one query may ask for; also how far ahead anything is shown.
pub const LONGEST_RANGE_DAYS: i32 = 400;

/// The visit to search for.
#[derive(Debug, Clone)]
pub(super) struct SearchCriteria<'a> {
    pub services: &'a [ServiceId],
    pub locations: &'a [LocationId],
    pub people: u16,
    pub channel: Channel,
}

macro_rules! queries {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            /// All of these in one visit.
            pub services: Vec<ServiceId>,
            /// At any of these; empty for all that do the services.
            pub locations: Vec<LocationId>,
            /// How many people come.
            pub people: u16,
            /// By which way it would be booked.
            pub channel: Channel,
            $($(#[doc = $field_doc])+ pub $field: $type,)*
        }

        impl $name {
            fn criteria(&self) -> SearchCriteria<'_> {
                SearchCriteria {
                    services: &self.services,
                    locations: &self.locations,
                    people: self.people,
                    channel: self.channel,
                }
            }
        }
    )+};
}

queries! {
    /// On which days is something free?
    DaysQuery {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    }
    /// What is free on a day?
    SlotsQuery {
        /// The day.
        date: Date,
    }
    /// What is free first?
    EarliestQuery {}
}

impl DaysQuery {
    /// The days that are worth looking at.
    pub(super) fn range(&self, today: Date) -> Result<(Date, Date), AvailabilityError> {
        let limit = |from: Date| from.saturating_add(LONGEST_RANGE_DAYS.days());
        if self.from > self.to {
            return Err(AvailabilityError::RangeReversed);
        }
        if self.to > limit(self.from) {
            return Err(AvailabilityError::RangeTooLong);
        }
        Ok((self.from.max(today), self.to.min(limit(today))))
    }
}

/// Any of the queries.
#[derive(Debug)]
pub(super) enum Query {
    Days(DaysQuery),
    Slots(SlotsQuery),
    Earliest(EarliestQuery),
}

impl Query {
    pub fn criteria(&self) -> SearchCriteria<'_> {
        match self {
            Self::Days(query) => query.criteria(),
            Self::Slots(query) => query.criteria(),
            Self::Earliest(query) => query.criteria(),
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AvailabilityError {
    /// The occupancy was not read yet.
    #[error("the occupancy was not read yet")]
    NotLoaded,
    /// What is wanted is not offered in one visit.
    #[error(transparent)]
    Visit(#[from] VisitError),
    /// The last day comes before the first.
    #[error("`to` is before `from`")]
    RangeReversed,
    /// Too many days.
    #[error("ask for at most 400 days")]
    RangeTooLong,
}
