//! What a hold costs as an authority grows and its days fill up.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    Failure, Run,
    load::{self, Request},
    people::Person,
    report::{Report, Row, median},
    service::{STARTS, Slot, in_days, place, start_of},
};

const DESKS: usize = 20;
/// Desks taken at each start of the day: 10 %, 90 %, all.
const FILLED: [usize; 3] = [2, 18, 20];
const MEASURED: usize = 400;

/// Measures authorities of 1, 10 and 100 locations, each 10 %, 90 % and 100 % full.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let mut cells = Vec::new();
    for locations in [1, 10, 100] {
        let slot = Slot::start(run, &format!("growth-{locations}"), locations, DESKS).await?;
        let witness = slot.issuer.people(&slot.authority, 1)?.remove(0);
        let mut taken = 0;
        for filled in FILLED {
            fill(&slot, locations, filled - taken).await?;
            taken = filled;
            let micros = typical_hold(&slot, &witness, locations, filled == DESKS).await?;
            println!("  a hold, {locations} locations, {} % full: {micros:.0} µs", filled * 5);
            cells.push(micros);
        }
    }
    let least = cells[0];
    let most = cells.iter().copied().fold(0.0, f64::max);
    report.add(Row {
        name: "slowest hold of 1-100 locations, 10-100 % full / first".to_owned(),
        ratio: most / least,
        target: 1.5,
        at_least: false,
        detail: format!("{most:.0} / {least:.0} µs, one client"),
    });
    Ok(())
}

/// Takes `desks` more at every start of the day, everywhere.
async fn fill(slot: &Slot, locations: usize, desks: usize) -> Result<(), Failure> {
    let date = in_days(1);
    let people = slot.issuer.people(&slot.authority, locations * STARTS * desks)?;
    let holds = people.iter().enumerate().map(|(number, person)| {
        Request::post("/v1/holds", &person.token, &[], &slot.wish(date, number))
    });
    load::send(slot.address, 32, holds.collect()).await?.expect(201)?;
    Ok(())
}

/// The median time of a hold by one client, in microseconds. Each hold is let go again.
async fn typical_hold(
    slot: &Slot,
    witness: &Person,
    locations: usize,
    is_full: bool,
) -> Result<f64, Failure> {
    let date = in_days(1);
    let mut times: Vec<Duration> = Vec::new();
    for number in 0..MEASURED {
        let wish = json!({
            "location": place(number * 7 % locations),
            "start": start_of(date, number % STARTS),
            "services": ["passport"],
        });
        let hold = Request::post("/v1/holds", &witness.token, &[], &wish.to_string());
        let answer = load::send(slot.address, 1, vec![hold]).await?;
        let answer = answer.expect(if is_full { 409 } else { 201 })?.answers.remove(0);
        times.push(answer.took);
        if !is_full {
            let held: Value = serde_json::from_slice(&answer.body)?;
            let_go(slot, witness, &held).await?;
        }
    }
    Ok(median(times.iter().map(|time| time.as_secs_f64() * 1e6).collect()))
}

async fn let_go(slot: &Slot, witness: &Person, held: &Value) -> Result<(), Failure> {
    let body = json!({ "hold_token": held["hold_token"] }).to_string();
    let path = format!("/v1/holds/{}", held["hold_id"].as_str().ok_or("a hold without an id")?);
    let release = Request::new("DELETE", &path, &witness.token, &[], &body);
    load::send(slot.address, 1, vec![release]).await?.expect(204)?;
    Ok(())
}
