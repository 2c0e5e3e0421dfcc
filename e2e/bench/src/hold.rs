//! A hold over HTTP, against a bare handler that runs one script.

use crate::{
    Failure, Run,
    load::{self, Outcome, Request},
    people::Person,
    report::{Report, Row, median},
    service::{Bare, Slot, in_days},
};

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 7;
const HOLDS: usize = 8_000;

/// Measures people whose token was seen before (they looked at their bookings), and people who
/// come with a token that is new to the service.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "hold", 100, 60).await?;
    let bare = Bare::start(run).await?;
    let (mut seen, mut new, mut rates) = (Vec::new(), Vec::new(), Vec::new());
    // The first round warms both up and does not count.
    for round in 0..=ROUNDS {
        let theirs = bare_holds(&bare, round).await?;
        let people = slot.issuer.people(&slot.authority, HOLDS)?;
        let looks = people.iter().map(|who| Request::get("/v1/bookings", &who.token)).collect();
        load::send(slot.address, CONNECTIONS, looks).await?.expect(200)?;
        let ours = hold(&slot, &people, 2 * round).await?;
        let strangers = slot.issuer.people(&slot.authority, HOLDS)?;
        let with_new_tokens = hold(&slot, &strangers, 2 * round + 1).await?;
        if round > 0 {
            seen.push(ours.rate() / theirs.rate());
            new.push(with_new_tokens.rate() / theirs.rate());
            rates.push((ours.rate(), theirs.rate()));
        }
    }
    let (ours, theirs): (Vec<_>, Vec<_>) = rates.into_iter().unzip();
    report.add(Row {
        name: "hold over HTTP / bare handler with one EVALSHA".to_owned(),
        ratio: median(seen),
        target: 0.9,
        at_least: true,
        detail: format!("{:.0} / {:.0} per s", median(ours), median(theirs)),
    });
    report.add(Row {
        name: "the same with a token that is new to the service".to_owned(),
        ratio: median(new),
        target: 0.4,
        at_least: true,
        detail: "one ES256 signature more to verify".to_owned(),
    });
    report.add(Row {
        name: "memory of the slot service / 150 MB".to_owned(),
        ratio: slot.peak_memory()? / 150.0,
        target: 1.0,
        at_least: false,
        detail: format!("{:.0} MB at most", slot.peak_memory()?),
    });
    Ok(())
}

async fn bare_holds(bare: &Bare, round: usize) -> Result<Outcome, Failure> {
    let path = |number| format!("/hold/{round}-{}/{round}-{number}", number % 4_800);
    let requests = (0..HOLDS).map(|number| Request::post(&path(number), "", &[], "")).collect();
    load::send(bare.address, CONNECTIONS, requests).await?.expect(201)
}

async fn hold(slot: &Slot, people: &[Person], day: usize) -> Result<Outcome, Failure> {
    let date = in_days(1 + i64::try_from(day)?);
    let requests = people.iter().enumerate().map(|(number, person)| {
        Request::post("/v1/holds", &person.token, &[], &slot.wish(date, number))
    });
    load::send(slot.address, CONNECTIONS, requests.collect()).await?.expect(201)
}
