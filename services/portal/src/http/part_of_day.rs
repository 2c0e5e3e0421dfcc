//! Which part of a day's times a page shows.
//!
//! A day can have a thousand free times. A page shows a handful at each of a few places, the earliest
//! first, and links to more; so it stays short for a thumb and for the tab key.

use ids::LocationId;
use jiff::civil::{Date, Time};

use super::{
    asked::{Asked, What},
    page_error::PageError,
    search::SearchCriteria,
};
use crate::directory::Offer;

/// How many places are shown at once.
pub(crate) const PLACES_ON_PAGE: usize = 6;

/// How many times are shown at once, over all places.
const TIMES_ON_PAGE: usize = 18;

/// A search and one day of its result.
#[derive(Debug, Clone)]
pub(crate) struct ChosenDay {
    pub(crate) criteria: SearchCriteria,
    pub(crate) date: Date,
    pub(crate) part: PartOfDay,
}

/// What is shown of the day: at first the earliest times at the first places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PartOfDay {
    /// Only this place, with more of its times.
    pub(crate) at: Option<LocationId>,
    /// Times from this one on.
    pub(crate) from: Option<Time>,
    /// How many places before these were shown already.
    pub(crate) skip: usize,
}

impl What for ChosenDay {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let from = asked.field("from").map(|from| Time::strptime("%H:%M", from)).transpose();
        let part = PartOfDay {
            at: asked.all("at")?.pop(),
            from: from.map_err(|_| PageError::BadRequest)?,
            skip: asked.all("skip")?.pop().unwrap_or_default(),
        };
        Ok(Self { criteria: SearchCriteria::read(asked)?, date: asked.required("date")?, part })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        let is_known = |id: &LocationId| offer.location(id).is_some();
        if !self.part.at.as_ref().is_none_or(is_known) {
            return Err(PageError::NotFound);
        }
        self.criteria.check(offer)
    }
}

impl ChosenDay {
    /// The same day, another part of it.
    pub(crate) fn showing(&self, part: PartOfDay) -> Self {
        Self { part, ..self.clone() }
    }
}

impl PartOfDay {
    /// One place, from a time on.
    pub(crate) fn at(place: LocationId, from: Time) -> Self {
        Self { at: Some(place), from: Some(from), skip: 0 }
    }

    /// The query's fields that say so.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let at = self.at.iter().map(|at| ("at", at.to_string()));
        let from = self.from.iter().map(|from| ("from", from.strftime("%H:%M").to_string()));
        let skip = (self.skip > 0).then(|| ("skip", self.skip.to_string()));
        at.chain(from).chain(skip).collect()
    }
}

/// How many times each of so many places shows: fewer places show more.
pub(crate) fn handful(places: usize) -> usize {
    (TIMES_ON_PAGE / places.clamp(1, PLACES_ON_PAGE)).max(1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn few_places_show_many_times_and_no_page_shows_more_than_eighteen() {
        assert_eq!([0, 1, 2, 6, 40].map(handful), [18, 18, 9, 3, 3]);
        assert!((1..=PLACES_ON_PAGE).all(|places| places * handful(places) <= TIMES_ON_PAGE));
    }

    #[test]
    fn a_part_survives_the_way_through_an_address() {
        let part = PartOfDay::at("mitte".parse().unwrap(), time(9, 20, 0, 0));
        let mut fields: Vec<_> =
            part.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        for (name, value) in [("service", "120703"), ("date", "2027-01-05")] {
            fields.push((name.to_owned(), value.to_owned()));
        }
        let asked = Asked { fields, ..Asked::default() };
        assert_eq!(ChosenDay::read(&asked).unwrap().part, part);
        assert!(PartOfDay::default().fields().is_empty());
    }
}
