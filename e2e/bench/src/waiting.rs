//! A hundred thousand people wait, and a thousand seats are freed at once.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use ambient::{Clock as _, SystemClock, SystemEntropy};
use aws_lc_rs::hmac;
use ids::{HoldId, Pseudonym, WaitingId};
use jiff::civil::{Date, Weekday};
use messaging::SealingKey;
use serde_json::json;

use crate::{
    Failure, Run,
    authority::{PRESET, SERVICE, place},
    reminders::hex,
    report::{Report, Row, median},
    service::{PERSON_DATA_KEY, Program, Slot, in_days, psql},
};

const PEOPLE: usize = 100_000;
const PLACES: usize = 40;
/// Seats are freed at so many places, desks and starts.
const FREED: [usize; 3] = [10, 10, 10];
const SEATS: usize = FREED[0] * FREED[1] * FREED[2];
const ROUNDS: usize = 3;
/// In seconds.
const TARGET: f64 = 2.0;
/// What is later than that does not come.
const DEADLINE: Duration = Duration::from_secs(60);
const MINUTE: i64 = 60_000;

/// Each person wishes a morning at one of the places; seats are freed at a quarter of them, so that
/// most of those who are asked first are passed by. From the commit that frees the seats to the one
/// that makes the last offer, with the time until the job looks.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    if !(8..20).contains(&SystemClock.now().to_zoned_datetime(ambient::berlin()).hour()) {
        println!("by night no seat is offered: `waiting` measures from 8 to 20 o'clock in Berlin");
        return Ok(());
    }
    let preset = with_list().ok_or("the preset is laid out in another way")?;
    let program = Program { binary: &run.fairtermin, preset: &preset };
    let slot = Slot::start_program(run, &program, "waiting", PLACES).await?;
    fill(run, &slot).await?;
    let mut took = Vec::new();
    for round in 0..=ROUNDS {
        free(run, &slot, round).await?;
        let began = Instant::now();
        until_offered(run, &slot, (round + 1) * SEATS).await?;
        // The first round warms up.
        if round > 0 {
            took.push(began.elapsed().as_secs_f64());
        }
    }
    let middle = median(took.clone());
    let longest = took.iter().copied().fold(0.0, f64::max);
    report.add(Row {
        name: "100,000 wait, 1,000 seats are freed: offered / 2 s".to_owned(),
        ratio: middle / TARGET,
        target: 1.0,
        at_least: false,
        detail: format!(
            "{middle:.2} s, at most {longest:.2} s of {ROUNDS} rounds; {:.0} offers per s, {:.0} MB \
             at most",
            SEATS as f64 / middle,
            slot.peak_memory()?
        ),
    });
    Ok(())
}

/// The preset with a waiting list for its service. Bookings are possible for tomorrow only, and such seats are
/// too near to be offered: offers are made of what is freed alone.
fn with_list() -> Option<String> {
    let head = format!("\n    {SERVICE}:\n");
    let (before, after) = PRESET.split_once(&head)?;
    let list = "      waitingList: {offerHours: 72, leastHours: 48, maxPeople: 200000}\n";
    let text = format!("{before}{head}{list}{after}");
    text.contains("toDays: 56").then(|| text.replace("toDays: 56", "toDays: 1"))
}

/// Stores everybody as the service would have.
async fn fill(run: &Run, slot: &Slot) -> Result<(), Failure> {
    println!("  writing {PEOPLE} people who wait ...");
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("people.csv");
    std::fs::write(&file, rows()?)?;
    let copy = format!(
        "\\copy waiting_entries (id, service, service_group, person, status, hold_id, people, level, \
         language, day, place, wishes, attendee, declines, joined_at, changed_at) FROM '{}' CSV",
        file.display()
    );
    psql(run, &slot.database, &[&copy, "ANALYZE waiting_entries"]).await.map(drop)
}

fn rows() -> Result<String, Failure> {
    let key = sealing_key()?;
    let day = in_days(-1);
    let mut rows = String::new();
    for number in 0..PEOPLE {
        let bits = number as u128 + 1;
        let (id, hold) = (WaitingId::from_bits(bits), HoldId::from_bits(bits));
        let person = Pseudonym::from_bits(bits);
        // As the service writes `WantedSeats`.
        let wishes = json!([{
            "locations": [place(number % PLACES)], "from": null, "until": null, "weekdays": [],
            "except": [], "after": "07:00:00", "before": "12:00:00",
        }]);
        let wishes = key.seal(wishes.to_string().as_bytes(), &id.to_string(), &SystemEntropy)?;
        writeln!(
            rows,
            "{id},{SERVICE},bescheinigungen,{person},waiting,{hold},1,high,de,{day},{number:064x},{},\\x00,0,1,1",
            hex(&wishes)
        )?;
    }
    Ok(rows)
}

/// The key with which the service seals wishes (`DrawKeys` of the slot service).
fn sealing_key() -> Result<SealingKey, Failure> {
    let secret = hmac::Key::new(hmac::HMAC_SHA256, PERSON_DATA_KEY.as_bytes());
    let key = hmac::sign(&secret, b"fairtermin draws v1 sealing");
    Ok(SealingKey::from_bytes(key.as_ref())?)
}

/// Seats of one morning that were given up, kept for the list as a cancelled appointment leaves them.
/// Each round is another week's.
async fn free(run: &Run, slot: &Slot, round: usize) -> Result<(), Failure> {
    let [places, desks, starts] = FREED;
    let day = tuesday(round);
    let first = day.at(8, 0, 0, 0).to_zoned_datetime(ambient::berlin())?.timestamp();
    let (first, quarter) = (first.as_millisecond(), 15 * MINUTE);
    let sql = format!(
        "INSERT INTO reservations (id, kind, location, desk, date, starts_at, ends_at, opens, latest,
           created_at, waiting_list)
         SELECT 'rsv_' || lpad(({before} + row_number() OVER ())::text, 26, '0'), 'returning',
           'place-' || place * {every}, desk, '{day}', {first} + start * {quarter},
           {first} + (start + 1) * {quarter}, 1, {first}, 1, '{SERVICE}'
         FROM generate_series(0, {places} - 1) place, generate_series(0, {desks} - 1) desk,
           generate_series(0, {starts} - 1) start",
        before = round * SEATS,
        every = PLACES / places,
    );
    psql(run, &slot.database, &[&sql]).await.map(drop)
}

/// A Tuesday far enough away that an offer can stand for days.
fn tuesday(round: usize) -> Date {
    let later = 7 * i64::try_from(round).unwrap_or_default();
    let days = (8..15).map(|days| in_days(days + later));
    days.fold(in_days(8 + later), |found, day| match day.weekday() {
        Weekday::Tuesday => day,
        _ => found,
    })
}

async fn until_offered(run: &Run, slot: &Slot, offers: usize) -> Result<(), Failure> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let made = psql(run, &slot.database, &["SELECT count(*) FROM waiting_offers"]).await?;
        let made: usize = made.trim().parse()?;
        if made >= offers {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(format!("only {made} of {offers} offers were made").into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
