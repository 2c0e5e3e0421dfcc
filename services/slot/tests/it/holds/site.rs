//! Where the suite runs: an adapter, its time, and a made-up place.

use std::sync::Arc;

use ambient::{Clock as _, SystemEntropy, VirtualClock};
use booking::{Seat, capacity::Offer};
use calendar::{BookingWindow, Desk, DeskSet};
use ids::{AuthorityId, BookingId, GroupId, HoldId, LocationId, Pseudonym};
use jiff::{SignedDuration, Timestamp, civil::Date};
use slot::holds::{
    Claim, Day, GivenBack, Hold, HoldError, HoldRefusal, HoldRequest, Holds, MemoryHolds,
    RedisHolds, RedisMode, RedisSettings,
};

/// One adapter of its own, with nothing booked.
pub struct Site {
    pub holds: Holds,
    pub name: &'static str,
    time: Time,
    authority: AuthorityId,
    pub group: GroupId,
    pub day: Day,
}

enum Time {
    Virtual(VirtualClock),
    Real,
}

/// Far enough ahead that Redis does not forget the day.
pub fn date() -> Date {
    "2031-03-03".parse().unwrap()
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

    pub fn memory() -> Self {
        let clock = VirtualClock::at("2031-02-24T08:00:00Z".parse().unwrap());
        let holds = Holds::Memory(MemoryHolds::new(Arc::new(clock.clone())));
        Self::new("memory", holds, Time::Virtual(clock))
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
        Self { authority, ..Self::new(name, Holds::Redis(holds), Time::Real) }
    }

    pub fn authority(&self) -> &AuthorityId {
        &self.authority
    }

    fn new(name: &'static str, holds: Holds, time: Time) -> Self {
        let day = Day { location: "mitte".parse().unwrap(), date: date(), units: 288 };
        let authority = own_authority();
        Self { holds, name, time, authority, group: "residence".parse().unwrap(), day }
    }

    pub async fn load(&self, claims: &[Claim]) {
        let rebuild = self.holds.begin_rebuild().await.unwrap().expect("nothing is loaded yet");
        self.holds.finish_rebuild(rebuild, claims).await.unwrap();
    }

    /// Waits, or moves the clock.
    pub async fn pass(&self, milliseconds: i64) {
        match &self.time {
            Time::Virtual(clock) => clock.advance(SignedDuration::from_millis(milliseconds)),
            Time::Real => {
                let time = std::time::Duration::from_millis(milliseconds.unsigned_abs());
                tokio::time::sleep(time).await;
            }
        }
    }

    /// Whether [`pass`](Self::pass) takes no time.
    pub fn moves_time(&self) -> bool {
        matches!(self.time, Time::Virtual(_))
    }

    pub fn now(&self) -> Timestamp {
        match &self.time {
            Time::Virtual(clock) => clock.now(),
            Time::Real => ambient::SystemClock.now(),
        }
    }

    /// Holds `offers` for a person, for ten minutes.
    pub async fn hold(&self, person: u128, offers: &[Offer]) -> Result<Hold, HoldRefusal> {
        self.hold_for(person, offers, SignedDuration::from_mins(10), None).await
    }

    pub async fn hold_for(
        &self,
        person: u128,
        offers: &[Offer],
        lasts: SignedDuration,
        replaces: Option<BookingId>,
    ) -> Result<Hold, HoldRefusal> {
        let request = HoldRequest {
            id: HoldId::from_bits(u128::from_be_bytes(random())),
            person: Pseudonym::from_bits(person),
            group: &self.group,
            day: &self.day,
            offers,
            replaces,
            lasts,
        };
        match self.holds.hold(&request).await {
            Ok(hold) => Ok(hold),
            Err(HoldError::Refused(refusal)) => Err(refusal),
            Err(HoldError::Failed(error)) => panic!("{}: {error}", self.name),
        }
    }

    /// Holds and books.
    pub async fn book(&self, person: u128, booking: u128, offers: &[Offer]) -> Hold {
        let hold = self.hold(person, offers).await.unwrap();
        self.holds.settle(&hold, BookingId::from_bits(booking)).await.unwrap();
        hold
    }

    pub async fn give_back(&self, hold: &Hold, booking: u128, not_before: Option<Timestamp>) {
        let given = GivenBack {
            booking: BookingId::from_bits(booking),
            person: hold.person,
            group: &hold.group,
            seat: &hold.seat,
            not_before,
        };
        self.holds.free(&given).await.unwrap();
    }

    /// The desks taken at a unit, as a reader sees it now.
    pub async fn taken(&self, unit: u16) -> Vec<u8> {
        let day = (self.day.location.clone(), self.day.date);
        let snapshots = self.holds.snapshots(&[day]).await.unwrap();
        let taken = snapshots[0].at(self.now()).taken(unit, 1);
        taken.iter().map(Desk::index).collect()
    }
}

fn own_authority() -> AuthorityId {
    format!("test-{:016x}", u64::from_be_bytes(random())).parse().unwrap()
}

pub fn random<const N: usize>() -> [u8; N] {
    (&SystemEntropy as &dyn ambient::Entropy).bytes()
}

/// An offer of some desks for some units.
pub fn offer(start: u16, units: u16, desks: u64) -> Offer {
    let window = BookingWindow { opens: Timestamp::MIN, closes: Timestamp::MAX };
    Offer { start, units, desks: DeskSet::from_bits(desks), window }
}

/// A seat at the made-up place.
pub fn seat(start: u16, units: u16, desk: u8) -> Seat {
    let location: LocationId = "mitte".parse().unwrap();
    Seat { location, date: date(), start, units, desk: Desk::new(desk).unwrap() }
}

/// A booked seat in the database.
pub fn claim(booking: u128, person: u128, seat: Seat) -> Claim {
    let active = Some((Pseudonym::from_bits(person), "residence".parse().unwrap()));
    Claim { booking: BookingId::from_bits(booking), seat, active, free_at: None }
}
