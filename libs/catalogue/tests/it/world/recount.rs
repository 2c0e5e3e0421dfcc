//! The world looked at minute by minute, from the office's plain numbers and not from a day plan.

use std::collections::{BTreeSet, HashSet};

use booking::capacity::Need;
use calendar::Channel;
use catalogue::Reserved;
use jiff::{SignedDuration, Timestamp};

use super::{
    World,
    office::{DAYS, Day, Place},
};

/// A location, a desk by its index, and the minute that begins then.
type Taken<'a> = (&'a str, u8, Timestamp);

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A minute of a day, and a desk by its index.
type Start = (u16, u8);

impl World {
    pub(super) fn recount(&self) {
        let taken = self.taken();
        for booking in &self.bookings {
            self.everything_that_it_names_is_there(booking);
        }
        let persons: BTreeSet<_> = self.bookings.iter().map(|b| (b.person, &b.group)).collect();
        assert_eq!(persons.len(), self.bookings.len(), "one person has two in a group");
        for place in &self.office.places {
            for day in 0..DAYS.len() {
                for service in 0..2 {
                    assert_eq!(
                        self.offered(place, day, service),
                        self.expected(place, day, service, &taken)
                    );
                }
            }
        }
    }

    /// Every minute that is taken at a desk; none of them twice.
    fn taken(&self) -> HashSet<Taken<'_>> {
        let mut taken = HashSet::new();
        for Reserved { seat, .. } in &self.bookings {
            let mut minute = seat.start;
            while minute < seat.end {
                let first = taken.insert((seat.location.as_str(), seat.desk.index(), minute));
                assert!(first, "two bookings at one desk at {minute}");
                minute += MINUTE;
            }
        }
        taken
    }

    fn everything_that_it_names_is_there(&self, booking: &Reserved) {
        let places = &self.office.places;
        let place = places.iter().find(|p| p.name.now == booking.seat.location.as_str());
        let place = place.expect("its location is there");
        let id = booking.services[0].as_str();
        let index = self.office.services.iter().position(|s| s.name.now == id);
        let index = index.expect("its service is there");
        let group = &self.office.groups[self.office.services[index].group].now;
        assert_eq!(booking.group.as_ref().map(|group| group.as_str()), Some(group.as_str()));
        if self.kept.contains(&booking.id) {
            return;
        }
        assert!(booking.seat.desk.index() < place.desks && place.does[index], "{booking:?}");
        let opens = |date: &str, hour: u16| -> Timestamp {
            format!("{date}T{hour:02}:00:00+01:00").parse().unwrap()
        };
        let open = (0..2).any(|day| {
            let (from, until) = place.hours;
            place.days[day] == Day::Open
                && opens(DAYS[day], from) <= booking.seat.start
                && booking.seat.end <= opens(DAYS[day], until)
        });
        assert!(open, "nobody is there: {booking:?}");
    }

    /// What `Need::offers` gives, minus what is taken.
    fn offered(&self, place: &Place, day: usize, service: usize) -> BTreeSet<Start> {
        let location = place.name.now.parse().unwrap();
        let service = self.office.services[service].name.now.parse().unwrap();
        let Ok(visit) = self.catalogue.visit(&location, &[service], 1) else {
            return BTreeSet::new();
        };
        let need = Need { slots: visit.slots, channel: Channel::Public, skilled: visit.desks };
        let plan = self.plan(&location, day);
        let occupancy = self.occupancy(&location, &plan);
        need.offers(&plan)
            .flat_map(|offer| {
                let start = offer.span.from;
                offer
                    .free(&occupancy)
                    .iter()
                    .map(move |desk| (start, desk.index()))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    fn expected(
        &self,
        place: &Place,
        day: usize,
        service: usize,
        taken: &HashSet<Taken<'_>>,
    ) -> BTreeSet<Start> {
        let mut starts = BTreeSet::new();
        if place.days[day] != Day::Open || !place.does[service] {
            return starts;
        }
        let (from, until) = (place.hours.0 * 60, place.hours.1 * 60);
        let midnight: Timestamp = format!("{}T00:00:00+01:00", DAYS[day]).parse().unwrap();
        let slot = place.grid * place.units;
        let visit = slot * self.office.services[service].slots;
        for start in (from..until).step_by(usize::from(slot)) {
            let end = start + visit;
            for desk in (0..place.public.min(place.desks)).filter(|_| end <= until) {
                let is_free = |minute: u16| {
                    let instant = midnight + MINUTE * i32::from(minute);
                    !taken.contains(&(place.name.now.as_str(), desk, instant))
                };
                if (start..end).all(is_free) {
                    starts.insert((start, desk));
                }
            }
        }
        starts
    }
}
