//! Draws in the slot service: how fast people enter, and what the service takes from the closed list
//! to the result.

use std::time::{Duration, Instant};

use draw::{Announcement, Beacon, Bytes, Reveal, Revealed, Secret, Seed, Version, canonical};
use serde_json::{Value, json};

use crate::{
    Failure, Run,
    authority::{PRESET, SERVICE, place},
    confirm::confirm,
    cpu::Cpu,
    load::{self, Outcome, Request},
    people::Person,
    report::{Report, Row, median},
    service::{Program, Slot, in_days, psql},
};

const CLIENTS: usize = 32;
const ROUNDS: usize = 4;
/// Entries of a round, as many as there are confirms in one.
const ENTRIES: usize = 4_000;
const WISHES: usize = 5;
/// 78 places with two desks each draw nearly 20,000 seats of a week with LEA's hours.
const PLACES: usize = 78;
const DESKS: usize = 2;
/// Of the processor, in seconds.
const SETTLE: f64 = 1.0;
const MEGABYTES: f64 = 200.0;
/// What is later than that does not come.
const DEADLINE: Duration = Duration::from_secs(60);
/// What the auditor reveals.
const AUDITOR: Seed = Bytes([1; 32]);

/// All rows.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let immediate = Slot::start(run, "immediate", 100).await?;
    let preset = drawn().ok_or("the preset has no such service")?;
    let program = Program { binary: &run.fairtermin, preset: &preset };
    let slot = Slot::start_program(run, &program, "drawn", PLACES).await?;
    let draw = announced(&slot).await?;
    let announcement = name_auditor(run, &slot, &draw).await?;
    let slots: usize = announcement.rows.iter().map(|row| usize::from(row.slots)).sum();

    let (mut ratios, mut entering, mut confirming) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let entered = enter(&slot, &draw).await?.rate();
        let confirmed = confirm(&immediate, round).await?.rate();
        // The first round warms up.
        if round > 0 {
            ratios.push(entered / confirmed);
            entering.push(entered);
            confirming.push(confirmed);
        }
    }
    report.add(Row {
        name: "entering a draw over HTTP / confirms".to_owned(),
        ratio: median(ratios),
        target: 0.8,
        at_least: true,
        detail: format!(
            "{:.0} / {:.0} per s, {WISHES} wishes each, {slots} seats",
            median(entering),
            median(confirming)
        ),
    });
    settle(run, &slot, &announcement, report).await
}

/// The preset with its service drawn: of each place some desks for a week, to be entered from today on.
/// `None` if the preset is not laid out as this expects.
fn drawn() -> Option<String> {
    let head = format!("\n    {SERVICE}:\n");
    let (before, after) = PRESET.split_once(&head)?;
    let today = format!("{:?}", in_days(0).weekday()).to_lowercase();
    let schedule =
        format!("{{opensOn: {today}, opensAt: \"00:00\", entryHours: 48, desks: {DESKS}}}");
    Some(format!("{before}{head}      allocation: draw\n      draw: {schedule}\n{after}"))
}

/// The id of the draw, once it is announced.
async fn announced(slot: &Slot) -> Result<String, Failure> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let draws = Request::get("/v1/draws", "");
        let answer = load::send(slot.address, 1, vec![draws]).await?.expect(200)?;
        let draws: Value = serde_json::from_slice(&answer.answers[0].body)?;
        if let Some(id) = draws["draws"][0]["id"].as_str() {
            return Ok(id.to_owned());
        }
        if Instant::now() > deadline {
            return Err("no draw is announced".into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Puts an auditor into the announcement before anybody enters: no round of the public beacon can be
/// had for a measurement. What was announced then.
async fn name_auditor(run: &Run, slot: &Slot, draw: &str) -> Result<Announcement, Failure> {
    let query = format!(
        "SELECT text FROM draw_documents WHERE draw_id = '{draw}' AND kind = 'announcement'"
    );
    let text = psql(run, &slot.database, &[&query]).await?;
    let announcement: Announcement = serde_json::from_str(text.trim())?;
    let auditor = Beacon::Auditor {
        commitment: Secret::Auditor.commitment(&announcement.draw, &AUDITOR),
        name: "Bench".to_owned(),
    };
    let written = |beacon: &Beacon| String::from_utf8(canonical::write(beacon));
    let change = format!(
        "UPDATE draw_documents SET text = replace(text, '{}', '{}')
         WHERE draw_id = '{draw}' AND kind = 'announcement'",
        written(&announcement.beacon)?,
        written(&auditor)?
    );
    psql(run, &slot.database, &[&change]).await?;
    let changed = psql(run, &slot.database, &[&query]).await?;
    let changed: Announcement = serde_json::from_str(changed.trim())?;
    if changed.beacon == auditor { Ok(changed) } else { Err("the beacon stayed".into()) }
}

/// New people enter, each with a token that was seen before, as that of a confirm was.
async fn enter(slot: &Slot, draw: &str) -> Result<Outcome, Failure> {
    let people = slot.issuer.people(&slot.authority, ENTRIES)?;
    let looks = people.iter().map(|who| Request::get("/v1/bookings", &who.token)).collect();
    load::send(slot.address, CLIENTS, looks).await?.expect(200)?;
    let path = format!("/v1/draws/{draw}/entries");
    let entry = |(number, person): (usize, &Person)| {
        let body = json!({
            "wishes": wishes(number), "attendee": person.attendee, "language": "de",
        });
        let headers = [("idempotency-key", "entry")];
        Request::post(&path, &person.token, &headers, &body.to_string())
    };
    let entries = people.iter().enumerate().map(entry).collect();
    load::send(slot.address, CLIENTS, entries).await?.expect(201)
}

/// Mornings at three places, at three others, and so on, at last any seat.
fn wishes(number: usize) -> Vec<Value> {
    let mornings = |step: usize| {
        let places: Vec<_> =
            (0..3).map(|next| place((number * 7 + step * 3 + next) % PLACES)).collect();
        json!({ "locations": places, "after": "09:00", "before": "12:00" })
    };
    (0..WISHES - 1).map(mornings).chain([json!({})]).collect()
}

/// Closes the list and lets the auditor reveal its seed: what the service takes of the processor for
/// both steps, and of memory.
async fn settle(
    run: &Run,
    slot: &Slot,
    announcement: &Announcement,
    report: &mut Report,
) -> Result<(), Failure> {
    let draw = &announcement.draw;
    let before = Cpu::taken(run, slot.pid()?).await?;
    let close = format!(
        "UPDATE draws SET closes = (extract(epoch FROM now()) * 1000)::bigint WHERE id = '{draw}'"
    );
    psql(run, &slot.database, &[&close]).await?;
    let frozen = until(run, slot, draw, "frozen").await?;
    let reveal = Reveal {
        announcement: announcement.digest(),
        beacon: Revealed::Seed(AUDITOR),
        seed: Bytes([2; 32]),
        version: Version::V1,
    };
    let reveal = format!(
        "INSERT INTO draw_documents (draw_id, kind, text) VALUES ('{draw}', 'reveal', '{}');
         UPDATE draws SET status = 'revealed' WHERE id = '{draw}' AND status = 'frozen'",
        String::from_utf8(canonical::write(&reveal))?
    );
    psql(run, &slot.database, &[&reveal]).await?;
    let drawn = until(run, slot, draw, "drawn").await?;
    let took = Cpu::taken(run, slot.pid()?).await?.each_since(before, 1).program / 1e6;
    let megabytes = slot.peak_memory()?;

    let counts = format!(
        "SELECT entered || ' entries, ' || served || ' served' FROM draws WHERE id = '{draw}'"
    );
    let counts = psql(run, &slot.database, &[&counts]).await?;
    let mut add = |name: &str, ratio, detail| {
        report.add(Row { name: name.to_owned(), ratio, target: 1.0, at_least: false, detail });
    };
    let detail = format!(
        "{took:.2} s of a core; list closed in {:.1} s, drawn in {:.1} s, each with up to 1 s until \
         the job looks; {}, {WISHES} wishes each",
        frozen.as_secs_f64(),
        drawn.as_secs_f64(),
        counts.trim()
    );
    add("closing and settling a draw in the service / 1 s", took / SETTLE, detail);
    let detail = format!("{megabytes:.0} MB at most, since the service began");
    add("memory of the service that settles / 200 MB", megabytes / MEGABYTES, detail);
    Ok(())
}

/// How long it takes until the draw stands so, or further.
async fn until(run: &Run, slot: &Slot, draw: &str, status: &str) -> Result<Duration, Failure> {
    let began = Instant::now();
    let query =
        format!("SELECT count(*) FROM audit WHERE subject = '{draw}' AND action = 'draw.{status}'");
    loop {
        if psql(run, &slot.database, &[&query]).await?.trim() == "1" {
            return Ok(began.elapsed());
        }
        if began.elapsed() > DEADLINE {
            return Err(format!("the draw is not {status}").into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
