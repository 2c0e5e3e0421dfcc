//! Free slots over HTTP, against a bare handler that answers with the same text.

use crate::{
    Failure, Run,
    load::{self, Outcome, Request},
    report::{Report, Row, median},
    service::{Bare, Slot, in_days, place},
};

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 7;
const QUESTIONS: usize = 20_000;

/// A citizen's question: what is free on this day at these three places?
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "availability", 12, 40).await?;
    let bare = Bare::start(run).await?;
    let places: String = (0..3).map(|number| format!("&location={}", place(number))).collect();
    let path = |day| format!("/v1/availability/slots?service=passport{places}&date={}", in_days(day));
    let sample = ask(&slot, 1, vec![Request::get(&path(1), "")]).await?;
    let text = String::from_utf8(sample.answers[0].body.clone())?;
    let put = Request::new("PUT", "/static", "", &[], &text);
    load::send(bare.address, 1, vec![put]).await?.expect(204)?;

    let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let fixed = (0..QUESTIONS).map(|_| Request::get("/static", "")).collect();
        let bare = load::send(bare.address, CONNECTIONS, fixed).await?.expect(200)?;
        let days = (0..QUESTIONS).map(|number| number % 20 + 1);
        let days = days.map(|day| Request::get(&path(i64::try_from(day).unwrap_or(1)), ""));
        let live = ask(&slot, CONNECTIONS, days.collect()).await?;
        if round > 0 {
            ratios.push(live.rate() / bare.rate());
            ours.push(live.rate());
            theirs.push(bare.rate());
        }
    }
    report.add(Row {
        name: "availability over HTTP / a fixed text of the same size".to_owned(),
        ratio: median(ratios),
        target: 0.9,
        at_least: true,
        detail: format!(
            "{:.0} / {:.0} per s, {} kB",
            median(ours),
            median(theirs),
            text.len() / 1000
        ),
    });
    Ok(())
}

async fn ask(
    slot: &Slot,
    connections: usize,
    requests: Vec<Request>,
) -> Result<Outcome, Failure> {
    load::send(slot.address, connections, requests).await?.expect(200)
}
