//! A confirm over HTTP, against pgbench doing the same inserts, a transaction for each.

use serde_json::{Value, json};
use tokio::process::Command;

use crate::{
    Failure, Run,
    load::{self, Outcome, Request},
    report::{Report, Row, median},
    service::{Slot, create_database, in_days},
};

const CLIENTS: usize = 32;
const ROUNDS: usize = 5;
const CONFIRMS: usize = 4_000;

/// What a confirm writes, as one transaction of statements with one row each (two seat claims).
pub const SCRIPT: &str = include_str!("confirm.pgbench.sql");

pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "confirm", 100, 60).await?;
    let pgbench = Pgbench::prepare(run, &slot, "pgbench", SCRIPT).await?;
    let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let bare = pgbench.run(run).await?;
        let confirms = confirm(&slot, round).await?.rate();
        if round > 0 {
            ratios.push(confirms / bare);
            ours.push(confirms);
            theirs.push(bare);
        }
    }
    report.add(Row {
        name: "confirm over HTTP / pgbench with the same inserts".to_owned(),
        ratio: median(ratios),
        target: 1.0,
        at_least: true,
        detail: format!("{:.0} / {:.0} per s", median(ours), median(theirs)),
    });
    Ok(())
}

/// So many confirms of new people, as fast as the answers come.
pub async fn confirm(slot: &Slot, round: usize) -> Result<Outcome, Failure> {
    let people = slot.issuer.people(&slot.authority, CONFIRMS)?;
    let date = in_days(1 + i64::try_from(round)?);
    let holds = people.iter().enumerate().map(|(number, person)| {
        Request::post("/v1/holds", &person.token, &[], &slot.wish(date, number))
    });
    let holds = load::send(slot.address, CLIENTS, holds.collect()).await?.expect(201)?;
    let mut confirms = Vec::with_capacity(CONFIRMS);
    for (person, held) in people.iter().zip(&holds.answers) {
        let held: Value = serde_json::from_slice(&held.body)?;
        let key = held["hold_id"].as_str().ok_or("a hold without an id")?;
        let body = json!({
            "hold_token": held["hold_token"], "attendee": person.attendee, "language": "de",
        });
        let headers = [("idempotency-key", key)];
        confirms.push(Request::post("/v1/bookings", &person.token, &headers, &body.to_string()));
    }
    load::send(slot.address, CLIENTS, confirms).await?.expect(201)
}

/// pgbench with a script, on a database with the slot service's tables.
pub struct Pgbench {
    database: String,
    files: tempfile::TempDir,
}

impl Pgbench {
    /// A second database with the same tables and indexes.
    pub async fn prepare(
        run: &Run,
        slot: &Slot,
        name: &str,
        script: &str,
    ) -> Result<Self, Failure> {
        let database = create_database(run, name).await?;
        let files = tempfile::tempdir()?;
        std::fs::write(files.path().join("script.sql"), script)?;
        let mut settings: Value = serde_json::from_slice(&std::fs::read(&slot.settings)?)?;
        settings["slot"]["database"]["url"]["value"] = json!(database);
        let path = files.path().join("slot.yaml");
        std::fs::write(&path, settings.to_string())?;
        let migrate = Command::new(&run.fairtermin)
            .args(["migrate", "slot", "--config"])
            .arg(path)
            .output()
            .await?;
        if !migrate.status.success() {
            return Err(String::from_utf8_lossy(&migrate.stderr).into());
        }
        Ok(Self { database, files })
    }

    /// Transactions in a second.
    pub async fn run(&self, run: &Run) -> Result<f64, Failure> {
        let clients = CLIENTS.to_string();
        let each = (CONFIRMS / CLIENTS).to_string();
        let done = Command::new(run.pg_bin.join("pgbench"))
            .args(["-n", "-M", "prepared", "-c", &clients, "-j", "2", "-t", &each, "-f"])
            .arg(self.files.path().join("script.sql"))
            .arg(&self.database)
            .output()
            .await?;
        let text = String::from_utf8_lossy(&done.stdout);
        let rate = text.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate.and_then(|rate| rate.split(' ').next());
        let failed = || String::from_utf8_lossy(&done.stderr).into_owned();
        Ok(rate.ok_or_else(failed)?.parse()?)
    }
}
