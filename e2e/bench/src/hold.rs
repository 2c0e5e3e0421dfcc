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
/// come with a token that is new to the service. The bare handler gets the same bytes, token and
/// wish, and answers with as many; and once more with next to none.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "hold", 100, 60).await?;
    let bare = Bare::start(run).await?;
    let mut rounds = Vec::new();
    let mut length = 0;
    // The first round warms both up and does not count.
    for round in 0..=ROUNDS {
        let strangers = slot.issuer.people(&slot.authority, HOLDS)?;
        let ours_new = hold(&slot, &strangers, 2 * round + 1).await?;
        length = ours_new.answers[0].body.len();
        let people = slot.issuer.people(&slot.authority, HOLDS)?;
        let looks = people.iter().map(|who| Request::get("/v1/bookings", &who.token)).collect();
        load::send(slot.address, CONNECTIONS, looks).await?.expect(200)?;
        let same = people.iter().enumerate().map(|(number, person)| {
            let path = bare_path(2 * round, number, length);
            Request::post(&path, &person.token, &[], &slot.wish(in_days(1), number))
        });
        let theirs = load::send(bare.address, CONNECTIONS, same.collect()).await?.expect(201)?;
        let ours = hold(&slot, &people, 2 * round).await?;
        let short = (0..HOLDS)
            .map(|number| Request::post(&bare_path(2 * round + 1, number, 1), "", &[], ""));
        let short = load::send(bare.address, CONNECTIONS, short.collect()).await?.expect(201)?;
        rounds.push([&ours, &ours_new, &theirs, &short].map(Outcome::rate));
    }
    rounds.remove(0);
    let ratio = |part: usize, whole: usize| {
        let middle = |which: usize| median(rounds.iter().map(|rates| rates[which]).collect());
        let ratio = median(rounds.iter().map(|rates| rates[part] / rates[whole]).collect());
        (ratio, format!("{:.0} / {:.0} per s", middle(part), middle(whole)))
    };
    let (ours, ours_new, theirs, short) = (0, 1, 2, 3);
    for (name, target, (ratio, detail)) in [
        ("hold over HTTP / bare handler with one EVALSHA", 0.9, ratio(ours, theirs)),
        ("the same with a token that is new to the service", 0.4, ratio(ours_new, theirs)),
        ("the same / a bare handler that reads and says nothing", 0.6, ratio(ours, short)),
    ] {
        report.add(Row { name: name.to_owned(), ratio, target, at_least: true, detail });
    }
    let peak = slot.peak_memory()?;
    report.add(Row {
        name: "memory of the slot service / 150 MB".to_owned(),
        ratio: peak / 150.0,
        target: 1.0,
        at_least: false,
        detail: format!("{peak:.0} MB at most, answers of {length} bytes"),
    });
    Ok(())
}

fn bare_path(round: usize, number: usize, length: usize) -> String {
    format!("/hold/{round}-{}/{round}-{number}/{length}", number % 4_800)
}

async fn hold(slot: &Slot, people: &[Person], day: usize) -> Result<Outcome, Failure> {
    let date = in_days(1 + i64::try_from(day)?);
    let requests = people.iter().enumerate().map(|(number, person)| {
        Request::post("/v1/holds", &person.token, &[], &slot.wish(date, number))
    });
    load::send(slot.address, CONNECTIONS, requests.collect()).await?.expect(201)
}
