//! `fairtermin demo`: everything in one process, for a browser or for the tour.
//!
//! Three authorities from the chart's presets, each with its own slot service, database and
//! holds; one identity service with two simulated providers; notification with a mailbox page;
//! the portal. They talk HTTP to each other as in production, and share one clock that can be moved.
//! The authorities witness each other's public logs ([`witnesses`]). Test citizens have applications on
//! file ([`crowd`]). Unless it is empty, other people are about, and so there is scarcity.

mod agency_programs;
mod banner;
mod config;
mod crowd;
mod draws;
mod engines;
mod keys;
mod last_time;
mod offer;
mod places;
mod witnesses;
mod write_config;

use std::{
    fs::{self, TryLockError},
    io,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
};

use ambient::{Clock as _, SystemClock, SystemEntropy};
use config::Blueprint;
use crowd::{APPLICATIONS, Application, Crowd, CrowdError, Register};
use engines::Engines;
use keys::Keys;
use last_time::LastTime;
use places::Places;
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::Mode;
use telemetry::Format;
use tlog::VerifierKey;
use tokio::runtime::Handle;
use witnesses::Witnesses;

pub use write_config::write;

use crate::{
    arguments::Demo,
    command_error::CommandError,
    moved_clock::MovedClock,
    running::{Running, Shared, join_all},
    simulated_providers,
    tour::{self, GivenDate, Target},
};

/// What is logged unless more is asked for. After the clock was moved, no witness saw in time what was to
/// happen meanwhile; that is no news here.
const QUIET: &str = "error,slot::app::log::prove=off";

/// The file in the folder of the data that one demo locks.
const LOCK: &str = "demo-lock";

/// Runs the demo until it is asked to end, or until the tour is over.
pub async fn run(arguments: Demo) -> Result<(), CommandError> {
    telemetry::init(Format::Text, if arguments.logs { "info" } else { QUIET });
    let folder = Folder::open(arguments.data.clone())?;
    let _lock = folder.lock()?;
    let keys = Keys::load_or_make(folder.path(), &SystemEntropy).map_err(|error| {
        let doing = format!("cannot write to {}", folder.path().display());
        CommandError::from_error(&doing, &error).advice("Choose another folder with --data.")
    })?;
    let places = places(&arguments)?;
    let mut clients = clients(&arguments.clients)?;
    if let Some(folder) = &arguments.agency {
        clients.extend(agency_programs::registered(folder)?);
    }
    let engines = Engines::Embedded(folder.path().to_owned());
    let authorities = places.authorities().map(|(authority, ..)| authority);
    let witnesses = Witnesses::open(authorities, &keys.witnesses)?;
    let blueprint = Blueprint {
        places: &places,
        engines: &engines,
        keys: &keys,
        clients: &clients,
        unlimited: arguments.unlimited,
        // The tour looks for times of its own.
        is_scarce: !arguments.empty && !arguments.tour,
        witnesses: &witnesses.of_each(),
    };
    let last = LastTime::within(folder.path());
    let begins = last.begin(arguments.now, SystemClock.now());
    let clock = MovedClock::starting(begins).earlier_by(draws::EARLIER);
    let shared = Shared::with_clock(Mode::Demo, Arc::new(clock.clone()));
    let mut running = Running::new();
    let logs = start(&blueprint, &shared, &mut running).await?;
    let (runtime, states) = (&shared.runtime, folder.path());
    witnesses.start(&logs, states, &runtime.clock, runtime.shutdown.clone(), &mut running)?;
    let is_empty = arguments.empty && !arguments.tour;
    let settled = settle(&blueprint, &shared, &clock, is_empty).await;
    tokio::spawn(last.follow(clock.clone()));
    if arguments.tour {
        let toured = match settled {
            Ok(_) => tour::take(target(&places, &keys, &APPLICATIONS[1])).await,
            Err(error) => Err(CommandError::from_error("no application is on file", &error)),
        };
        shared.runtime.shutdown.trigger();
        return toured.and(join_all(running, &shared.runtime.shutdown).await);
    }
    let crowd = people(settled, &blueprint, &clock).await;
    banner::print(&blueprint, &clock, arguments.data.as_deref());
    let handle = Handle::current();
    clock.follow_terminal(move || {
        if let Some(crowd) = &crowd {
            handle.block_on(crowd.catch_up());
        }
    });
    tokio::spawn(shared.runtime.shutdown.clone().on_signal());
    join_all(running, &shared.runtime.shutdown).await
}

/// Opens the draws and, unless it is empty, puts the applications of test citizens on file.
async fn settle(
    blueprint: &Blueprint<'_>,
    shared: &Shared,
    clock: &MovedClock,
    is_empty: bool,
) -> Result<Option<Arc<Crowd>>, CrowdError> {
    let Blueprint { places, keys, .. } = blueprint;
    draws::open(places, clock).await?;
    if is_empty {
        return Ok(None);
    }
    let issuer = config::origin(places.identity);
    let register = Register::new(issuer, &keys.signing, &shared.runtime)?;
    let crowd = Crowd::new(places, register)?;
    if let Err(error) = crowd.put_on_file().await {
        say("some applications are not on file in this demo", &error);
    }
    Ok(Some(crowd))
}

/// Other people, who go on to book while one looks, if there are any. The demo is of use without them, too.
async fn people(
    settled: Result<Option<Arc<Crowd>>, CrowdError>,
    blueprint: &Blueprint<'_>,
    clock: &MovedClock,
) -> Option<Arc<Crowd>> {
    let arrived = async {
        let Some(crowd) = settled? else { return Ok(None) };
        let Blueprint { places, keys, .. } = blueprint;
        let target = target(places, keys, &APPLICATIONS[2]);
        if let Err(error) = tour::accept_given_date(target, Arc::new(clock.clone())).await {
            say("no date is accepted in this demo", &error);
        }
        crowd.arrive().await?;
        tokio::spawn(Arc::clone(&crowd).go_on());
        Ok::<_, CrowdError>(Some(crowd))
    };
    arrived.await.unwrap_or_else(|error| {
        say("some people are missing in this demo", &error);
        None
    })
}

fn say(what: &str, error: &dyn std::error::Error) {
    eprintln!("{}", CommandError::from_error(what, error));
}

/// The tour needs no fixed address; a person wants the one they know.
fn places(arguments: &Demo) -> Result<Places, CommandError> {
    let busy = |error: io::Error| {
        CommandError::from_error(&format!("port {} cannot be used", arguments.port), &error)
            .advice("Choose another one: make demo PORT=8081")
    };
    let wanted = if arguments.tour { 0 } else { arguments.port };
    let portal = TcpListener::bind((arguments.listen, wanted)).map_err(busy)?;
    let port = portal.local_addr().map_err(busy)?.port();
    let places = if arguments.in_a_row {
        Places::in_a_row(port)
            .ok_or_else(|| CommandError::new("no such ports").advice("Choose a lower --port."))
    } else {
        Places::find(port).map_err(|error| CommandError::from_error("no free port", &error))
    };
    Ok(Places { listen: arguments.listen, ..places? })
}

/// The keys of the public logs.
async fn start(
    blueprint: &Blueprint<'_>,
    shared: &Shared,
    running: &mut Running,
) -> Result<Vec<VerifierKey>, CommandError> {
    for simulator in blueprint.simulators() {
        simulated_providers::start(settings("simulators", simulator)?, shared, running)?;
    }
    shared.identity(settings("identity", blueprint.identity())?, running).await?;
    let mut logs = Vec::new();
    for (authority, preset, port) in blueprint.places.authorities() {
        let slot = blueprint.slot(&authority, preset, port);
        logs.push(shared.slot(settings("slot", slot)?, running).await?);
    }
    shared.notification(settings("notification", blueprint.notification())?, running).await?;
    shared.portal(settings("portal", blueprint.portal())?, running).await?;
    Ok(logs)
}

/// Further programs, as `fairtermin agency new` prints them.
fn clients(files: &[PathBuf]) -> Result<Vec<Value>, CommandError> {
    let lists: Result<Vec<Vec<Value>>, _> = files.iter().map(|file| listed(file)).collect();
    Ok(lists?.concat())
}

fn listed(file: &Path) -> Result<Vec<Value>, CommandError> {
    let doing = format!("cannot read {}", file.display());
    let text =
        fs::read_to_string(file).map_err(|error| CommandError::from_error(&doing, &error))?;
    let advice = "it is a list, as fairtermin agency new prints it";
    if text.trim().is_empty() {
        return Err(CommandError::new(format!("{} is empty", file.display())).advice(advice));
    }
    settings::parse_yaml(&doing, &text)
        .map_err(|error| CommandError::new(error.to_string()).advice(advice))
}

/// Reads the demo's own settings the way an operator's are read.
fn settings<T: DeserializeOwned>(section: &str, value: Value) -> Result<T, CommandError> {
    settings::parse_yaml(&format!("demo settings of {section}"), &value.to_string())
        .map_err(|error| CommandError::new(error.to_string()))
}

/// Where the tour finds everything, and the application that it answers for.
fn target(places: &Places, keys: &Keys, application: &Application) -> Target {
    let authority = |index: usize| places::PRESETS[index].0.parse().expect("an authority id");
    Target {
        portal: places::url(places.portal),
        identity: places::url(places.identity),
        slot: places::url(places.slots[1]),
        authority: authority(1),
        other_authority: authority(0),
        notification: places::url(places.notification),
        secret: keys.tour_secret.clone(),
        given: Some(GivenDate {
            slot: places::url(places.slots[0]),
            citizen: application.applicant,
            service: application.service(),
            reference: application.number.to_owned(),
        }),
    }
}

/// Where the databases lie.
enum Folder {
    Kept(PathBuf),
    Deleted(tempfile::TempDir),
}

impl Folder {
    fn open(wanted: Option<PathBuf>) -> Result<Self, CommandError> {
        match wanted {
            Some(path) => match fs::create_dir_all(&path) {
                Ok(()) => Ok(Self::Kept(path)),
                Err(error) => {
                    let doing = format!("cannot make the folder {}", path.display());
                    Err(CommandError::from_error(&doing, &error))
                }
            },
            None => tempfile::tempdir().map(Self::Deleted).map_err(|error| {
                CommandError::from_error("cannot make a folder for the databases", &error)
            }),
        }
    }

    /// Takes the folder for this process, for as long as the file is open.
    fn lock(&self) -> Result<fs::File, CommandError> {
        let shown = self.path().display();
        let cannot = |error: &io::Error| {
            CommandError::from_error(&format!("cannot lock the folder {shown}"), error)
        };
        let mut options = fs::OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(self.path().join(LOCK));
        let file = file.map_err(|error| cannot(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::Error(error)) => Err(cannot(&error)),
            Err(TryLockError::WouldBlock) => {
                Err(CommandError::new(format!("another demo uses the data in {shown}"))
                    .advice("End that one first, or choose another folder with --data."))
            }
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Deleted(folder) => folder.path(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_demo_on_the_same_data_is_refused_before_it_touches_them() {
        let data = tempfile::tempdir().unwrap();
        let folder = || Folder::open(Some(data.path().to_owned())).unwrap();
        let first = folder().lock().unwrap();
        let refused = folder().lock().unwrap_err();
        assert!(refused.to_string().contains("another demo uses the data in"), "{refused}");
        drop(first);
        assert!(folder().lock().is_ok());
    }

    #[test]
    fn a_list_of_programs_that_is_empty_is_called_so() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clients.yaml");
        fs::write(&file, "\n").unwrap();
        let refused = clients(&[file]).unwrap_err().to_string();
        assert!(refused.contains("clients.yaml is empty") && refused.contains("agency new"));
    }
}
