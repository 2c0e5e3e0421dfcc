//! Availability follows the holds.

use std::sync::Arc;

use ambient::VirtualClock;
use arc_swap::ArcSwap;
use booking::LocalDay;
use catalogue::Catalogue;
use ids::BookingId;
use jiff::SignedDuration;
use slot::{
    availability::{Availability, AvailabilityError, FreeDay, FreeSlot, VisitQuery},
    holds::{FactsNeeded, HoldRequest, Holds, MemoryHolds},
};

/// Two places: `mitte` opens at eight with three desks, `wedding` at nine with one.
const CATALOGUE: &str = r#"
catalogue:
  authority: {id: test, name: {de: Testamt}}
  holidays: none
  groups: {papers: {name: {de: Papiere}}}
  services:
    passport: {name: {de: Reisepass}, group: papers, combinable: true, rules: {leadTime: {minutes: 60}}}
    card: {name: {de: Ausweis}, group: papers, combinable: true, slots: 2}
    rare: {name: {de: Seltenes}, group: papers}
  locations:
    mitte:
      name: {de: Mitte}
      address: {street: Gasse 1, postalCode: "10178"}
      desks: 3
      services: {passport: {}, card: {desks: [2]}}
      bookable: {fromDays: 0, toDays: 30}
      opening: {mondays: {hours: {monday: 08:00-09:00}, slotMinutes: 10}}
    wedding:
      name: {de: Wedding}
      address: {street: Gasse 2, postalCode: "13347"}
      desks: 1
      services: {passport: {}, rare: {}}
      bookable: {fromDays: 0, toDays: 30}
      opening: {mondays: {hours: {monday: 09:00-10:00}, slotMinutes: 20}}
"#;

struct Town {
    clock: VirtualClock,
    holds: Holds,
    availability: Availability,
}

impl Town {
    /// Friday noon before the first Monday.
    async fn new() -> Self {
        let clock = VirtualClock::at("2027-01-08T11:00:00Z".parse().unwrap());
        let holds = Holds::Memory(MemoryHolds::new(Arc::new(clock.clone())));
        let catalogue = Catalogue::parse("test", CATALOGUE).unwrap();
        let catalogue = Arc::new(ArcSwap::from_pointee(catalogue));
        let availability = Availability::new(catalogue, holds.clone(), Arc::new(clock.clone()));
        let town = Self { clock, holds, availability };
        assert_eq!(town.days(&["passport"], &[]), Err(AvailabilityError::NotLoaded));
        let rebuild = town.holds.begin_rebuild().await.unwrap().unwrap();
        town.holds.finish_rebuild(rebuild).await.unwrap();
        town.availability.refresh().await.unwrap();
        town
    }

    fn days(
        &self,
        services: &[&str],
        locations: &[&str],
    ) -> Result<Vec<FreeDay>, AvailabilityError> {
        let (from, to) = ("2027-01-01".parse().unwrap(), "2027-01-17".parse().unwrap());
        self.availability.days(&visit(services, locations), from, to).map(|found| found.days)
    }

    /// Local starts on the Monday, with the number of free places.
    fn starts(&self, services: &[&str], location: &str) -> Vec<(String, u32)> {
        let monday = "2027-01-11".parse().unwrap();
        let slots = self.availability.slots(&visit(services, &[location]), monday).unwrap();
        let time = |at: jiff::Timestamp| {
            at.to_zoned_datetime(ambient::berlin()).strftime("%H:%M").to_string()
        };
        slots.into_iter().map(|slot| (time(slot.start), slot.free)).collect()
    }

    /// Takes desk 2 at `mitte` at eight o'clock, for two slots.
    async fn hold(&self) -> slot::holds::Hold {
        let location = "mitte".parse().unwrap();
        let plan = self.availability.day_plan(&location, "2027-01-11".parse().unwrap()).unwrap();
        let request = HoldRequest {
            id: ids::HoldId::from_bits(1),
            person: ids::Pseudonym::from_bits(1),
            group: &"papers".parse().unwrap(),
            day: &LocalDay::of(&location, &plan),
            offers: &[super::site::offer(8 * 60, 20, 0b010)],
            at_desk: false,
            replaces: None,
            lasts: SignedDuration::from_mins(10),
            usable_until: jiff::Timestamp::MAX,
            facts: FactsNeeded::None,
            details: &[],
        };
        self.holds.hold(&request).await.unwrap()
    }
}

fn visit(services: &[&str], locations: &[&str]) -> VisitQuery {
    let services = names(services);
    let locations = names::<ids::LocationId>(locations).into_iter().collect();
    VisitQuery { services, locations, people: 1, channel: calendar::Channel::Public }
}

/// Where something is free on the only such day.
fn places(days: &[FreeDay]) -> Vec<(&str, u32)> {
    let [day] = days else { panic!("not one day: {days:?}") };
    day.locations.iter().map(|at| (at.location.as_str(), at.free)).collect()
}

fn names<T: std::str::FromStr<Err: std::fmt::Debug>>(texts: &[&str]) -> Vec<T> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[tokio::test]
async fn days_with_something_free_are_listed_with_their_places() {
    let town = Town::new().await;
    let days = town.days(&["passport"], &[]).unwrap();
    assert_eq!(days[0].date, "2027-01-11".parse().unwrap());
    assert_eq!(places(&days), [("mitte", 18), ("wedding", 3)]);
    assert_eq!(places(&town.days(&["passport"], &["wedding"]).unwrap()), [("wedding", 3)]);
}

/// Three desks that are free at one start are one start to choose.
#[tokio::test]
async fn starts_are_counted_once_and_days_without_hours_are_closed() {
    let town = Town::new().await;
    let (from, to) = ("2027-01-09".parse().unwrap(), "2027-01-12".parse().unwrap());
    let found = town.availability.days(&visit(&["passport"], &[]), from, to).unwrap();
    let starts: Vec<u32> = found.days[0].locations.iter().map(|at| at.starts).collect();
    assert_eq!(starts, [6, 3]);
    let closed: Vec<String> = found.closed.iter().map(ToString::to_string).collect();
    assert_eq!(closed, ["2027-01-09", "2027-01-10", "2027-01-12"]);
}

#[tokio::test]
async fn a_visit_of_two_services_needs_a_desk_that_does_both() {
    let town = Town::new().await;
    let both = town.days(&["passport", "card"], &[]).unwrap();
    // Three slots of ten minutes at desk 2, within an hour: four starts.
    assert_eq!(places(&both), [("mitte", 4)]);
    let nowhere = town.days(&["card"], &["wedding"]);
    assert!(matches!(nowhere, Err(AvailabilityError::Visit(_))), "{nowhere:?}");
}

#[tokio::test]
async fn what_is_held_disappears_and_comes_back_when_it_is_freed_and_not_when_it_expires() {
    let town = Town::new().await;
    town.hold().await;
    town.availability.refresh().await.unwrap();
    let starts = town.starts(&["card"], "mitte");
    assert_eq!(starts[0], ("08:20".to_owned(), 1));
    town.clock.advance(SignedDuration::from_mins(11));
    let ended = town.holds.end_expired(10).await.unwrap();
    town.availability.refresh().await.unwrap();
    assert_eq!(town.starts(&["card"], "mitte")[0].0, "08:20", "it is returning");
    assert_eq!(town.holds.free(&ended).await.unwrap(), 1);
    town.availability.refresh().await.unwrap();
    assert_eq!(town.starts(&["card"], "mitte")[0], ("08:00".to_owned(), 1));
}

#[tokio::test]
async fn what_is_booked_stays_away() {
    let town = Town::new().await;
    let hold = town.hold().await;
    town.holds.confirm(&hold, BookingId::from_bits(9)).await.unwrap();
    town.availability.refresh().await.unwrap();
    town.clock.advance(SignedDuration::from_mins(20));
    assert_eq!(town.starts(&["passport"], "mitte")[0], ("08:00".to_owned(), 2));
    assert_eq!(town.starts(&["card"], "mitte")[0].0, "08:20");
}

#[tokio::test]
async fn rules_and_the_passing_of_time_narrow_what_is_shown() {
    let town = Town::new().await;
    // Monday 07:25 in Berlin: the passport needs an hour's lead.
    town.clock.set("2027-01-11T06:25:00Z".parse().unwrap());
    assert_eq!(town.starts(&["passport"], "mitte")[0].0, "08:30");
    assert_eq!(town.starts(&["card"], "mitte")[0].0, "08:00");
    town.clock.set("2027-01-11T07:10:00Z".parse().unwrap());
    assert_eq!(town.starts(&["card"], "mitte")[0].0, "08:20", "what has begun is over");
}

#[tokio::test]
async fn the_earliest_slot_of_all_places_is_found() {
    let town = Town::new().await;
    let earliest =
        |services: &[&str]| town.availability.earliest(&visit(services, &[])).unwrap().unwrap();
    let slot = FreeSlot {
        location: "wedding".parse().unwrap(),
        start: "2027-01-11T08:00:00Z".parse().unwrap(),
        end: "2027-01-11T08:20:00Z".parse().unwrap(),
        free: 1,
    };
    assert_eq!(earliest(&["rare"]), slot);
    assert_eq!(earliest(&["passport"]).location.as_str(), "mitte");
}

#[tokio::test]
async fn unreasonable_ranges_are_refused() {
    let town = Town::new().await;
    let range = |from: &str, to: &str| {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        town.availability.days(&visit(&["passport"], &[]), from, to)
    };
    assert_eq!(range("2027-02-01", "2027-01-01"), Err(AvailabilityError::RangeReversed));
    assert_eq!(range("2027-01-01", "2028-03-01"), Err(AvailabilityError::RangeTooLong));
    assert_eq!(range("1999-01-01", "1999-02-01").unwrap().days, []);
    assert_eq!(range("9999-12-01", "9999-12-31").unwrap().days, []);
}
