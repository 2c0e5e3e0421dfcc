//! Where the suite runs: an adapter, its time, and a made-up place.

use std::{cell::RefCell, sync::Arc, time::Duration};

use ambient::{Clock as _, SystemEntropy, VirtualClock};
use booking::{LocalDay, Reservation, ReservationKind, Seat, Span, capacity::Offer};
use calendar::{BookingWindow, Desk, DeskSet};
use ids::{AuthorityId, BookingId, GroupId, HoldId, Pseudonym, ReservationId};
use jiff::{SignedDuration, Timestamp, civil::Date};
use slot::holds::{
    EndedHold, FactsNeeded, Hold, HoldError, HoldRefusal, HoldRequest, HoldState, Holds,
    MemoryHolds, Reconciled, RedisHolds, RedisMode, RedisSettings,
};

/// How long anything takes at most that waits for real time: lists of ten seconds, and much more on a busy machine.
pub const WAIT_TIMEOUT: Duration = Duration::from_secs(120);

/// One adapter of its own, with nothing booked.
pub struct Site {
    pub holds: Holds,
    pub name: &'static str,
    time: Time,
    authority: AuthorityId,
    pub group: GroupId,
    pub day: LocalDay,
}

enum Time {
    Virtual(VirtualClock),
    Real,
}

/// Far enough ahead that Redis does not forget the day.
pub fn date() -> Date {
    "2031-03-03".parse().unwrap()
}

pub fn day() -> LocalDay {
    LocalDay::new("mitte".parse().unwrap(), date(), &ambient::berlin())
}

impl Site {
    /// Every adapter of this run, each loaded with nothing.
    pub async fn all() -> Vec<Self> {
        let mut sites = vec![Self::memory()];
        sites.extend(Self::redis());
        sites.extend(Self::cluster());
        for site in &sites {
            site.load(&[]).await;
        }
        sites
    }

    /// The hold as the store has it, if it is in force.
    pub async fn present(&self, hold: &Hold) -> Option<Hold> {
        match self.holds.state_of(hold).await.unwrap() {
            HoldState::InForce { hold, .. } => Some(hold),
            HoldState::Over | HoldState::Unknown => None,
        }
    }

    pub fn memory() -> Self {
        let clock = VirtualClock::at("2031-02-24T08:00:00Z".parse().unwrap());
        let holds = Holds::Memory(MemoryHolds::new(Arc::new(clock.clone())));
        Self::new("memory", own_authority(), holds, Time::Virtual(clock))
    }

    pub fn redis() -> Option<Self> {
        Some(Self::at("redis", &RedisSettings::standalone(testkit::redis_url()?)))
    }

    pub fn cluster() -> Option<Self> {
        let settings = RedisSettings {
            urls: testkit::redis_cluster()?,
            mode: RedisMode::Cluster,
            ..RedisSettings::standalone("")
        };
        Some(Self::at("redis cluster", &settings))
    }

    pub fn at(name: &'static str, settings: &RedisSettings) -> Self {
        let authority = own_authority();
        let holds = RedisHolds::open(settings, &authority, Arc::new(SystemEntropy)).unwrap();
        Self::new(name, authority, Holds::Redis(holds), Time::Real)
    }

    /// Another process of the same authority.
    pub fn replica(&self, settings: &RedisSettings) -> Self {
        let holds = RedisHolds::open(settings, &self.authority, Arc::new(SystemEntropy)).unwrap();
        Self::new(self.name, self.authority.clone(), Holds::Redis(holds), Time::Real)
    }

    pub fn authority(&self) -> &AuthorityId {
        &self.authority
    }

    fn new(name: &'static str, authority: AuthorityId, holds: Holds, time: Time) -> Self {
        Self { holds, name, time, authority, group: "residence".parse().unwrap(), day: day() }
    }

    /// The same place once more.
    pub fn beside(&self) -> Self {
        let time = match &self.time {
            Time::Virtual(clock) => Time::Virtual(clock.clone()),
            Time::Real => Time::Real,
        };
        Self::new(self.name, self.authority.clone(), self.holds.clone(), time)
    }

    pub async fn load(&self, reservations: &[Reservation]) {
        let rebuild = self.holds.begin_rebuild().await.unwrap().expect("nothing is loaded yet");
        self.holds.load(&rebuild, reservations).await.unwrap();
        self.holds.finish_rebuild(rebuild).await.unwrap();
    }

    /// Moves the clock, where that is possible.
    pub fn advance(&self, duration: SignedDuration) {
        if let Time::Virtual(clock) = &self.time {
            clock.advance(duration);
        }
    }

    /// Whether [`advance`](Self::advance) does anything.
    pub fn moves_time(&self) -> bool {
        matches!(self.time, Time::Virtual(_))
    }

    pub fn now(&self) -> Timestamp {
        match &self.time {
            Time::Virtual(clock) => clock.now(),
            Time::Real => ambient::SystemClock.now(),
        }
    }

    /// Waits until a short hold is over.
    pub async fn wait_for_end_of(&self, hold: &Hold) {
        self.advance(SHORT);
        testkit::eventually(WAIT_TIMEOUT, async || {
            let state = self.holds.state_of(hold).await.unwrap();
            (state == HoldState::Over).then_some(())
        })
        .await;
    }

    /// Waits until some holds were ended because their time is over.
    pub async fn wait_for_expired(&self, count: usize) -> Vec<EndedHold> {
        self.advance(SignedDuration::from_secs(20));
        let ended = RefCell::new(Vec::new());
        testkit::eventually(WAIT_TIMEOUT, async || {
            let some = self.holds.end_expired(100).await.unwrap();
            ended.borrow_mut().extend(some);
            (ended.borrow().len() >= count).then_some(())
        })
        .await;
        ended.into_inner()
    }

    /// What is asked for, to be changed.
    pub fn request<'a>(&'a self, person: u128, offers: &'a [Offer]) -> HoldRequest<'a> {
        HoldRequest {
            id: HoldId::from_bits(u128::from_be_bytes(random())),
            person: Pseudonym::from_bits(person),
            group: &self.group,
            day: &self.day,
            offers,
            at_desk: false,
            replaces: None,
            lasts: SignedDuration::from_mins(10),
            usable_until: self.day.time_of(0),
            facts: FactsNeeded::None,
            details: b"one passport",
        }
    }

    pub async fn ask(&self, request: &HoldRequest<'_>) -> Result<Hold, HoldRefusal> {
        match self.holds.hold(request).await {
            Ok(hold) => Ok(hold),
            Err(HoldError::Refused(refusal)) => Err(refusal),
            Err(HoldError::Failed(error)) => panic!("{}: {error}", self.name),
        }
    }

    /// Holds `offers` for a person, for ten minutes.
    pub async fn hold(&self, person: u128, offers: &[Offer]) -> Result<Hold, HoldRefusal> {
        self.ask(&self.request(person, offers)).await
    }

    pub async fn hold_shortly(&self, person: u128, offers: &[Offer]) -> Hold {
        self.ask(&HoldRequest { lasts: SHORT, ..self.request(person, offers) }).await.unwrap()
    }

    /// Holds as staff does.
    pub async fn hold_at_desk(&self, person: u128, offers: &[Offer]) -> Result<Hold, HoldRefusal> {
        self.ask(&HoldRequest { at_desk: true, ..self.request(person, offers) }).await
    }

    /// Holds and books.
    pub async fn book(&self, person: u128, booking: u128, offers: &[Offer]) -> Hold {
        let hold = self.hold(person, offers).await.unwrap();
        self.holds.confirm(&hold, BookingId::from_bits(booking)).await.unwrap();
        hold
    }

    /// What follows when the database has cancelled a booking.
    pub async fn cancel(&self, hold: &Hold, booking: u128) {
        self.holds.place(&reservation(Returning, booking, &hold.seat)).await.unwrap();
        self.clear(hold, booking).await;
    }

    pub async fn clear(&self, hold: &Hold, booking: u128) {
        let booking = BookingId::from_bits(booking);
        let (person, seat) = (hold.person, Some(&hold.seat));
        self.holds.clear_active_booking(person, &hold.group, booking, seat).await.unwrap();
    }

    /// Compares the day with what the database has.
    pub async fn reconcile(&self, reservations: &[Reservation]) -> Reconciled {
        let version = self.holds.day_version(&self.day.location, self.day.date).await.unwrap();
        self.holds.reconcile(&version, reservations).await.unwrap()
    }

    /// The desks taken at a minute, as a reader sees it now.
    pub async fn taken(&self, minute: u16) -> Vec<u8> {
        let day = (self.day.location.clone(), self.day.date);
        let snapshots = self.holds.snapshots(&[day]).await.unwrap();
        let taken = snapshots[0].taken.taken(Span { from: minute, until: minute + 1 });
        taken.iter().map(Desk::index).collect()
    }

    /// What is for the desk only.
    pub async fn for_desk(&self) -> Vec<(u16, u16, u8)> {
        let day = (self.day.location.clone(), self.day.date);
        let snapshots = self.holds.snapshots(&[day]).await.unwrap();
        let closed = snapshots[0].for_desk.iter();
        closed.map(|(span, desk)| (span.from, span.until, desk.index())).collect()
    }
}

pub use ReservationKind::{Booking, Closed, DrawPool, Offer as Offered, Returning};

/// A hold that is over soon.
pub const SHORT: SignedDuration = SignedDuration::from_millis(150);

fn own_authority() -> AuthorityId {
    format!("test-{:016x}", u64::from_be_bytes(random())).parse().unwrap()
}

pub fn random<const N: usize>() -> [u8; N] {
    (&SystemEntropy as &dyn ambient::Entropy).bytes()
}

/// An offer of some desks for some minutes.
pub fn offer(from: u16, minutes: u16, desks: u64) -> Offer {
    let window = BookingWindow { opens: Timestamp::MIN, closes: Timestamp::MAX };
    let span = Span { from, until: from + minutes };
    Offer { span, desks: DeskSet::from_bits(desks), window }
}

/// A seat at the made-up place.
pub fn seat(from: u16, minutes: u16, desk: u8) -> Seat {
    day().seat(Span { from, until: from + minutes }, Desk::new(desk).unwrap())
}

/// What the database has.
pub fn reservation(kind: ReservationKind, id: u128, seat: &Seat) -> Reservation {
    let (id, seat) = (ReservationId::from_bits(id), seat.clone());
    Reservation { id, kind, seat, holder: None, until: None }
}

/// An active booking in the database.
pub fn booking(id: u128, person: u128, seat: &Seat) -> Reservation {
    let holder = Some((Pseudonym::from_bits(person), "residence".parse().unwrap()));
    Reservation { holder, ..reservation(Booking, id, seat) }
}
