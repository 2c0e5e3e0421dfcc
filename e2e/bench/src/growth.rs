//! What a hold costs as an authority grows and its days fill up.

use std::{collections::HashMap, time::Duration};

use crate::{
    Failure, Run,
    authority::PUBLIC_DESKS,
    load::{self, Request},
    report::{Report, Row, median},
    service::Slot,
};

/// Locations, and on how many days they are measured: a small authority has few places a day, and
/// what is measured must not fill them.
const AUTHORITIES: [(usize, usize); 3] = [(1, 10), (10, 2), (100, 1)];
/// How many of the public desks are taken at each start of the day.
const FILLED: [usize; 3] = [2, 14, PUBLIC_DESKS];
const MEASURED: usize = 200;

/// Measures authorities of 1, 10 and 100 locations, each 10 %, 90 % and 100 % full.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let mut cells = Vec::new();
    for (locations, days) in AUTHORITIES {
        let slot = Slot::start(run, &format!("growth-{locations}"), locations).await?;
        let mut taken = Taken::default();
        for filled in FILLED {
            for day in 0..days {
                taken.fill(&slot, day, filled).await?;
            }
            let status = if filled == PUBLIC_DESKS { 409 } else { 201 };
            let micros = taken.typical_hold(&slot, days, status).await?;
            let percent = filled * 100 / PUBLIC_DESKS;
            println!("  a hold, {locations} locations, {percent} % full: {micros:.0} µs");
            cells.push(micros);
        }
    }
    let least = cells[0];
    let most = cells.iter().copied().fold(0.0, f64::max);
    report.add(Row {
        name: "slowest hold of 1-100 locations, 10-100 % full / first".to_owned(),
        ratio: most / least,
        target: 1.3,
        at_least: false,
        detail: format!("{most:.0} / {least:.0} µs, one client"),
    });
    Ok(())
}

/// How many desks are taken, by day and number of the request.
#[derive(Default)]
struct Taken(HashMap<(usize, usize), usize>);

impl Taken {
    /// Takes what is free until so many desks are taken at every start of the day, everywhere.
    async fn fill(&mut self, slot: &Slot, day: usize, desks: usize) -> Result<(), Failure> {
        let mut requests = Vec::new();
        for number in 0..slot.places_of(day) / PUBLIC_DESKS {
            let taken = self.0.entry((day, number)).or_default();
            requests.extend((*taken..desks).map(|_| slot.hold_request(day, number)));
            *taken = desks.max(*taken);
        }
        let people = slot.issuer.people(&slot.authority, requests.len())?;
        let holds = people.iter().zip(&requests);
        let holds =
            holds.map(|(person, request)| Request::post("/v1/holds", &person.token, &[], request));
        load::send(slot.address, 32, holds.collect()).await?.expect(201)?;
        Ok(())
    }

    /// The median time of a hold by one client, in microseconds.
    async fn typical_hold(
        &mut self,
        slot: &Slot,
        days: usize,
        status: u16,
    ) -> Result<f64, Failure> {
        let mut times: Vec<Duration> = Vec::new();
        let people = slot.issuer.people(&slot.authority, MEASURED)?;
        for (number, person) in people.into_iter().enumerate() {
            // 11 has no factor in common with any number of locations and starts.
            let (day, number) = (number % days, number / days * 11);
            let number = number % (slot.places_of(day) / PUBLIC_DESKS);
            let hold =
                Request::post("/v1/holds", &person.token, &[], &slot.hold_request(day, number));
            let answer = load::send(slot.address, 1, vec![hold]).await?;
            times.push(answer.expect(status)?.answers.remove(0).took);
            *self.0.entry((day, number)).or_default() += 1;
        }
        Ok(median(times.iter().map(|time| time.as_secs_f64() * 1e6).collect()))
    }
}
