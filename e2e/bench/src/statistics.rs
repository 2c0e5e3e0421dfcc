//! Open statistics of an authority with a million bookings behind it: any range of days, by day.

use std::time::{Duration, Instant};

use crate::{
    Failure, Run,
    authority::place,
    confirm::confirmation,
    load::{self, Request},
    report::{Report, Row},
    service::{Slot, in_days, psql},
};

const BOOKINGS: usize = 1_000_000;
const PLACES: usize = 40;
const SERVICES: usize = 15;
/// The bookings are spread over so many days before today.
const DAYS: i64 = 93;
/// As many as one answer has at all places.
const RANGE: i64 = 31;
/// How often each range is asked for: of fewer, the 99th percentile would be the slowest.
const ASKED: i64 = 200;
/// What an answer may take, in milliseconds.
const TARGET: f64 = 50.0;
/// Counting all days once, in the background.
const DEADLINE: Duration = Duration::from_secs(300);

pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let mut slot = Slot::start(run, "statistics", PLACES).await?;
    fill(run, &slot).await?;
    // What was counted of the empty database.
    let forget = ["DELETE FROM statistics_days", "DELETE FROM statistics_months"];
    psql(run, &slot.database, &forget).await?;
    slot.restart(run).await?;
    let counted = until_counted(run, &slot).await?;

    let one_place = format!("&location={}", place(7));
    let days = |ago: i64, range: i64, place: &str| {
        let (from, to) = (in_days(-ago), in_days(range - 1 - ago));
        Request::get(&format!("/v1/statistics?from={from}&to={to}{place}"), "")
    };
    let all: Vec<_> = (0..ASKED).map(|n| days(RANGE + n % 60, RANGE, "")).collect();
    let single: Vec<_> = (0..ASKED).map(|_| days(DAYS, DAYS, &one_place)).collect();
    let months = (0..ASKED).map(|_| Request::get("/v1/statistics/months", "")).collect();
    for (name, requests) in
        [("31 days, 40 places", all), ("93 days, one place", single), ("12 months", months)]
    {
        let answers = load::send(slot.address, 1, requests).await?.expect(200)?;
        let worst = answers.quantile(0.99) * 1000.0;
        let bytes = answers.answers.iter().map(|answer| answer.body.len()).max().unwrap_or(0);
        let detail = format!(
            "p50 {:.1} ms, p99 {worst:.1} ms, {} kB; all days were counted in {:.0} s",
            answers.quantile(0.5) * 1000.0,
            bytes / 1000,
            counted.as_secs_f64(),
        );
        report.add(Row {
            name: format!("1,000,000 bookings: statistics, {name} / {TARGET} ms"),
            ratio: worst / TARGET,
            target: 1.0,
            at_least: false,
            detail,
        });
    }
    Ok(())
}

/// Books once by the API, and copies that booking to places, services and days that are over.
async fn fill(run: &Run, slot: &Slot) -> Result<(), Failure> {
    println!("  writing {BOOKINGS} bookings of the past ...");
    let person = slot.issuer.people(&slot.authority, 1)?.remove(0);
    let hold = Request::post("/v1/holds", &person.token, &[], &slot.hold_request(0, 0));
    let held = load::send(slot.address, 1, vec![hold]).await?.expect(201)?;
    let confirm = confirmation(&person, &held.answers[0].body)?;
    load::send(slot.address, 1, vec![confirm]).await?.expect(201)?;
    let sql = format!(
        "INSERT INTO bookings (id, code, hold_id, person, service_group, status, location, date,
           desk, starts_at, ends_at, services, people, texts, channel, level, language, sequence,
           series, attendee, held_at, created_at, changed_at)
         SELECT 'bkg_' || lpad(n::text, 26, '0'), 'X' || n, 'hld_' || lpad(n::text, 26, '0'),
           'psn_' || lpad(n::text, 26, '0'), service_group,
           (ARRAY['served', 'served', 'served', 'missed', 'cancelled'])[1 + n % 5],
           'place-' || n / {SERVICES} % {PLACES}, (current_date - 1 - n % {DAYS})::text,
           n / 600 % 20, at, at + 900000, '[\"service-' || n % {SERVICES} || '\"]', people, texts, channel,
           level, language, sequence, 'bkg_' || lpad(n::text, 26, '0'), attendee, held_at,
           at - n % 40 * 86400000::bigint, at
         FROM (SELECT n, (extract(epoch FROM current_date - 1 - n % {DAYS}) + 28800 + n / 12000 % 32 * 900)::bigint
                 * 1000 AS at FROM generate_series(0, {last}) n) seats,
           (SELECT * FROM bookings LIMIT 1) one;
         ANALYZE bookings;",
        last = BOOKINGS - 1,
    );
    psql(run, &slot.database, &[&sql]).await?;
    let count = psql(run, &slot.database, &["SELECT count(*) FROM bookings"]).await?;
    if count.trim().parse::<usize>()? <= BOOKINGS {
        return Err(format!("there are only {} bookings", count.trim()).into());
    }
    Ok(())
}

/// How long the service takes to count every day by itself.
async fn until_counted(run: &Run, slot: &Slot) -> Result<Duration, Failure> {
    let began = Instant::now();
    loop {
        let days = ["SELECT count(DISTINCT date) FROM statistics_days"];
        let counted = psql(run, &slot.database, &days).await?;
        if counted.trim().parse::<i64>()? >= DAYS {
            return Ok(began.elapsed());
        }
        if began.elapsed() > DEADLINE {
            return Err(format!("only {} days were counted", counted.trim()).into());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
