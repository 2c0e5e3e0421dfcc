//! Free slots of many authorities at once, each with a service and data of its own.

use crate::{
    Failure, Run,
    authority::{SERVICE, place},
    load::{self, Request},
    report::{Report, Row},
    service::{Slot, in_days},
};

const AUTHORITIES: usize = 12;
const LOCATIONS: usize = 40;
const PER_SECOND: u32 = 500;
/// Twenty seconds' worth.
const REQUESTS: usize = 10_000;
const CONNECTIONS: usize = 24;
const DAYS: i64 = 20;
const TARGET_MS: f64 = 20.0;

/// On which days of the next weeks something is free anywhere at an authority's forty places, and
/// when at five of them, asked of one authority after the other.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let mut slots = Vec::with_capacity(AUTHORITIES);
    for number in 0..AUTHORITIES {
        slots.push(Slot::start(run, &format!("of-{number}"), LOCATIONS).await?);
    }
    let places: String = (0..5).map(|number| format!("&location={}", place(number))).collect();
    let question = |number: usize| {
        let slot = &slots[number % AUTHORITIES];
        let day = 1 + i64::try_from(number / (2 * AUTHORITIES)).unwrap_or_default() % DAYS;
        let path = if (number / AUTHORITIES).is_multiple_of(2) {
            let (from, to) = (in_days(day), in_days(day + 30));
            format!("/v1/availability/days?service={SERVICE}&from={from}&to={to}")
        } else {
            format!("/v1/availability/slots?service={SERVICE}{places}&date={}", in_days(day))
        };
        (slot.address, Request::get(&path, ""))
    };
    let warm = (0..4 * AUTHORITIES * 20).map(question).collect();
    load::pace(CONNECTIONS, PER_SECOND / 2, warm).await?.expect(200)?;
    let asked = (0..REQUESTS).map(question).collect();
    let done = load::pace(CONNECTIONS, PER_SECOND, asked).await?.expect(200)?;
    let (half, most) = (done.quantile(0.5) * 1e3, done.quantile(0.99) * 1e3);
    let bytes: usize = done.answers.iter().map(|answer| answer.body.len()).sum();
    report.add(Row {
        name: "availability, 12 authorities x 40 places, p99 / 20 ms".to_owned(),
        ratio: most / TARGET_MS,
        target: 1.0,
        at_least: false,
        detail: format!(
            "{:.0} requests/s, {} kB on average, median {half:.1} ms, p99 {most:.1} ms",
            done.rate(),
            bytes / REQUESTS / 1000
        ),
    });
    Ok(())
}
