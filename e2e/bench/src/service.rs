//! The programs under measurement, each in a process of its own.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Stdio,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use ambient::{Clock as _, SystemClock};
use ids::AuthorityId;
use jiff::{Span, civil::Date};
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::{
    Failure, Run,
    authority::{self, PRESET, SERVICE, place},
    load::{self, Request},
    people::{ISSUER, Issuer},
};

/// The slot service's key for personal data.
pub const PERSON_DATA_KEY: &str = "another key for the benchmark only, of 32";

/// A program that serves slots, and the preset that it understands.
pub struct Program<'a> {
    pub binary: &'a Path,
    pub preset: &'a str,
}

/// A day on which the authority is open.
pub struct OpenDay {
    pub date: Date,
    /// When visits begin, as the service writes it.
    pub starts: Vec<String>,
}

/// One authority's slot service.
pub struct Slot {
    pub authority: AuthorityId,
    pub address: SocketAddr,
    pub issuer: Issuer,
    pub settings: PathBuf,
    pub database: String,
    /// From the day after tomorrow on: the preset's lead time is over by then.
    pub days: Vec<OpenDay>,
    process: Child,
    locations: usize,
    files: TempDir,
}

impl Slot {
    /// Starts it with a new database and LEA's preset at `locations`.
    pub async fn start(run: &Run, name: &str, locations: usize) -> Result<Self, Failure> {
        let program = Program { binary: &run.fairtermin, preset: PRESET };
        Self::start_program(run, &program, name, locations).await
    }

    /// The same by another program.
    pub async fn start_program(
        run: &Run,
        program: &Program<'_>,
        name: &str,
        locations: usize,
    ) -> Result<Self, Failure> {
        // A few persons ask as much as a city does.
        let limits =
            json!({ "agency_per_minute": null, "person_per_minute": null, "at_once": null });
        Self::start_with(run, program, name, locations, &[("limits", limits)]).await
    }

    /// The same with other settings.
    pub async fn start_with(
        run: &Run,
        program: &Program<'_>,
        name: &str,
        locations: usize,
        settings: &[(&str, Value)],
    ) -> Result<Self, Failure> {
        let files = tempfile::tempdir()?;
        let database = create_database(run, name).await?;
        let issuer = Issuer::start()?;
        let address = free_address()?;
        let authority: AuthorityId = format!("bench-{name}-{}", std::process::id()).parse()?;
        let catalogue = authority::catalogue(program.preset, &authority, locations)
            .ok_or("the preset has no list of locations")?;
        std::fs::write(files.path().join("catalogue.yaml"), catalogue)?;
        let mut all = json!({ "slot": {
            "http": { "listen": address },
            "database": { "url": { "value": database } },
            // pgbench publishes nothing either.
            "bus": { "relay": false },
            "catalogue": { "file": files.path().join("catalogue.yaml") },
            "identity": { "issuer": ISSUER, "jwks_url": format!("http://{}/", issuer.address) },
            "holds": { "redis": { "urls": [run.redis] } },
            "hold_token": { "key": { "value": "a key for the benchmark only, of 32 and more" } },
            "person_data": { "key": { "value": PERSON_DATA_KEY } },
        } });
        for (name, value) in settings {
            all["slot"][*name] = value.clone();
        }
        let path = files.path().join("slot.yaml");
        std::fs::write(&path, all.to_string())?;
        let process = spawn(program.binary, &path, &files)?;
        let mut slot = Self {
            authority,
            address,
            issuer,
            settings: path,
            database,
            days: Vec::new(),
            process,
            locations,
            files,
        };
        slot.until_ready().await?;
        slot.days = slot.open_days().await?;
        Ok(slot)
    }

    /// Ends the process and starts another one with the same settings and data.
    pub async fn restart(&mut self, run: &Run) -> Result<(), Failure> {
        self.process.kill().await?;
        self.process = spawn(&run.fairtermin, &self.settings, &self.files)?;
        self.until_ready().await
    }

    /// Where its catalogue is; a change is followed within seconds.
    pub fn catalogue(&self) -> PathBuf {
        self.files.path().join("catalogue.yaml")
    }

    async fn until_ready(&self) -> Result<(), Failure> {
        until_it_answers(self.address, "/readyz").await.map_err(|failure| {
            let log = std::fs::read_to_string(self.files.path().join("log"));
            format!("{failure}: {}", log.unwrap_or_default()).into()
        })
    }

    async fn open_days(&self) -> Result<Vec<OpenDay>, Failure> {
        #[derive(Deserialize)]
        struct Days {
            days: Vec<Day>,
        }
        #[derive(Deserialize)]
        struct Day {
            date: Date,
        }
        #[derive(Deserialize)]
        struct Starts {
            slots: Vec<Start>,
        }
        #[derive(Deserialize)]
        struct Start {
            start: String,
        }
        let asked = format!("service={SERVICE}&location={}", place(0));
        let (from, to) = (in_days(2), in_days(60));
        let path = format!("/v1/availability/days?{asked}&from={from}&to={to}");
        let mut open = Vec::new();
        for Day { date } in self.get::<Days>(&path).await?.days {
            let path = format!("/v1/availability/slots?{asked}&date={date}");
            let starts = self.get::<Starts>(&path).await?.slots;
            open.push(OpenDay { date, starts: starts.into_iter().map(|it| it.start).collect() });
        }
        Ok(open)
    }

    async fn get<T: for<'de> Deserialize<'de>>(&self, path: &str) -> Result<T, Failure> {
        let got = load::send(self.address, 1, vec![Request::get(path, "")]).await?.expect(200)?;
        Ok(serde_json::from_slice(&got.answers[0].body)?)
    }

    /// How many visits can begin on an open day at all places together, by the public.
    pub fn places_of(&self, day: usize) -> usize {
        self.locations * self.days[day].starts.len() * authority::PUBLIC_DESKS
    }

    /// The JSON of a request to hold: the visits of an open day, spread over all locations and starts.
    pub fn hold_request(&self, day: usize, number: usize) -> String {
        let starts = &self.days[day].starts;
        let start = &starts[number / self.locations % starts.len()];
        json!({ "location": place(number % self.locations), "start": start, "services": [SERVICE] })
            .to_string()
    }

    /// Its process.
    pub fn pid(&self) -> Result<u32, Failure> {
        self.process.id().ok_or_else(|| "the slot service has ended".into())
    }

    /// The most memory it ever used, in MB.
    pub fn peak_memory(&self) -> Result<f64, Failure> {
        let pid = self.pid()?;
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
    process: Child,
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
        Ok(Self { address, process })
    }

    /// Their process.
    pub fn pid(&self) -> Result<u32, Failure> {
        self.process.id().ok_or_else(|| "the bare programs have ended".into())
    }
}

/// A local day, so many days from now.
pub fn in_days(days: i64) -> Date {
    let today = ambient::berlin().to_datetime(SystemClock.now()).date();
    today.saturating_add(Span::new().days(days))
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

/// Runs the commands one after the other: what they print.
pub async fn psql(run: &Run, database: &str, commands: &[&str]) -> Result<String, Failure> {
    let mut psql = Command::new(run.pg_bin.join("psql"));
    psql.args([database, "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1"]);
    for command in commands {
        psql.args(["-c", command]);
    }
    let done = psql.output().await?;
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}

fn spawn(binary: &Path, settings: &Path, files: &TempDir) -> Result<Child, Failure> {
    let log = File::create(files.path().join("log"))?;
    let process = Command::new(binary)
        .args(["serve", "slot", "--config"])
        .arg(settings)
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(true)
        .spawn()?;
    Ok(process)
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
