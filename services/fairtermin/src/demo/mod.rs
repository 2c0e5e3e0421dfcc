//! `fairtermin demo`: everything in one process, for a browser or for the tour.
//!
//! Three authorities from the chart's presets, each with its own slot service, database and
//! holds; one identity service with two simulated providers; notification with a mailbox page;
//! the portal. They talk HTTP to each other as in production, and share one clock that can be moved.
//! Unless it is empty, other people are about ([`crowd`]), and so there is scarcity.

mod agency_programs;
mod banner;
mod clock;
mod config;
mod crowd;
mod engines;
mod keys;
mod offer;
mod places;
mod write_config;

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
};

use ambient::SystemEntropy;
use clock::MovedClock;
use config::Blueprint;
use crowd::{Crowd, CrowdError, Register};
use engines::Engines;
use keys::Keys;
use places::Places;
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::Mode;
use telemetry::Format;
use tokio::runtime::Handle;

pub use write_config::write;

use crate::{
    arguments::Demo,
    command_error::CommandError,
    running::{Running, Shared, join_all},
    simulated_providers,
    tour::{self, Target},
};

/// Runs the demo until it is asked to end, or until the tour is over.
pub async fn run(arguments: Demo) -> Result<(), CommandError> {
    telemetry::init(Format::Text, if arguments.logs { "info" } else { "error" });
    let folder = Folder::open(arguments.data.clone())?;
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
    let blueprint = Blueprint {
        places: &places,
        engines: &engines,
        keys: &keys,
        clients: &clients,
        unlimited: arguments.unlimited,
        // The tour looks for times of its own.
        is_scarce: !arguments.empty && !arguments.tour,
    };
    let clock = MovedClock::starting(arguments.now);
    let shared = Shared::with_clock(Mode::Demo, Arc::new(clock.clone()));
    let mut running = Running::new();
    start(&blueprint, &shared, &mut running).await?;
    if arguments.tour {
        let toured = tour::take(target(&places, &keys)).await;
        shared.runtime.shutdown.trigger();
        return toured.and(join_all(running, &shared.runtime.shutdown).await);
    }
    let crowd = if blueprint.is_scarce { other_people(&blueprint, &shared).await } else { None };
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

/// Other people, who go on to book while one looks. The demo is of use without them, too.
async fn other_people(blueprint: &Blueprint<'_>, shared: &Shared) -> Option<Arc<Crowd>> {
    match arrived(blueprint, shared).await {
        Ok(crowd) => Some(crowd),
        Err(error) => {
            let error = CommandError::from_error("other people are missing in this demo", &error);
            eprintln!("{error}");
            None
        }
    }
}

async fn arrived(blueprint: &Blueprint<'_>, shared: &Shared) -> Result<Arc<Crowd>, CrowdError> {
    let Blueprint { places, keys, .. } = blueprint;
    let issuer = config::origin(places.identity);
    let register = Register::new(issuer, &keys.signing, &shared.runtime)?;
    let crowd = Crowd::new(places, register)?;
    crowd.arrive().await?;
    tokio::spawn(Arc::clone(&crowd).go_on());
    Ok(crowd)
}

/// The tour needs no fixed address; a person wants the one they know.
fn places(arguments: &Demo) -> Result<Places, CommandError> {
    let busy = |error: std::io::Error| {
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

async fn start(
    blueprint: &Blueprint<'_>,
    shared: &Shared,
    running: &mut Running,
) -> Result<(), CommandError> {
    for simulator in blueprint.simulators() {
        simulated_providers::start(settings("simulators", simulator)?, shared, running)?;
    }
    shared.identity(settings("identity", blueprint.identity())?, running).await?;
    for (authority, preset, port) in blueprint.places.authorities() {
        let slot = blueprint.slot(&authority, preset, port);
        shared.slot(settings("slot", slot)?, running).await?;
    }
    shared.notification(settings("notification", blueprint.notification())?, running).await?;
    shared.portal(settings("portal", blueprint.portal())?, running).await
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
    settings::parse_yaml(&doing, &text).map_err(|error| {
        CommandError::new(error.to_string())
            .advice("it is a list, as fairtermin agency new prints it")
    })
}

/// Reads the demo's own settings the way an operator's are read.
fn settings<T: DeserializeOwned>(section: &str, value: Value) -> Result<T, CommandError> {
    settings::parse_yaml(&format!("demo settings of {section}"), &value.to_string())
        .map_err(|error| CommandError::new(error.to_string()))
}

fn target(places: &Places, keys: &Keys) -> Target {
    let authority = |index: usize| places::PRESETS[index].0.parse().expect("an authority id");
    Target {
        portal: places::url(places.portal),
        identity: places::url(places.identity),
        slot: places::url(places.slots[1]),
        authority: authority(1),
        other_authority: authority(0),
        notification: places::url(places.notification),
        secret: keys.tour_secret.clone(),
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

    fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Deleted(folder) => folder.path(),
        }
    }
}
