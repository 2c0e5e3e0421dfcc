//! Whether the wishes of a person who waits can be meant, and each fits a seat of the service at all.
//! One that fits none would keep them in line for nothing.

use booking::{LocalDay, capacity::Need};
use calendar::Channel;
use catalogue::Catalogue;
use ids::{LocationId, ServiceId};
use jiff::{ToSpan as _, civil::Date};

use crate::app::{Engine, WantedSeats, WishesInvalid};

/// Wishes of one person, at most.
const WISHES: usize = 20;
/// Locations or days in one wish, at most.
const NAMED: usize = 200;
/// How many days are looked at for a wish, from the first on which it wants a seat: as many as are
/// looked through for free seats.
const HORIZON_DAYS: i64 = 92;
/// Day plans that are looked at for the wishes of one person, at most. Where a large authority has
/// more, the wishes are taken as they are.
const PLANS: usize = 20_000;

/// A visit that a person waits for.
pub(super) struct Fitting<'a> {
    pub engine: &'a Engine,
    pub catalogue: &'a Catalogue,
    pub service: &'a ServiceId,
    pub people: u16,
}

impl Fitting<'_> {
    /// Looks at the wishes alone.
    ///
    /// # Errors
    /// They are too many or contradict themselves, or the visit is not possible at a location.
    pub(super) fn can_be_meant(&self, wishes: &[WantedSeats]) -> Result<(), WishesInvalid> {
        if !(1..=WISHES).contains(&wishes.len()) {
            return Err(WishesInvalid(format!("state 1 to {WISHES}, the best first")));
        }
        for wish in wishes {
            if wish.locations.len() > NAMED || wish.except.len() > NAMED {
                return Err(WishesInvalid(format!("name at most {NAMED} locations and days")));
            }
            let elsewhere = wish.locations.iter().find(|location| self.visit(location).is_none());
            if let Some(location) = elsewhere {
                return Err(WishesInvalid(format!("no such visit is possible at `{location}`")));
            }
            if wish.from.zip(wish.until).is_some_and(|(from, until)| from > until) {
                return Err(WishesInvalid("`from` is after `until`".to_owned()));
            }
            if wish.after.zip(wish.before).is_some_and(|(after, before)| after >= before) {
                return Err(WishesInvalid("`after` is not before `before`".to_owned()));
            }
        }
        Ok(())
    }

    /// Compares each wish with the hours of the locations, whether or not their seats are taken.
    ///
    /// # Errors
    /// A wish fits no seat from now on; the text says what to change.
    pub(super) fn each_fits(&self, wishes: &[WantedSeats]) -> Result<(), WishesInvalid> {
        let (visits, mut plans) = (self.visits(), PLANS);
        for (at, wish) in wishes.iter().enumerate() {
            let fits = self.fits(wish, &visits, &mut plans);
            fits.map_err(|why| WishesInvalid(format!("wish {at}: {why}")))?;
        }
        Ok(())
    }

    /// What the visit needs at a location; `None` if it is not possible there.
    fn visit(&self, location: &LocationId) -> Option<Need> {
        let (channel, service) = (Channel::Public, std::slice::from_ref(self.service));
        let visit = self.catalogue.visit_by(channel, location, service, self.people).ok()?;
        Some(Need { slots: visit.slots, channel, skilled: visit.desks })
    }

    /// Where the visit is possible.
    fn visits(&self) -> Vec<(&LocationId, Need)> {
        let locations = self.catalogue.locations();
        locations.filter_map(|(location, _)| Some((location, self.visit(location)?))).collect()
    }

    fn fits(
        &self,
        wish: &WantedSeats,
        visits: &[(&LocationId, Need)],
        plans: &mut usize,
    ) -> Result<(), String> {
        let (now, zone) = (self.engine.now(), &self.engine.berlin);
        let mut day_fits = false;
        for date in self.days(wish) {
            for (location, need) in visits.iter().filter(|(location, _)| wish.allows_at(location)) {
                let Some(left) = plans.checked_sub(1) else { return Ok(()) };
                *plans = left;
                let plan = self.engine.availability.day_plan(location, date);
                let Some(plan) = plan.filter(|plan| !plan.is_closed()) else { continue };
                let day = LocalDay::of(location, &plan);
                for offer in need.offers(&plan) {
                    let Some(desk) = offer.desks.lowest() else { continue };
                    let seat = day.seat(offer.span, desk);
                    if seat.start > now && wish.allows(&seat, zone) {
                        return Ok(());
                    }
                    day_fits |= seat.start > now;
                }
            }
        }
        Err(match day_fits {
            true => {
                "no visit of this length fits the hours of these days: change `after`, `before` or \
                     `people`"
                    .to_owned()
            }
            false => format!(
                "no visit is possible there on such a day, of the next {HORIZON_DAYS} or of those after \
                 `from`: change `locations`, `from`, `until`, `weekdays` or `except`"
            ),
        })
    }

    /// The days on which the wish wants a seat, from today on.
    fn days(&self, wish: &WantedSeats) -> impl Iterator<Item = Date> {
        let today = self.engine.local_date(self.engine.now());
        let first = wish.from.map_or(today, |from| from.max(today));
        let days = (0..=HORIZON_DAYS).map(move |days| first.saturating_add(days.days()));
        days.filter(|date| wish.allows_on(*date))
    }
}
