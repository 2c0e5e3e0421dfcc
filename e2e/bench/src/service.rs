//! The programs under measurement, each in a process of its own.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener},
    process::Stdio,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use ambient::{Clock as _, SystemClock};
use ids::AuthorityId;
use jiff::{Span, Timestamp, civil::Date};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::{
    Failure, Run,
    load::{self, Request},
    people::{ISSUER, Issuer},
};

/// How many visits of ten minutes a desk has in a day, 8 to 16 o'clock.
pub const STARTS: usize = 48;

/// One authority's slot service.
pub struct Slot {
    pub authority: AuthorityId,
    pub address: SocketAddr,
    pub issuer: Issuer,
    pub settings: std::path::PathBuf,
    pub database: String,
    process: Child,
    locations: usize,
    _files: TempDir,
}

impl Slot {
    /// Starts it with a new database, `locations` and `desks` at each.
    pub async fn start(
        run: &Run,
        name: &str,
        locations: usize,
        desks: usize,
    ) -> Result<Self, Failure> {
        // A few persons ask as much as a city does.
        Self::start_with(
            run,
            name,
            locations,
            desks,
            &[(
                "limits",
                json!({ "agency_per_minute": null, "person_per_minute": null, "at_once": null }),
            )],
        )
        .await
    }

    /// The same with other settings.
    pub async fn start_with(
        run: &Run,
        name: &str,
        locations: usize,
        desks: usize,
        settings: &[(&str, Value)],
    ) -> Result<Self, Failure> {
        let files = tempfile::tempdir()?;
        let database = create_database(run, name).await?;
        let issuer = Issuer::start()?;
        let address = free_address()?;
        let authority: AuthorityId = format!("bench-{name}-{}", std::process::id()).parse()?;
        let mut all = json!({ "slot": {
            "http": { "listen": address },
            "database": { "url": { "value": database } },
            // pgbench publishes nothing either.
            "bus": { "relay": false },
            "catalogue": { "text": catalogue(&authority, locations, desks) },
            "identity": { "issuer": ISSUER, "jwks_url": format!("http://{}/", issuer.address) },
            "holds": { "redis": { "urls": [run.redis] } },
            "hold_token": { "key": { "value": "a key for the benchmark only, of 32 and more" } },
            "person_data": { "key": { "value": "another key for the benchmark only, of 32" } },
        } });
        for (name, value) in settings {
            all["slot"][*name] = value.clone();
        }
        let path = files.path().join("slot.yaml");
        std::fs::write(&path, all.to_string())?;
        let log = File::create(files.path().join("slot.log"))?;
        let process = Command::new(&run.fairtermin)
            .args(["serve", "slot", "--config"])
            .arg(&path)
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        let slot = Self {
            authority,
            address,
            issuer,
            settings: path,
            database,
            process,
            locations,
            _files: files,
        };
        until_it_answers(address, "/readyz").await.map_err(|failure| {
            let log = std::fs::read_to_string(slot._files.path().join("slot.log"));
            format!("{failure}: {}", log.unwrap_or_default())
        })?;
        Ok(slot)
    }

    /// The JSON of a wish: the visits of a day, spread over all locations and starts.
    pub fn wish(&self, date: Date, number: usize) -> String {
        let location = number % self.locations;
        let start = number / self.locations % STARTS;
        let start = start_of(date, start);
        json!({ "location": place(location), "start": start, "services": ["passport"] }).to_string()
    }

    /// The most memory it ever used, in MB.
    pub fn peak_memory(&self) -> Result<f64, Failure> {
        let pid = self.process.id().ok_or("the slot service has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes: f64 =
            peak.and_then(|peak| peak.split_whitespace().next()).ok_or("no VmHWM")?.parse()?;
        Ok(kilobytes / 1024.0)
    }
}

/// Any other service, with a new database.
pub struct Service {
    pub address: SocketAddr,
    pub database: String,
    process: Child,
    _files: TempDir,
}

impl Service {
    /// Starts `role` with the settings that `settings` makes from its address and database.
    pub async fn start(
        run: &Run,
        role: &str,
        settings: impl FnOnce(SocketAddr, &str) -> Value,
    ) -> Result<Self, Failure> {
        let files = tempfile::tempdir()?;
        let database = create_database(run, role).await?;
        let address = free_address()?;
        let path = files.path().join("settings.yaml");
        std::fs::write(&path, settings(address, &database).to_string())?;
        let log = File::create(files.path().join("log"))?;
        let process = Command::new(&run.fairtermin)
            .args(["serve", role, "--config"])
            .arg(&path)
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        until_it_answers(address, "/readyz").await.map_err(|failure| {
            let log = std::fs::read_to_string(files.path().join("log"));
            format!("{failure}: {}", log.unwrap_or_default())
        })?;
        Ok(Self { address, database, process, _files: files })
    }

    /// Makes it pause in the middle of whatever it does.
    pub async fn pause(&self) -> Result<(), Failure> {
        self.signal("-STOP").await
    }

    /// Lets it go on.
    pub async fn go_on(&self) -> Result<(), Failure> {
        self.signal("-CONT").await
    }

    async fn signal(&self, signal: &str) -> Result<(), Failure> {
        let pid = self.process.id().ok_or("the service has ended")?;
        let sent = Command::new("kill").args([signal, &pid.to_string()]).status().await?;
        if sent.success() { Ok(()) } else { Err("the service cannot be signalled".into()) }
    }
}

/// The bare programs.
pub struct Bare {
    pub address: SocketAddr,
    _process: Child,
}

impl Bare {
    pub async fn start(run: &Run) -> Result<Self, Failure> {
        let address = free_address()?;
        let process = Command::new(std::env::current_exe()?)
            .args(["bare", "--redis", &run.redis, "--listen", &address.to_string()])
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        until_it_answers(address, "/static/none").await?;
        Ok(Self { address, _process: process })
    }
}

/// A local day, so many days from now.
pub fn in_days(days: i64) -> Date {
    let today = ambient::berlin().to_datetime(SystemClock.now()).date();
    today.saturating_add(Span::new().days(days))
}

/// The name of a location.
pub fn place(number: usize) -> String {
    format!("place-{number}")
}

/// When the visit of this number begins.
pub fn start_of(date: Date, number: usize) -> Timestamp {
    let minutes = i64::try_from(number * 10).expect("a day is short");
    let local = date.at(8, 0, 0, 0).saturating_add(Span::new().minutes(minutes));
    ambient::berlin().to_timestamp(local).expect("by day every local time exists")
}

/// A new, empty database; its address.
pub async fn create_database(run: &Run, name: &str) -> Result<String, Failure> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let (process, number) = (std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let name = format!("bench_{}_{process}_{number}", name.replace('-', "_"));
    let done = Command::new(run.pg_bin.join("psql"))
        .args([&run.postgres, "-q", "-c", &format!("CREATE DATABASE {name}")])
        .status()
        .await?;
    if !done.success() {
        return Err(format!("the database {name} cannot be made").into());
    }
    let (server, _) = run.postgres.rsplit_once('/').ok_or("the PostgreSQL address has no path")?;
    Ok(format!("{server}/{name}"))
}

async fn until_it_answers(address: SocketAddr, path: &str) -> Result<(), Failure> {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let answer = load::send(address, 1, vec![Request::get(path, "")]).await;
        if answer.is_ok_and(|answer| answer.expect(200).is_ok()) {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(format!("nobody answers at {address}{path}").into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn free_address() -> Result<SocketAddr, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn catalogue(authority: &AuthorityId, locations: usize, desks: usize) -> String {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let hours: serde_json::Map<_, _> =
        days.iter().map(|day| ((*day).to_owned(), json!("08:00-16:00"))).collect();
    let location = json!({
        "name": { "de": "Amt" },
        "address": { "street": "Gasse 1", "postalCode": "10178" },
        "desks": desks,
        "services": { "passport": {} },
        "bookable": { "fromDays": 0, "toDays": 60 },
        "opening": { "daily": { "hours": hours, "slotMinutes": 10 } },
    });
    let locations: serde_json::Map<_, _> =
        (0..locations).map(|number| (place(number), location.clone())).collect();
    let catalogue = json!({ "catalogue": {
        "authority": { "id": authority, "name": { "de": "Amt" } },
        "holidays": "none",
        "groups": { "papers": { "name": { "de": "Papiere" } } },
        "services": { "passport": {
            "name": { "de": "Reisepass" }, "group": "papers", "slots": 1,
            "release": { "minMinutes": 0, "maxMinutes": 0 },
        } },
        "locations": locations,
    } });
    catalogue.to_string()
}
