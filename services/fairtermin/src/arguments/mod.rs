//! The command line.

mod agency;
mod capacity;
mod doctor;
mod draws;
mod events;
mod imports;
#[cfg(test)]
mod runbooks;
mod values;

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use ids::{AuthorityId, EventId};
use jiff::Timestamp;
use url::Url;

pub use agency::{Agency, ProgramLogIn, Registered};
pub use capacity::{Capacity, Rate};
pub use doctor::Doctor;
pub use draws::{Auditor, AuditorServe, VerifyDraw, WitnessArguments};
pub use events::{Events, Republish};
pub use imports::{
    Destination as ImportDestination, Dldb as DldbImport, Import, Target as ImportTarget,
    Xzufi as XzufiImport, Zms as ZmsImport,
};
pub use values::{
    Bookings, Check, Init, LogIn, Preview, PreviewFormat, SpeakingService, Texts, Way, WayIn,
};

/// Appointments for public offices that cannot be hoarded or sold.
#[derive(Debug, Parser)]
#[command(name = "fairtermin", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run one or more services in this process
    Serve(Serve),
    /// Bring a service's database up to date and end
    Migrate(Serve),
    /// Run everything in this process, with test citizens and three authorities
    Demo(Demo),
    /// Book as a test citizen against running services, and check each step
    Tour(Box<Tour>),
    /// Write the demo's settings for services in processes of their own
    #[command(hide = true)]
    DemoConfig(DemoConfig),
    /// Write a first values file, the commands for its Secrets, and what to do next
    Init(Box<Init>),
    /// Write a values file from what another system has, with a report of what could not be carried
    /// over
    #[command(subcommand)]
    Import(Import),
    /// Check values files: everything that Helm or a service would refuse, and what is probably not
    /// meant. Exit code 0: nothing but notes; 1: findings; 2: a file cannot be read
    Check(Check),
    /// Show the slots that a catalogue yields and why a day has none, without any server
    Preview(Box<Preview>),
    /// Write what is booked, without names, for `check --bookings` and `preview --bookings`
    #[command(subcommand)]
    Bookings(Bookings),
    /// Ask running services whether they can do their work, as `helm test` does
    Ready(Ready),
    /// Look at a running installation from outside and say what to mend. Exit code 0: nothing but
    /// notes; 1: something is to be mended; 2: a file cannot be read
    Doctor(Doctor),
    /// Say how many pods the slot service needs, from an authority's figures and what one pod does
    Capacity(Capacity),
    /// Print the JSON Schema of the chart's values
    Schema,
    /// Print the OpenAPI document of a service
    Openapi {
        /// The service
        service: DescribedService,
    },
    /// Print the sentences of a service in English, to translate them into a language that is not shipped
    Texts(Texts),
    /// List, show, replay or drop the events that a service gave up
    DeadLetters(DeadLetters),
    /// Publish events again that the broker lost
    #[command(subcommand)]
    Events(Events),
    /// Connect another agency's program: make its key, prove that it is itself
    #[command(subcommand)]
    Agency(Agency),
    /// Make and rotate the keys that sign tokens
    #[command(subcommand)]
    Keys(Keys),
    /// Check whether a draw was honest, offline. Exit code 0: it holds; 1: something is wrong; 2: a
    /// file cannot be read
    VerifyDraw(VerifyDraw),
    /// The part of an independent auditor of draws: seeds in escrow, a seed in the place of a beacon
    ///
    /// An auditor is another body than the authority, for example a court of audit. `key` and `open` are for the
    /// authority's seed, of which the auditor has a copy; `serve` (or `seed` and `reveal`, by hand) gives the
    /// second source of chance where no public beacon can be reached.
    #[command(subcommand)]
    Auditor(Auditor),
    /// Watch the public logs of others and cosign what only grows (C2SP tlog-witness)
    Witness(WitnessArguments),
}

/// A service with an API for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DescribedService {
    Slot,
    Identity,
    Notification,
    Portal,
}

/// A part that can run on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    Slot,
    Identity,
    Notification,
    Portal,
    /// Simulated identity providers, only in a demo
    #[value(hide = true)]
    Simulators,
    /// All four
    All,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Which services
    #[arg(required = true)]
    pub roles: Vec<Role>,
    /// Settings: a YAML file with one section per service. Variables FAIRTERMIN__SECTION__KEY
    /// come on top
    #[arg(long)]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Ready {
    /// Addresses of services, for example `http://lea-fairtermin-slot.lea.svc:8080`
    #[arg(required = true, value_name = "URL")]
    pub services: Vec<String>,
    /// How long to wait for all of them together
    #[arg(long, default_value_t = 0)]
    pub wait_seconds: u16,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Where the portal is on 127.0.0.1; everything else takes free ports
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Everything else takes the ports after that one, for example to forward them from a pod
    #[arg(long)]
    pub in_a_row: bool,
    /// Where to listen; anybody who reaches this address can be any test citizen
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub listen: IpAddr,
    /// Where the databases lie; without it, in a folder that is deleted at the end
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Do not wait for a browser: run the tour, print each step, and end
    #[arg(long)]
    pub tour: bool,
    /// Programs that may call, besides the portal: a list as `fairtermin agency new` prints it;
    /// several times for several
    #[arg(long, value_name = "FILE")]
    pub clients: Vec<PathBuf>,
    /// Register the two programs of the quick start for agencies, my-agency and my-desk; their keys are in this
    /// folder, or in FOLDER, and made if they are not there
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, require_equals = true, default_missing_value = ".")]
    pub agency: Option<PathBuf>,
    /// Print what the services log
    #[arg(long)]
    pub logs: bool,
    /// Set no rate limits at the slot services, for programs that test an API
    #[arg(long)]
    pub unlimited: bool,
    /// Nobody else is about: all times are free, and there is no waiting list. The tour is always so
    #[arg(long)]
    pub empty: bool,
    /// What time it is in the demo when it starts (RFC 3339), for example
    /// 2027-01-11T10:00:00+01:00; from then on it passes as usual
    #[arg(long, conflicts_with = "tour")]
    pub now: Option<Timestamp>,
}

#[derive(Debug, Args)]
pub struct DemoConfig {
    /// Where to write
    pub folder: PathBuf,
    /// postgres://user@host:port, without a database
    #[arg(long)]
    pub postgres: String,
    #[arg(long)]
    pub redis: String,
    #[arg(long)]
    pub rabbitmq: String,
}

#[derive(Debug, Args)]
pub struct Tour {
    /// The portal
    #[arg(long)]
    pub portal: Url,
    /// The identity service
    #[arg(long)]
    pub identity: Url,
    /// The slot service of the authority that the tour books at
    #[arg(long)]
    pub slot: Url,
    /// That authority
    #[arg(long)]
    pub authority: AuthorityId,
    /// Another authority, whose tokens must be refused
    #[arg(long)]
    pub other_authority: AuthorityId,
    /// The notification service with its test mailbox
    #[arg(long)]
    pub notification: Url,
    /// The secret of the OpenID client `tour`
    #[arg(long, env = "FAIRTERMIN_TOUR_SECRET", hide_env_values = true)]
    pub secret: String,
    /// Only book, and print the booking code alone on the last line: for tests that break
    /// something afterwards
    #[arg(long, hide = true)]
    pub only_book: bool,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub struct DeadLetters {
    /// The broker, amqp://user:password@host:port/vhost
    #[arg(long, env = "FAIRTERMIN_RABBITMQ", hide_env_values = true)]
    pub rabbitmq: Option<String>,
    /// What exchange and queues are called, as in the services' settings
    #[arg(long, default_value = "fairtermin")]
    pub namespace: String,
    /// The queue: notification, or slot.AUTHORITY
    #[arg(long, default_value = "notification")]
    pub queue: String,
    #[command(subcommand)]
    pub action: DeadLetterAction,
}

#[derive(Debug, Subcommand)]
pub enum DeadLetterAction {
    /// One line for each: id, time, event, authority, attempts, reason
    List {
        /// How to print
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Everything about one but its content
    Show { id: EventId },
    /// Hand them to the service again, with all attempts; what had its effect has it once
    Replay {
        /// Which
        #[arg(required_unless_present = "all")]
        ids: Vec<EventId>,
        /// All of them
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
    /// Remove them for ever
    Drop {
        /// Which
        #[arg(required = true)]
        ids: Vec<EventId>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// One step of a rotation in which every token stays valid
    Rotate {
        /// A JWK set of private keys: what identity's `keys.signing` names
        file: PathBuf,
        /// Which step; wait an hour between two
        #[arg(long, value_enum)]
        step: RotationStep,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RotationStep {
    /// Add a key that is published but does not sign yet; makes the file if there is none
    Publish,
    /// Let the added key sign
    Sign,
    /// Remove all keys but the one that signs
    Retire,
}
