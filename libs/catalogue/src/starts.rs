//! At how many moments a visit for a service could begin, before and after a change.
//!
//! Slots are the place's ([`changes()`](crate::changes())); what a service makes of them depends on
//! its length, its own window, its lead time, its desks and on whether its seats are drawn. So a
//! change at a service is counted here, with the same rules by which availability is shown.
//!
//! For `fairtermin check` with two versions of a catalogue: an admin sees before a release how many
//! starts a change gives and takes. Nothing is read of what is booked.

use std::{collections::BTreeMap, fmt::Write as _};

use booking::rules::{Attempt, Phase};
use calendar::{Channel, DayPlan, DeskSet};
use ids::{LocationId, ServiceId};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    Catalogue, Difference, Service, Visit,
    changes::{opens_alike, pairs},
    check::booking_windows,
};

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
        let kinds = kinds((before, &earlier), (after, location), &services);
        if opens_alike((before, &earlier), (after, location)) && kinds.iter().all(Kind::is_same) {
            continue;
        }
        for date in from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to) {
            let old: Vec<_> = earlier.iter().filter_map(|id| before.day_plan(id, date)).collect();
            let new = after.day_plan(location, date);
            let is_same_day = matches!(old.as_slice(), [old] if Some(old) == new.as_ref());
            for kind in kinds.iter().filter(|kind| !(is_same_day && kind.is_same())) {
                kind.count(&old, new.as_ref(), date, &moment, &mut sums);
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

/// Services that one location does alike, before and after: they are counted once. A city has hundreds
/// of services and few ways in which they are done.
struct Kind<'a> {
    services: Vec<&'a ServiceId>,
    /// What they were, of each location and each service that became one.
    old: Vec<Done<'a>>,
    new: Option<Done<'a>>,
}

/// All that decides about a service at a location, besides the days.
struct Done<'a> {
    /// Which of the locations that became one.
    place: usize,
    /// By each of [`CHANNELS`].
    visits: [Option<Visit>; 3],
    service: &'a Service,
}

/// Texts and reminders decide about no start.
impl PartialEq for Done<'_> {
    fn eq(&self, other: &Self) -> bool {
        let (one, two) = (self.service, other.service);
        self.place == other.place
            && self.visits == other.visits
            && one.allocation == two.allocation
            && one.group == two.group
            && one.draw == two.draw
            && one.rules == two.rules
    }
}

impl<'a> Done<'a> {
    /// `None` if the location does not do the service.
    fn at(
        catalogue: &'a Catalogue,
        (place, location): (usize, &LocationId),
        id: &ServiceId,
    ) -> Option<Self> {
        let service = catalogue.service(id)?;
        let visits = CHANNELS
            .map(|channel| catalogue.visit_by(channel, location, std::slice::from_ref(id), 1).ok());
        visits.iter().any(Option::is_some).then_some(Self { place, visits, service })
    }
}

/// What is done at a location, before or after.
fn kinds<'a>(
    (before, earlier): (&'a Catalogue, &[&LocationId]),
    (after, location): (&'a Catalogue, &LocationId),
    services: &BTreeMap<&'a ServiceId, Vec<&'a ServiceId>>,
) -> Vec<Kind<'a>> {
    let mut kinds: Vec<Kind<'a>> = Vec::new();
    for (&service, former) in services {
        let places = earlier.iter().enumerate();
        let old = places.flat_map(|(index, place)| {
            former.iter().filter_map(move |id| Done::at(before, (index, *place), id))
        });
        let old: Vec<_> = old.collect();
        let new = Done::at(after, (0, location), service);
        if old.is_empty() && new.is_none() {
            continue;
        }
        match kinds.iter_mut().find(|kind| kind.old == old && kind.new == new) {
            Some(kind) => kind.services.push(service),
            None => kinds.push(Kind { services: vec![service], old, new }),
        }
    }
    kinds
}

impl Kind<'_> {
    /// Whether nothing that decides about the services differs. Most services of most changes.
    fn is_same(&self) -> bool {
        matches!(self.old.as_slice(), [old] if Some(old) == self.new.as_ref())
    }

    /// Adds one location and day to the sums of each service, for each way of booking.
    fn count(
        &self,
        old: &[DayPlan],
        new: Option<&DayPlan>,
        date: Date,
        moment: &Moment,
        sums: &mut Sums,
    ) {
        for (index, channel) in CHANNELS.into_iter().enumerate() {
            let mut earlier = Seats::default();
            for done in &self.old {
                if let (Some(visit), Some(plan)) = (done.visits[index], old.get(done.place)) {
                    earlier.add(done.service, visit, plan, channel, moment);
                }
            }
            let mut later = Seats::default();
            if let (Some(done), Some(plan)) = (&self.new, new)
                && let Some(visit) = done.visits[index]
            {
                later.add(done.service, visit, plan, channel, moment);
            }
            let starts =
                Difference { gained: later.beyond(&earlier), lost: earlier.beyond(&later) };
            if (earlier.room, later.room) == (0, 0) && starts == Difference::default() {
                continue;
            }
            for service in &self.services {
                let key = ((*service).clone(), date, channel);
                let sum = sums.entry(key).or_insert_with(|| StartChange {
                    service: (*service).clone(),
                    date,
                    channel,
                    starts: Difference::default(),
                    room_before: 0,
                    room_after: 0,
                });
                sum.starts.gained += starts.gained;
                sum.starts.lost += starts.lost;
                sum.room_before += earlier.room;
                sum.room_after += later.room;
            }
        }
    }
}

/// Where visits for a service can begin on a day.
#[derive(Default)]
struct Seats {
    starts: BTreeMap<Timestamp, DeskSet>,
    /// How many visits fit one after the other.
    room: usize,
}

impl Seats {
    /// Adds the starts of one service at one place. `room` counts visits that follow each other at
    /// each desk, which is how many people can be served; starts overlap and say how much choice
    /// there is.
    fn add(
        &mut self,
        service: &Service,
        visit: Visit,
        plan: &DayPlan,
        channel: Channel,
        moment: &Moment,
    ) {
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
                let free = self.starts.entry(start).or_default();
                *free = free.union(desks);
                if unit >= free_from {
                    free_from = unit.saturating_add(session.visit_units(visit.slots));
                    self.room += desks.iter().count();
                }
            }
        }
    }

    /// How many starts are here and not among the others.
    fn beyond(&self, others: &Self) -> usize {
        let one = |(start, desks): (&Timestamp, &DeskSet)| {
            let other = others.starts.get(start).copied().unwrap_or_default();
            desks.without(other).iter().count()
        };
        self.starts.iter().map(one).sum()
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
