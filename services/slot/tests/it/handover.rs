//! A seller gives a seat up, and a buyer knows which one. What does knowing it gain?
//!
//! Real services, windows shortened to some seconds. For each way of giving a seat up: N programs
//! look at everything once a second and hold what they see; the buyer asks for the one seat as often
//! as they may, and looks as the others do; M mules look too and tell the buyer at once. The buyer's
//! side must gain no more than M further programs that look would: a share of (M+1)/(N+M+1).

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
    time::{Duration, Instant},
};

use ambient::{Entropy, SystemEntropy};
use jiff::Timestamp;
use serde_json::json;
use tokio::task::JoinSet;

use crate::office::{ApiResponse, Office, Person};

/// How often anybody looks.
const LOOK_INTERVAL: Duration = Duration::from_secs(1);
/// Nothing takes longer: the latest moment, the tick, the feed and a busy machine.
const LONGEST: Duration = Duration::from_secs(180);
/// Tries of each row.
const TRIES: usize = 10;
const EXPIRING_TRIES: usize = 5;
/// People who look at the same time in one batch of tries, so that the machine keeps up.
const MOST_VIEWERS: usize = 240;

/// How the seller gives the seat up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Hold,
    /// Lets the hold expire. A hold lasts a minute at least, so these tries are fewer, and run while
    /// the others do.
    Expire,
    Cancel,
    Move,
    Desk,
}

impl Way {
    const QUICK: [Self; 4] = [Self::Hold, Self::Cancel, Self::Move, Self::Desk];
}

#[derive(Debug, Clone, Copy)]
struct Row {
    way: Way,
    viewers: usize,
    mules: usize,
}

impl Row {
    fn all() -> Vec<Self> {
        let mut rows = Vec::new();
        for way in Way::QUICK {
            for viewers in [1, 5, 20] {
                for mules in [0, 20] {
                    rows.push(Self { way, viewers, mules });
                }
            }
        }
        let way = Way::Expire;
        rows.extend([1, 5, 20].map(|viewers| Self { way, viewers, mules: 0 }));
        rows
    }

    fn tries(self) -> usize {
        if self.way == Way::Expire { EXPIRING_TRIES } else { TRIES }
    }

    /// What M further viewers would gain.
    fn fair_share(self) -> f64 {
        let side = f64::from(u32::try_from(self.mules + 1).unwrap());
        side / (side + f64::from(u32::try_from(self.viewers).unwrap()))
    }
}

/// One place a try, each with one seat a day.
fn catalogue(places: usize) -> String {
    let week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let hours: String = week.iter().map(|day| format!("{day}: 08:00-08:10, ")).collect();
    let place = |name: String| {
        format!(
            "    {name}:\n      name: {{de: Ort}}\n      \
             address: {{street: Weg 1, postalCode: \"10178\"}}\n      desks: 1\n      \
             services: {{passport: {{}}}}\n      bookable: {{fromDays: 0, toDays: 30}}\n      \
             opening: {{daily: {{hours: {{{hours}}}, slotMinutes: 10}}}}\n"
        )
    };
    let places: String =
        (0..places).map(|n| place(format!("place-{n}")) + &place(format!("other-{n}"))).collect();
    format!(
        "catalogue:\n  authority: {{id: AUTHORITY, name: {{de: Testamt}}, holdMinutes: 1}}\n  holidays: none\n  \
         groups: {{papers: {{name: {{de: Papiere}}}}}}\n  services:\n    passport:\n      \
         name: {{de: Reisepass}}\n      group: papers\n      \
         release: {{minMinutes: 0, maxMinutes: 0}}\n  locations:\n{places}"
    )
}

struct Try {
    office: Arc<Office>,
    place: String,
    start: Timestamp,
    over: Arc<AtomicBool>,
    /// 0: none yet; 1: an honest searcher; 2: the buyer's side.
    winner: Arc<AtomicU8>,
    /// A mule saw it.
    tip: Arc<AtomicBool>,
}

impl Try {
    async fn hold(&self, person: &Person, place: &str, replaces: Option<&str>) -> ApiResponse {
        let mut wish = json!({ "location": place, "start": self.start, "services": ["passport"] });
        if let Some(replaces) = replaces {
            wish["replaces"] = json!(replaces);
        }
        self.office.post("/v1/holds", &self.office.token(person), wish).await
    }

    /// Whether the seat is shown as free to a person who is logged in.
    async fn sees(&self, person: &Person) -> bool {
        let date = ambient::berlin().to_datetime(self.start).date();
        let path =
            format!("/v1/availability/slots?service=passport&location={}&date={date}", self.place);
        let token = self.office.token(person);
        let answer = self.office.send(reqwest::Method::GET, &path, &token, &[], None).await;
        !answer.expect(200).body["slots"].as_array().unwrap().is_empty()
    }

    fn won(&self, by: u8) {
        let _ = self.winner.compare_exchange(0, by, Ordering::SeqCst, Ordering::SeqCst);
        self.over.store(true, Ordering::SeqCst);
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    /// The seller has the seat, and gives it up.
    async fn give_up(&self, seller: &Person, way: Way) {
        let office = &self.office;
        let hold = self.hold(seller, &self.place, None).await.expect(201);
        match way {
            Way::Hold => {
                office.release(seller, &hold).await.expect(204);
                return;
            }
            // Everybody comes shortly before it ends.
            Way::Expire => {
                let expires_at: Timestamp =
                    hold.body["expires_at"].as_str().unwrap().parse().unwrap();
                let left = expires_at.duration_since(office.clock.now()).as_millis() - 2_000;
                let left = Duration::from_millis(u64::try_from(left).unwrap_or(0));
                tokio::time::sleep(left).await;
                return;
            }
            Way::Cancel | Way::Move | Way::Desk => {}
        }
        let key = hold.body["hold_id"].as_str().unwrap().to_owned();
        let booking = office.confirm(seller, &hold, &key).await.expect(201);
        match way {
            Way::Cancel => {
                let path = format!("/v1/bookings/{}/cancel", booking.id());
                office.post(&path, &office.token(seller), json!({})).await.expect(200);
            }
            Way::Desk => {
                let path = format!("/v1/desk/bookings/{}/cancel", booking.id());
                office.post(&path, &office.clerk(&[&self.place]), json!({})).await.expect(200);
            }
            Way::Move => {
                let other = self.place.replace("place", "other");
                let hold = self.hold(seller, &other, Some(&booking.id())).await.expect(201);
                let key = hold.body["hold_id"].as_str().unwrap().to_owned();
                office.confirm(seller, &hold, &key).await.expect(201);
            }
            Way::Hold | Way::Expire => unreachable!("they returned above"),
        }
    }

    /// Looks once a second, beginning at a moment of its own.
    async fn look(&self, own: bool, tells: bool) {
        let person = self.office.person();
        let phase = (&SystemEntropy as &dyn Entropy).below(1_000);
        tokio::time::sleep(Duration::from_millis(phase)).await;
        let mut ticks = tokio::time::interval(LOOK_INTERVAL);
        while !self.is_over() {
            ticks.tick().await;
            if !self.sees(&person).await {
                continue;
            }
            if tells {
                self.tip.store(true, Ordering::SeqCst);
            } else if self.hold(&person, &self.place, None).await.status == 201 {
                self.won(if own { 2 } else { 1 });
            }
        }
    }

    /// Asks for the one seat as often as may be, and at once when a mule has seen it.
    async fn ask(&self) {
        let buyer = self.office.person();
        let mut may_ask_at = Instant::now();
        while !self.is_over() {
            let tipped = self.tip.swap(false, Ordering::SeqCst);
            if !tipped && Instant::now() < may_ask_at {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
            let answer = self.hold(&buyer, &self.place, None).await;
            match answer.status {
                201 => self.won(2),
                429 => {
                    let seconds = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
                    may_ask_at = Instant::now() + Duration::from_secs(seconds);
                }
                409 => may_ask_at = Instant::now(),
                status => panic!("{status}: {}", answer.body),
            }
        }
    }
}

async fn play(office: Arc<Office>, number: usize, row: Row) -> bool {
    let this = Arc::new(Try {
        start: office.at("08:00"),
        place: format!("place-{number}"),
        office,
        over: Arc::default(),
        winner: Arc::default(),
        tip: Arc::default(),
    });
    let seller = this.office.person();
    this.give_up(&seller, row.way).await;
    let mut people = JoinSet::new();
    for _ in 0..row.viewers {
        let this = Arc::clone(&this);
        people.spawn(async move { this.look(false, false).await });
    }
    for _ in 0..row.mules {
        let this = Arc::clone(&this);
        people.spawn(async move { this.look(true, true).await });
    }
    for asks in [true, false] {
        // The buyer asks in one window and looks in another.
        let this = Arc::clone(&this);
        people.spawn(
            async move { if asks { this.ask().await } else { this.look(true, true).await } },
        );
    }
    let all = async { while people.join_next().await.is_some() {} };
    assert!(tokio::time::timeout(LONGEST, all).await.is_ok(), "{row:?}: the seat never returned");
    this.winner.load(Ordering::SeqCst) == 2
}

#[tokio::test(flavor = "multi_thread")]
async fn knowing_which_seat_was_given_up_gains_no_more_than_looking_at_all() {
    let rows = Row::all();
    let Some(office) = Office::real_with(&catalogue(rows.len() * TRIES)).await else { return };
    let office = Arc::new(office);
    let mut wins = vec![0_u32; rows.len()];
    let all =
        (0..rows.len()).flat_map(|row| (0..rows[row].tries()).map(move |n| (row, row * TRIES + n)));
    let (slow, mut tries): (Vec<_>, Vec<_>) =
        all.partition(|(row, _)| rows[*row].way == Way::Expire);
    let mut expiring = JoinSet::new();
    for (row, number) in slow {
        let (office, this) = (Arc::clone(&office), rows[row]);
        expiring.spawn(async move { (row, play(office, number, this).await) });
    }
    while !tries.is_empty() {
        let mut batch = JoinSet::new();
        let mut viewers = 0;
        while let Some((row, number)) = tries.pop() {
            let (office, this) = (Arc::clone(&office), rows[row]);
            batch.spawn(async move { (row, play(office, number, this).await) });
            viewers += this.viewers + this.mules + 2;
            if viewers >= MOST_VIEWERS {
                break;
            }
        }
        while let Some(done) = batch.join_next().await {
            let (row, won) = done.expect("a try ends");
            wins[row] += u32::from(won);
        }
    }
    while let Some(done) = expiring.join_next().await {
        let (row, won) = done.expect("a try ends");
        wins[row] += u32::from(won);
    }
    let (mut excess, mut variance) = (0.0, 0.0);
    testkit::report(format_args!("hand-over: way, viewers, mules: the buyer's share, fair share"));
    for (row, wins) in rows.iter().zip(&wins) {
        let (fair, tried) = (row.fair_share(), f64::from(u32::try_from(row.tries()).unwrap()));
        excess += f64::from(*wins) - tried * fair;
        variance += tried * fair * (1.0 - fair);
        let Row { way, viewers, mules } = row;
        let share = f64::from(*wins) / tried;
        testkit::report(format_args!(
            "hand-over: {way:?}, {viewers}, {mules}: {share:.2}, {fair:.2}"
        ));
    }
    // One test over the whole table, one-sided: by chance alone one run in ten thousand fails.
    let deviation = excess / f64::sqrt(variance);
    testkit::report(format_args!("hand-over: {deviation:+.2} standard deviations (limit +3.72)"));
    assert!(deviation <= 3.72, "knowing the seat gains something: {deviation}");
}
