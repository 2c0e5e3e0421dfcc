//! `fairtermin serve ROLE...`: one or more services in this process.

use std::{error::Error, path::Path};

use serde::Deserialize;
use service::{BusSettings, DatabaseSettings, Mode};
use telemetry::Format;

use crate::{
    arguments::{Role, Serve},
    command_error::CommandError,
    files::UNREADABLE,
    running::{Running, Shared, join_all},
    simulated_providers,
};

/// The settings file: one section per service. Only the sections of the roles that run are needed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// How the program itself behaves.
    #[serde(default)]
    pub process: Process,
    pub slot: Option<slot::Settings>,
    pub identity: Option<identity::Settings>,
    pub notification: Option<notification::Settings>,
    pub portal: Option<portal::Settings>,
    /// Simulated identity providers, for demo and tests only.
    #[serde(default)]
    pub simulators: Vec<simulated_providers::Settings>,
}

/// How the program itself behaves.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Process {
    /// Allows simulated citizens. Never in production.
    pub demo: bool,
}

/// Runs the services until the process is asked to end or one of them fails.
pub async fn run(arguments: Serve) -> Result<(), CommandError> {
    telemetry::init(Format::Json, "info");
    let config = read(arguments.config.as_deref())?;
    let shared = Shared::new(if config.process.demo { Mode::Demo } else { Mode::Production });
    let mut running = Running::new();
    for role in arguments.roles {
        start(role, &config, &shared, &mut running).await?;
    }
    tokio::spawn(shared.runtime.shutdown.clone().on_signal());
    join_all(running, &shared.runtime.shutdown).await
}

/// Brings the databases of the services up to date.
pub async fn migrate(arguments: Serve) -> Result<(), CommandError> {
    let config = read(arguments.config.as_deref())?;
    for role in arguments.roles {
        migrate_one(role, &config).await?;
    }
    Ok(())
}

async fn migrate_one(role: Role, config: &Config) -> Result<(), CommandError> {
    match role {
        Role::Slot => {
            let settings = section(&config.slot, "slot")?;
            migrated("slot", slot::Application::migrate(&settings).await)
        }
        Role::Identity => {
            let settings = section(&config.identity, "identity")?;
            migrated("identity", identity::Application::migrate(&settings).await)
        }
        Role::Notification => {
            let settings = section(&config.notification, "notification")?;
            migrated("notification", notification::Application::migrate(&settings).await)
        }
        // These two keep nothing.
        Role::Portal | Role::Simulators => Ok(()),
        Role::All => {
            for role in EVERY_SERVICE {
                Box::pin(migrate_one(role, config)).await?;
            }
            Ok(())
        }
    }
}

fn migrated<E: Error>(service: &str, outcome: Result<(), E>) -> Result<(), CommandError> {
    outcome
        .map_err(|error| CommandError::from_error(&format!("{service} cannot migrate"), &error))?;
    println!("{service}: the database is up to date");
    Ok(())
}

/// The settings of the identity service, for what an operator does beside it.
pub fn identity_settings(file: Option<&Path>) -> Result<identity::Settings, CommandError> {
    section(&read(file)?.identity, "identity")
}

/// The settings of a slot service, for what an operator does beside it.
pub fn slot_settings(file: Option<&Path>) -> Result<slot::Settings, CommandError> {
    section(&read(file)?.slot, "slot")
}

/// A service with an outbox.
pub struct Publisher {
    /// Its section in the settings.
    pub service: &'static str,
    pub database: DatabaseSettings,
    pub bus: BusSettings,
}

/// The publishers that the settings name, for what an operator does beside them.
pub fn publishers(file: Option<&Path>) -> Result<Vec<Publisher>, CommandError> {
    let Config { slot, identity, .. } = read(file)?;
    let slot = slot.map(|it| Publisher { service: "slot", database: it.database, bus: it.bus });
    let identity =
        identity.map(|it| Publisher { service: "identity", database: it.database, bus: it.bus });
    let publishers: Vec<_> = slot.into_iter().chain(identity).collect();
    if publishers.is_empty() {
        let message = "the settings have neither a section `slot:` nor `identity:`";
        let advice = "Only these two publish. Give the settings of one of them with --config.";
        return Err(CommandError::new(message).advice(advice));
    }
    Ok(publishers)
}

/// All sections of a settings file, for an operator who looks at services from outside.
pub fn config(file: &Path) -> Result<Config, CommandError> {
    read(Some(file))
}

fn read(file: Option<&Path>) -> Result<Config, CommandError> {
    settings::load(file, "FAIRTERMIN")
        .map_err(|error| CommandError::new(error.to_string()).exit(UNREADABLE))
}

/// What `all` stands for.
const EVERY_SERVICE: [Role; 4] = [Role::Slot, Role::Identity, Role::Notification, Role::Portal];

async fn start(
    role: Role,
    config: &Config,
    shared: &Shared,
    running: &mut Running,
) -> Result<(), CommandError> {
    match role {
        Role::Slot => drop(shared.slot(section(&config.slot, "slot")?, running).await?),
        Role::Identity => shared.identity(section(&config.identity, "identity")?, running).await?,
        Role::Notification => {
            shared.notification(section(&config.notification, "notification")?, running).await?
        }
        Role::Portal => shared.portal(section(&config.portal, "portal")?, running).await?,
        Role::Simulators => {
            for simulator in &config.simulators {
                simulated_providers::start(simulator.clone(), shared, running)?;
            }
        }
        Role::All => {
            for role in EVERY_SERVICE {
                Box::pin(start(role, config, shared, running)).await?;
            }
        }
    }
    Ok(())
}

fn section<T: Clone>(section: &Option<T>, name: &str) -> Result<T, CommandError> {
    section.clone().ok_or_else(|| {
        CommandError::new(format!("the settings have no section `{name}:`"))
            .advice("Give a file with --config; charts/fairtermin renders one for each service.")
    })
}
