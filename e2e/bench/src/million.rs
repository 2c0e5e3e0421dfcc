//! A slot service with a million future bookings: how soon it is ready, how soon Redis is filled
//! anew, and how much memory it takes for all of it.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use redis::{AsyncCommands as _, AsyncConnectionConfig};

use crate::{
    Failure, Run,
    authority::{PRESET, SERVICE, place},
    confirm::confirmation,
    load::{self, Request},
    report::{Report, Row},
    service::{Program, Slot, psql},
};

const BOOKINGS: usize = 1_000_000;
const PLACES: usize = 44;
/// Nearly all of the time of these desks is booked.
const DESKS: usize = 24;
const QUESTIONS: usize = 10_000;
const DEADLINE: Duration = Duration::from_secs(60);

pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let preset = PRESET
        .replace("{public: 16, phone: 16, staff: 20}", "{public: 24, phone: 24, staff: 24}")
        .replace("toDays: 56", "toDays: 60");
    let program = Program { binary: &run.fairtermin, preset: &preset };
    let mut slot = Slot::start_program(run, &program, "million", PLACES).await?;
    fill(run, &slot).await?;

    forget_holds(run, &slot).await?;
    let began = Instant::now();
    slot.restart(run).await?;
    let filled = began.elapsed();
    let first = slot.peak_memory()?;

    let began = Instant::now();
    slot.restart(run).await?;
    let ready = began.elapsed();
    change_catalogue(&slot).await?;
    forget_holds(run, &slot).await?;
    let rebuilt = until_somebody_holds(&slot).await?;
    ask(&slot).await?;
    let most = slot.peak_memory()?.max(first);

    let seconds = |took: Duration| took.as_secs_f64();
    let mut add = |name: &str, ratio, detail| {
        report.add(Row { name: name.to_owned(), ratio, target: 1.0, at_least: false, detail });
    };
    let detail = format!("{:.1} s, Redis is filled already", seconds(ready));
    add("1,000,000 bookings: until it is ready / 5 s", seconds(ready) / 5.0, detail);
    let detail = format!(
        "{:.1} s with the program's start, {:.1} s while it runs",
        seconds(filled),
        seconds(rebuilt)
    );
    let longest = seconds(filled.max(rebuilt));
    add("1,000,000 bookings: Redis rebuilt / 10 s", longest / 10.0, detail);
    let detail = format!(
        "{most:.0} MB at most: start, rebuild, catalogue change, {QUESTIONS} different questions"
    );
    add("1,000,000 bookings: memory / 150 MB", most / 150.0, detail);
    Ok(())
}

/// Books once by the API, and copies that booking to all the other seats.
async fn fill(run: &Run, slot: &Slot) -> Result<(), Failure> {
    println!("  writing {BOOKINGS} bookings ...");
    let person = slot.issuer.people(&slot.authority, 1)?.remove(0);
    let hold = Request::post("/v1/holds", &person.token, &[], &slot.hold_request(0, 0));
    let held = load::send(slot.address, 1, vec![hold]).await?.expect(201)?;
    let confirm = confirmation(&person, &held.answers[0].body)?;
    load::send(slot.address, 1, vec![confirm]).await?.expect(201)?;

    let mut starts = String::new();
    for day in &slot.days {
        for start in &day.starts {
            let at = start.parse::<Timestamp>()?.as_millisecond();
            let comma = if starts.is_empty() { "" } else { ", " };
            write!(starts, "{comma}('{}', {at}::bigint)", day.date)?;
        }
    }
    let sql = format!(
        "CREATE TEMP TABLE seats AS
         SELECT row_number() OVER () AS n, 'place-' || place AS location, desk, date, at
         FROM generate_series(0, {last_place}) place, generate_series(1, {DESKS}) desk,
           (VALUES {starts}) starts (date, at)
         WHERE NOT (place = 0 AND desk = 1 AND date = '{first}')
         LIMIT {BOOKINGS};
         INSERT INTO bookings (id, code, hold_id, person, service_group, status, location, date,
           desk, starts_at, ends_at, services, people, texts, channel, level, language, sequence,
           series, attendee, held_at, created_at, changed_at)
         SELECT 'bkg_' || lpad(n::text, 26, '0'), 'X' || n, 'hld_' || lpad(n::text, 26, '0'),
           'psn_' || lpad(n::text, 26, '0'), service_group, status, seats.location, seats.date,
           seats.desk, at, at + 900000, services, people, texts, channel, level, language, sequence,
           'bkg_' || lpad(n::text, 26, '0'), attendee, held_at, created_at, changed_at
         FROM seats, (SELECT * FROM bookings LIMIT 1) one;
         INSERT INTO reservations (id, kind, location, desk, date, starts_at, ends_at, booking_id,
           person, service_group, created_at)
         SELECT 'rsv_' || lpad(n::text, 26, '0'), kind, seats.location, seats.desk, seats.date, at,
           at + 900000, 'bkg_' || lpad(n::text, 26, '0'), 'psn_' || lpad(n::text, 26, '0'),
           service_group, created_at
         FROM seats, (SELECT * FROM reservations WHERE kind = 'booking' LIMIT 1) one;
         ANALYZE bookings; ANALYZE reservations;",
        last_place = PLACES - 1,
        first = slot.days[0].date,
    );
    psql(run, &slot.database, &[&sql]).await?;
    let count = psql(run, &slot.database, &["SELECT count(*) FROM reservations"]).await?;
    if count.trim().parse::<usize>()? <= BOOKINGS {
        return Err(format!("only {} bookings found a seat", count.trim()).into());
    }
    Ok(())
}

/// Deletes all that Redis knows of the authority.
async fn forget_holds(run: &Run, slot: &Slot) -> Result<(), Failure> {
    let client = redis::Client::open(run.redis.as_str())?;
    // To delete megabytes takes longer than an answer usually may.
    let patient = AsyncConnectionConfig::new().set_response_timeout(Some(DEADLINE));
    let mut redis = client.get_multiplexed_async_connection_with_config(&patient).await?;
    let pattern = format!("{{ft:{}}}:*", slot.authority);
    let keys: Vec<Vec<u8>> = redis::cmd("KEYS").arg(pattern).query_async(&mut redis).await?;
    for some in keys.chunks(1_000) {
        redis.unlink::<_, ()>(some).await?;
    }
    Ok(())
}

/// Gives a place another name, and waits until the service says so.
async fn change_catalogue(slot: &Slot) -> Result<(), Failure> {
    let file = slot.catalogue();
    let text = std::fs::read_to_string(&file)?.replacen("{de: Amt}", "{de: Anderes Amt}", 1);
    std::fs::write(&file, text)?;
    let deadline = Instant::now() + DEADLINE;
    loop {
        let locations = Request::get("/v1/locations", "");
        let answer = load::send(slot.address, 1, vec![locations]).await?.expect(200)?;
        if String::from_utf8_lossy(&answer.answers[0].body).contains("Anderes Amt") {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err("the catalogue is not followed".into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How long it takes until a hold is answered by anything but "cannot be held at the moment".
async fn until_somebody_holds(slot: &Slot) -> Result<Duration, Failure> {
    let began = Instant::now();
    loop {
        let person = slot.issuer.people(&slot.authority, 1)?.remove(0);
        let hold = Request::post("/v1/holds", &person.token, &[], &slot.hold_request(0, 0));
        let answer = load::send(slot.address, 1, vec![hold]).await?.answers.remove(0);
        if answer.status != 503 {
            return Ok(began.elapsed());
        }
        if began.elapsed() > DEADLINE {
            return Err("Redis is not filled".into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Every question asks about other places or another day.
async fn ask(slot: &Slot) -> Result<(), Failure> {
    let pairs = (0..PLACES).flat_map(|one| (0..one).map(move |other| (one, other)));
    let questions = pairs.flat_map(|(one, other)| {
        slot.days.iter().map(move |day| {
            let places = format!("location={}&location={}", place(one), place(other));
            let date = day.date;
            let path = format!("/v1/availability/slots?service={SERVICE}&{places}&date={date}");
            Request::get(&path, "").without_body()
        })
    });
    let questions = questions.take(QUESTIONS).collect();
    load::send(slot.address, 8, questions).await?.expect(200)?;
    Ok(())
}
