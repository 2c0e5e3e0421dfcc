//! The command line.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use ids::{AuthorityId, ClientId, EventId, LocationId, ServiceId};
use jiff::{Timestamp, civil::Date};
use url::Url;

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
    /// Check catalogues for what a schema cannot see
    Check(Check),
    /// Show the slots that a catalogue yields, without any server
    Preview(Preview),
    /// Print the JSON Schema of the chart's values
    Schema,
    /// Print the OpenAPI document of a service
    Openapi {
        /// The service
        service: DescribedService,
    },
    /// List, show, replay or drop the events that a service gave up
    DeadLetters(DeadLetters),
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
pub struct VerifyDraw {
    /// The published proof
    pub proof: PathBuf,
    /// Your receipt: checks your own entry and what you got
    #[arg(long)]
    pub receipt: Option<PathBuf>,
    /// Everybody's wishes, which the auditor has: settles the draw again
    #[arg(long)]
    pub wishes: Option<PathBuf>,
    /// The key of the log as the authority publishes it
    #[arg(long)]
    pub log_key: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Auditor {
    /// Make the key that authorities encrypt their seeds to; prints its public half
    Key {
        /// Where the private half goes; never replaces a file
        file: PathBuf,
    },
    /// Open the escrow of a draw, compare it with the announcement, print the seed
    Open {
        /// The file of the auditor's key
        #[arg(long)]
        key: PathBuf,
        announcement: PathBuf,
        escrow: PathBuf,
    },
    /// Make a seed for a draw without public beacon; prints what is announced of it
    Seed {
        /// Where the seed goes; never replaces a file
        file: PathBuf,
        /// The draw's id
        #[arg(long)]
        draw: String,
    },
    /// Print a seed, once the list is frozen
    Reveal {
        /// The file of the seed
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct WitnessArguments {
    /// The name under which it signs, for example witness.example/w1
    #[arg(long)]
    pub name: String,
    /// A file with 64 hexadecimal digits: the secret seed of its Ed25519 key
    #[arg(long)]
    pub key: PathBuf,
    /// The keys of the logs that it watches
    #[arg(long = "log", required = true)]
    pub logs: Vec<String>,
    /// A folder for the last checkpoint of each log. Lost state means that a fork is not noticed
    #[arg(long)]
    pub state: PathBuf,
    /// Where it listens
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub listen: std::net::SocketAddr,
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
    /// Print what the services log
    #[arg(long)]
    pub logs: bool,
    /// Set no rate limits at the slot services, for programs that test an API
    #[arg(long)]
    pub unlimited: bool,
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

#[derive(Debug, Args)]
pub struct Check {
    /// Values files with a `catalogue:` section. A file lies over the ones before it, as with
    /// `helm -f a -f b`; one for another authority begins anew
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// What is live now, several times for several files laid over each other: shows which slots
    /// the files would add and take away, and fails if a booking of --bookings stands in the way
    #[arg(long, value_name = "FILE")]
    pub against: Vec<PathBuf>,
    /// How many days ahead to compare
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(i32).range(1..=366))]
    pub days: i32,
    /// As if it were this time (RFC 3339); decides what can be booked already
    #[arg(long, requires = "against")]
    pub now: Option<Timestamp>,
    /// Bookings that exist: a JSON object of lists of {start, slots, desk?, services?} by location
    #[arg(long, requires = "against")]
    pub bookings: Option<PathBuf>,
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
pub struct Preview {
    /// Values files with a `catalogue:` section; a file lies over the ones before it
    #[arg(required = true)]
    pub catalogue: Vec<PathBuf>,
    /// The place
    #[arg(long)]
    pub location: LocationId,
    /// The service
    #[arg(long)]
    pub service: ServiceId,
    /// First day, in Berlin
    #[arg(long)]
    pub from: Date,
    /// Last day, in Berlin
    #[arg(long)]
    pub to: Date,
    /// As if it were this time (RFC 3339); decides what can be booked already
    #[arg(long)]
    pub now: Option<Timestamp>,
    /// Bookings that exist: a JSON list of {start, slots, desk?, services?}
    #[arg(long)]
    pub bookings: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
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

/// A log-in for a program.
#[derive(Debug, Args)]
pub struct LogIn {
    /// What the program is called
    pub client: ClientId,
    /// The private key that `agency new` wrote
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// The identity service, as its discovery document names it
    #[arg(long)]
    pub issuer: String,
    /// Where the browser comes back to: as it is registered, on this machine
    #[arg(long, default_value = "http://127.0.0.1:8765/callback")]
    pub redirect_uri: Url,
}

#[derive(Debug, Subcommand)]
pub enum Agency {
    /// Make a key pair: the private key becomes a file, the registration is printed for the
    /// identity service's `clients`
    New {
        /// What the program is to be called, for example zab-fachverfahren
        client: ClientId,
        /// What it may do; several times for several
        #[arg(long = "scope", required = true, value_parser = PossibleValuesParser::new(auth::scope::FOR_AGENCIES))]
        scopes: Vec<String>,
        /// What people know it by; needed to act for them (bookings:write:onbehalf)
        #[arg(long, required_if_eq("scopes", auth::scope::BOOKINGS_WRITE_ON_BEHALF))]
        name: Option<String>,
        /// Where they come back from log-in; needed to act for them
        #[arg(
            long = "redirect-uri",
            required_if_eq("scopes", auth::scope::BOOKINGS_WRITE_ON_BEHALF)
        )]
        redirect_uris: Vec<Url>,
        /// At which authority; several times for several. All, if left out
        #[arg(long = "authority")]
        authorities: Vec<AuthorityId>,
        /// Where to write the private key; CLIENT.jwk in this folder, if left out
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
    /// Print a client assertion (RFC 7523), good for one request within a minute
    Assertion {
        /// What the program is called
        client: ClientId,
        /// The private key that `agency new` wrote
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The identity service, as its discovery document names it
        #[arg(long)]
        issuer: String,
    },
    /// Let a person allow the program to act for them, in a browser on this machine; prints the
    /// access token that can be exchanged (RFC 8693). For trying it out
    LogIn(LogIn),
    /// Print a DPoP proof (RFC 9449), the value of the `DPoP` header of one request within a minute
    Proof {
        /// The request's method
        #[arg(value_parser = method)]
        method: String,
        /// The request's address; a query does not count
        url: Url,
        /// The private key that the access token is bound to: that of the request for it
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The access token in the request; left out when one is asked for
        #[arg(long)]
        token: Option<String>,
    },
    /// Withdraw a program: it gets no token any more, and those that it has are refused at every
    /// service within seconds. Needs the settings of the identity service, which keeps running
    Revoke(Registered),
    /// Let a program in again that was withdrawn by hand
    Readmit(Registered),
}

/// A program that the identity service knows.
#[derive(Debug, Args)]
pub struct Registered {
    /// What the program is called
    pub client: ClientId,
    /// Settings: a YAML file with a section `identity:`. Variables FAIRTERMIN__IDENTITY__KEY come on top
    #[arg(long)]
    pub config: Option<PathBuf>,
}

/// Methods are case-sensitive (RFC 9110 section 9.1); those that our APIs know are capitals.
fn method(text: &str) -> Result<String, String> {
    let is_one = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_one.then(|| text.to_ascii_uppercase()).ok_or_else(|| "a method such as POST".to_owned())
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
