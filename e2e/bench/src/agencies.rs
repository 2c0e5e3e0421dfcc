//! What agencies' programs do: post entitlements in bulk, and not disturb each other.

use serde_json::{Value, json};

use crate::{
    Failure, Run,
    authority::PRESET,
    load::{self, Outcome, Request},
    report::{Report, Row, median},
    service::{Program, Slot, in_days},
};

/// As many as one request may hold.
const BATCH: usize = 500;
const BATCHES: usize = 40;
const PER_SECOND: f64 = 5_000.0;
const CONNECTIONS: usize = 4;

/// What a program may ask in a minute, unless an authority decides otherwise.
const LIMIT: u32 = 6_000;
/// A considerate program asks half of that.
const CONSIDERATE: u32 = LIMIT / 60 / 2;
/// Another asks twenty times its limit.
const FLOOD: u32 = LIMIT / 60 * 20;
const SECONDS: u32 = 8;
const ROUNDS: usize = 3;

/// Both rows.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    bulk(run, report).await?;
    flood(run, report).await
}

async fn bulk(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "bulk", 1).await?;
    let token = slot.issuer.agency(&slot.authority, "bench-bulk")?;
    let batch = |number: usize| {
        let first = number * BATCH;
        let items: Vec<_> = (first..first + BATCH).map(entitlement).collect();
        let body = json!({ "entitlements": items }).to_string();
        Request::post("/v1/entitlements/batch", &token, &[], &body)
    };
    let requests = (0..BATCHES).map(batch).collect();
    let done = load::send(slot.address, CONNECTIONS, requests).await?.expect(200)?;
    let rate = done.rate() * BATCH as f64;
    report.add(Row {
        name: "bulk entitlements a second / 5000".to_owned(),
        ratio: rate / PER_SECOND,
        target: 1.0,
        at_least: true,
        detail: format!("{rate:.0} per s, {BATCH} in a request, over {CONNECTIONS} connections"),
    });
    Ok(())
}

/// One program posts single entitlements; another asks far more than it may, the same.
async fn flood(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let limits = json!({ "agency_per_minute": LIMIT, "person_per_minute": 600 });
    let program = Program { binary: &run.fairtermin, preset: PRESET };
    let slot = Slot::start_with(run, &program, "flood", 1, &[("limits", limits)]).await?;
    let (mut alone, mut disturbed) = (Vec::new(), Vec::new());
    let mut refused = 0;
    for round in 0..=ROUNDS {
        let quiet = considerate(&slot, 2 * round).await?;
        let name = format!("bench-flood-{round}");
        let token = slot.issuer.agency(&slot.authority, &name)?;
        let crowd = (0..FLOOD * SECONDS).map(|number| (slot.address, post(&token, &name, number)));
        let flooding = load::pace(64, FLOOD, crowd.collect());
        let (loud, flooded) = tokio::join!(considerate(&slot, 2 * round + 1), flooding);
        refused = flooded?.answers.iter().filter(|answer| answer.status == 429).count();
        // The first round warms up.
        if round > 0 {
            alone.push(quiet.quantile(0.99));
            disturbed.push(loud?.quantile(0.99));
        }
    }
    let ratios = alone.iter().zip(&disturbed).map(|(alone, disturbed)| disturbed / alone);
    report.add(Row {
        name: "p99 of a program beside a flood / undisturbed".to_owned(),
        ratio: median(ratios.collect()),
        target: 1.5,
        at_least: false,
        detail: format!(
            "{:.1} / {:.1} ms; {FLOOD} requests/s, {refused} of {} refused",
            median(disturbed) * 1e3,
            median(alone) * 1e3,
            FLOOD * SECONDS
        ),
    });
    Ok(())
}

async fn considerate(slot: &Slot, round: usize) -> Result<Outcome, Failure> {
    let name = format!("bench-considerate-{round}");
    let token = slot.issuer.agency(&slot.authority, &name)?;
    let requests =
        (0..CONSIDERATE * SECONDS).map(|number| (slot.address, post(&token, &name, number)));
    load::pace(16, CONSIDERATE, requests.collect()).await?.expect(201)
}

fn post(token: &str, name: &str, number: u32) -> Request {
    let mut body = entitlement(number as usize);
    body["reference"] = format!("{name}-{number}").into();
    Request::post("/v1/entitlements", token, &[], &body.to_string())
}

/// What an agency posts for the people of [`Issuer`](crate::people::Issuer).
pub fn entitlement(number: usize) -> Value {
    json!({
        "service": "niederlassungserlaubnis",
        "reference": format!("BENCH-{number}"),
        "birthdate": "1990-05-17",
        "names": [{ "given_name": "Zeynep", "family_name": "Öztürk" }],
        "valid_until": format!("{}T08:00:00Z", in_days(90)),
    })
}
