//! A confirm over HTTP, against pgbench doing the same inserts, a transaction for each, and against
//! the confirm of an older release.

use serde_json::{Value, json};
use tokio::process::Command;

use crate::{
    Failure, Run,
    load::{self, Outcome, Request},
    people::Person,
    report::{Report, Row, median},
    service::{Program, Slot, create_database},
};

const CLIENTS: usize = 32;
const ROUNDS: usize = 5;
/// Of a round, and transactions of pgbench.
pub const CONFIRMS: usize = 4_000;

/// What a confirm writes, as one transaction of statements with one row each.
pub const SCRIPT: &str = include_str!("confirm.pgbench.sql");

pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "confirm", 100).await?;
    let pgbench = Pgbench::prepare(run, &slot, "pgbench", SCRIPT).await?;
    let older = older(run).await?;
    let (mut ours, mut theirs, mut before) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let bare = pgbench.run(run).await?;
        let confirms = confirm(&slot, round).await?.rate();
        let old = match &older {
            Some(older) => Some(confirm(older, round).await?.rate()),
            None => None,
        };
        // The first round warms up.
        if round > 0 {
            theirs.push(bare);
            ours.push(confirms);
            before.extend(old);
        }
    }
    let mut add = |name: &str, others: &[f64], target| {
        report.add(Row {
            name: name.to_owned(),
            ratio: median(ours.iter().zip(others).map(|(ours, other)| ours / other).collect()),
            target,
            at_least: true,
            detail: format!("{:.0} / {:.0} per s", median(ours.clone()), median(others.to_vec())),
        });
    };
    add("confirm over HTTP / pgbench with the same inserts", &theirs, 1.0);
    if !before.is_empty() {
        add("confirm over HTTP / the older release's", &before, 0.9);
    }
    Ok(())
}

/// The slot service of the older release, on the same engines.
async fn older(run: &Run) -> Result<Option<Slot>, Failure> {
    let Some(folder) = &run.older else {
        println!("no older release to compare confirms with (bench run --older)");
        return Ok(None);
    };
    let preset = std::fs::read_to_string(folder.join("values-lea.yaml"))?;
    let program = Program { binary: &folder.join("fairtermin"), preset: &preset };
    Ok(Some(Slot::start_program(run, &program, "older", 100).await?))
}

/// So many confirms of new people, as fast as the answers come.
pub async fn confirm(slot: &Slot, round: usize) -> Result<Outcome, Failure> {
    let people = slot.issuer.people(&slot.authority, CONFIRMS)?;
    let holds = people.iter().enumerate().map(|(number, person)| {
        Request::post("/v1/holds", &person.token, &[], &slot.hold_request(round, number))
    });
    let holds = load::send(slot.address, CLIENTS, holds.collect()).await?.expect(201)?;
    let held = people.iter().zip(&holds.answers);
    let confirms: Result<Vec<_>, _> =
        held.map(|(person, held)| confirmation(person, &held.body)).collect();
    load::send(slot.address, CLIENTS, confirms?).await?.expect(201)
}

/// The request that makes a booking of what the person holds, `held` being the service's answer.
pub fn confirmation(person: &Person, held: &[u8]) -> Result<Request, Failure> {
    let held: Value = serde_json::from_slice(held)?;
    let key = held["hold_id"].as_str().ok_or("a hold without an id")?;
    let body = json!({
        "hold_token": held["hold_token"], "attendee": person.attendee, "language": "de",
    });
    let headers = [("idempotency-key", key)];
    Ok(Request::post("/v1/bookings", &person.token, &headers, &body.to_string()))
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

    /// With the database of the slot service itself.
    pub fn beside(slot: &Slot, script: &str) -> Result<Self, Failure> {
        let files = tempfile::tempdir()?;
        std::fs::write(files.path().join("script.sql"), script)?;
        Ok(Self { database: slot.database.clone(), files })
    }

    /// Transactions in a second, of [`CONFIRMS`].
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
