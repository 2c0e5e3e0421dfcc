//! Free slots over HTTP, against a bare handler that answers with the same text.

use crate::{
    Failure, Run,
    authority::{SERVICE, place},
    load::{self, Outcome, Request},
    report::{Report, Row, median},
    service::{Bare, Slot},
};

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 7;
const QUESTIONS: usize = 60_000;
const DAYS: usize = 20;

/// A citizen's question: what is free on this day at these three places?
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "availability", 12).await?;
    let bare = Bare::start(run).await?;
    let places: String = (0..3).map(|number| format!("&location={}", place(number))).collect();
    let path = |day: usize| {
        format!("/v1/availability/slots?service={SERVICE}{places}&date={}", slot.days[day].date)
    };
    // The bare program has the same texts, one a day, so that neither fits the caches better.
    let mut length = 0;
    for day in 0..DAYS {
        let live = ask(&slot, 1, vec![Request::get(&path(day), "")]).await?;
        let text = String::from_utf8(live.answers[0].body.clone())?;
        let put = Request::new("PUT", &format!("/static/{day}"), "", &[], &text);
        load::send(bare.address, 1, vec![put]).await?.expect(204)?;
        length = text.len();
    }

    let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let days = || (0..DAYS).cycle().take(QUESTIONS);
        let fixed = |day| Request::get(&format!("/static/{day}"), "").without_body();
        let fixed = days().map(fixed).collect();
        let bare = load::send(bare.address, CONNECTIONS, fixed).await?.expect(200)?;
        let live = days().map(|day| Request::get(&path(day), "").without_body()).collect();
        let live = ask(&slot, CONNECTIONS, live).await?;
        if round > 0 {
            ratios.push(live.rate() / bare.rate());
            ours.push(live.rate());
            theirs.push(bare.rate());
        }
    }
    report.add(Row {
        name: "availability over HTTP / a fixed text of the same size".to_owned(),
        ratio: median(ratios),
        target: 0.95,
        at_least: true,
        detail: format!("{:.0} / {:.0} per s, {} kB", median(ours), median(theirs), length / 1000),
    });
    Ok(())
}

async fn ask(slot: &Slot, connections: usize, requests: Vec<Request>) -> Result<Outcome, Failure> {
    load::send(slot.address, connections, requests).await?.expect(200)
}
