//! At how many moments a visit for a service could begin, before and after a change.
//!
//! Slots are the place's ([`changes()`](crate::changes())); what a service makes of them depends on
//! its length, its own window, its lead time, its desks and on whether its seats are drawn. So a
//! change at a service is counted here, with the same rules by which availability is shown.
//!
//! For `fairtermin check` with two versions of a catalogue: an admin sees before a release how many
//! starts a change gives and takes. Nothing is read of what is booked.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use booking::rules::{Attempt, Phase};
use calendar::{Channel, DayPlan, Desk, DeskSet};
use ids::{LocationId, ServiceId};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{Catalogue, Difference, changes::pairs, check::booking_windows};

/// The ways of booking, the public's first.
const CHANNELS: [Channel; 3] = [Channel::Public, Channel::Phone, Channel::Staff];

/// More days of one service are no longer read; the sum stands above them.
const MOST_LINES: usize = 14;

/// What changes for one service on one day by one way of booking, at all locations together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartChange {
    /// The service, as it is called after the change.
    pub service: ServiceId,
    /// The local day.
    ///
    /// Europe/Berlin.
    pub date: Date,
    /// By which way. The phone and staff are listed only where they differ from the public.
    pub channel: Channel,
    /// Starts, each a moment at a desk, that can be booked now.
    pub starts: Difference,
    /// How many visits fit one after the other before the change.
    pub room_before: usize,
    /// How many fit after it.
    pub room_after: usize,
}

impl StartChange {
    /// Whether there is a difference to list.
    fn is_something(&self) -> bool {
        self.starts != Difference::default() || self.room_before != self.room_after
    }

    /// Whether it says of another way of booking what `public` says.
    fn repeats(&self, public: Option<&Self>) -> bool {
        let delta = |one: &Self| one.room_after.cast_signed() - one.room_before.cast_signed();
        let public_starts = public.map(|one| one.starts).unwrap_or_default();
        self.starts == public_starts && delta(self) == public.map(delta).unwrap_or_default()
    }
}

/// What one person could book of each service on the days from `from` to `to`, as it were `now`, and
/// could not before, or the other way round. By service, day and way of booking; only what differs.
///
/// Both days are included. What is booked plays no part. Renamed services and locations are
/// compared with what they were.
#[must_use]
pub fn start_changes(
    before: &Catalogue,
    after: &Catalogue,
    (from, to): (Date, Date),
    now: Timestamp,
) -> Vec<StartChange> {
    let zone = ambient::berlin();
    let today = zone.to_datetime(now).date();
    let moment = Moment { now, today, zone };
    let services = services(before, after);
    let mut sums = BTreeMap::new();
    for (location, earlier) in pairs(before, after) {
        for date in from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to) {
            let old: Vec<_> =
                earlier.iter().filter_map(|id| Some((*id, before.day_plan(id, date)?))).collect();
            let new = after.day_plan(location, date);
            for (service, former) in &services {
                let sides = Sides { before, after, old: &old, new: new.as_ref(), location };
                if !sides.same(service, former) {
                    sides.count(service, former, date, &moment, &mut sums);
                }
            }
        }
    }
    listed(&sums)
}

/// When it is asked.
///
/// One for the whole comparison, so that windows and lead times are judged alike before and after.
struct Moment {
    now: Timestamp,
    today: Date,
    zone: TimeZone,
}

/// By service, day and way of booking.
type Sums = BTreeMap<(ServiceId, Date, Channel), StartChange>;

/// Every service as it is called after the change, with what it was called before.
fn services<'a>(
    before: &'a Catalogue,
    after: &'a Catalogue,
) -> BTreeMap<&'a ServiceId, Vec<&'a ServiceId>> {
    let mut all: BTreeMap<_, Vec<_>> = after.services.keys().map(|id| (id, vec![])).collect();
    for id in before.services.keys() {
        all.entry(after.service_now(id).unwrap_or(id)).or_default().push(id);
    }
    all
}

/// One location on one day, before and after.
struct Sides<'a> {
    before: &'a Catalogue,
    after: &'a Catalogue,
    old: &'a [(&'a LocationId, DayPlan)],
    new: Option<&'a DayPlan>,
    location: &'a LocationId,
}

impl Sides<'_> {
    /// Whether nothing that decides about the service differs. Most services of most changes.
    fn same(&self, service: &ServiceId, former: &[&ServiceId]) -> bool {
        let ([(earlier, old)], [before], Some(new)) = (self.old, former, self.new) else {
            return false;
        };
        let place = |catalogue: &Catalogue, id: &LocationId, service: &ServiceId| {
            let place = catalogue.location(id)?;
            Some((place.all_desks(), place.services.get(service).cloned()))
        };
        old == new
            && self.before.service(before) == self.after.service(service)
            && place(self.before, earlier, before) == place(self.after, self.location, service)
    }

    /// Adds one location and day to the sums of the service, for each way of booking.
    fn count(
        &self,
        service: &ServiceId,
        former: &[&ServiceId],
        date: Date,
        moment: &Moment,
        sums: &mut Sums,
    ) {
        for channel in CHANNELS {
            let mut old = Seats::default();
            for (place, plan) in self.old {
                for before in former {
                    old.add(self.before, place, before, plan, channel, moment);
                }
            }
            let mut new = Seats::default();
            if let Some(plan) = self.new {
                new.add(self.after, self.location, service, plan, channel, moment);
            }
            let sum = sums.entry((service.clone(), date, channel)).or_insert_with(|| StartChange {
                service: service.clone(),
                date,
                channel,
                starts: Difference::default(),
                room_before: 0,
                room_after: 0,
            });
            sum.starts.gained += new.starts.difference(&old.starts).count();
            sum.starts.lost += old.starts.difference(&new.starts).count();
            sum.room_before += old.room;
            sum.room_after += new.room;
        }
    }
}

/// Where visits for a service can begin on a day.
#[derive(Default)]
struct Seats {
    starts: BTreeSet<(Timestamp, Desk)>,
    /// How many visits fit one after the other.
    room: usize,
}

impl Seats {
    /// Adds the starts of one service at one place. `room` counts visits that follow each other at
    /// each desk, which is how many people can be served; starts overlap and say how much choice
    /// there is.
    fn add(
        &mut self,
        catalogue: &Catalogue,
        place: &LocationId,
        id: &ServiceId,
        plan: &DayPlan,
        channel: Channel,
        moment: &Moment,
    ) {
        let Some(service) = catalogue.service(id) else { return };
        let Ok(visit) = catalogue.visit_by(channel, place, std::slice::from_ref(id), 1) else {
            return;
        };
        let closed = service.not_public_until(plan.date, &moment.zone);
        if channel != Channel::Staff && closed.is_some_and(|until| moment.now < until) {
            return;
        }
        for session in &plan.sessions {
            let desks = session.desks(channel).intersection(visit.desks);
            if desks == DeskSet::EMPTY {
                continue;
            }
            let mut free_from = session.from;
            for unit in session.starts(visit.slots) {
                let start = plan.time_of(unit);
                let attempt = Attempt {
                    phase: Phase::Offer,
                    now: moment.now,
                    today: moment.today,
                    start,
                    date: plan.date,
                    window: session.window,
                    channel,
                    people: 1,
                    services: 1,
                    group: &service.group,
                    enters_draw: false,
                    person: None,
                };
                if service.rules.check(&attempt).is_err() {
                    continue;
                }
                self.starts.extend(desks.iter().map(|desk| (start, desk)));
                if unit >= free_from {
                    free_from = unit.saturating_add(session.visit_units(visit.slots));
                    self.room += desks.iter().count();
                }
            }
        }
    }
}

/// Without what does not differ, and without what another way of booking says already.
fn listed(sums: &Sums) -> Vec<StartChange> {
    let is_listed = |change: &&StartChange| {
        let public = (change.service.clone(), change.date, Channel::Public);
        match change.channel {
            Channel::Public => change.is_something(),
            Channel::Phone | Channel::Staff => {
                change.is_something() && !change.repeats(sums.get(&public))
            }
        }
    };
    sums.values().filter(is_listed).cloned().collect()
}

impl Catalogue {
    /// How many days ahead something can be booked at most, at any location by any rule.
    #[must_use]
    pub fn longest_window(&self) -> u16 {
        let own = self.locations.values().map(|place| place.bookable.to_days);
        let of_rules =
            self.locations.values().flat_map(booking_windows).map(|window| window.to_days);
        own.chain(of_rules).max().unwrap_or_default()
    }
}

/// For people: for each service and way of booking a sum, and below it its first days.
///
/// Empty if nothing changes.
#[must_use]
pub fn starts_table(changes: &[StartChange]) -> String {
    let mut groups = BTreeMap::<(&ServiceId, Channel), Vec<&StartChange>>::new();
    for change in changes {
        groups.entry((&change.service, change.channel)).or_default().push(change);
    }
    let mut text = String::new();
    for ((service, channel), days) in groups {
        let sum = |number: fn(&StartChange) -> usize| -> usize {
            days.iter().map(|day| number(day)).sum()
        };
        let _ = writeln!(
            text,
            "service {service}, {channel}, {}: {}",
            if days.len() == 1 { "1 day".to_owned() } else { format!("{} days", days.len()) },
            words(
                Difference {
                    gained: sum(|day| day.starts.gained),
                    lost: sum(|day| day.starts.lost)
                },
                (sum(|day| day.room_before), sum(|day| day.room_after)),
            )
        );
        for day in days.iter().take(MOST_LINES) {
            let counted = words(day.starts, (day.room_before, day.room_after));
            let _ = writeln!(text, "  {}: {counted}", day.date);
        }
        if let Some(more) = days.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
            let _ = writeln!(text, "  and {more} more; --format json lists all");
        }
    }
    text
}

/// For a line of the table.
fn words(starts: Difference, (before, after): (usize, usize)) -> String {
    let Difference { gained, lost } = starts;
    format!("{gained} starts gained, {lost} lost; visits that fit: {before} before, {after} after")
}
