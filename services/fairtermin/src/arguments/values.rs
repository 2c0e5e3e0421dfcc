//! The arguments of commands that read or write values files.

use std::path::PathBuf;

use booking::{TrustLevel, rules::BirthDate};
use calendar::FederalState;
use clap::{Args, Subcommand, ValueEnum};
use ids::{AuthorityId, LocationId, ServiceId};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::AmbiguousOffset,
};
use texts::Language;
use url::Url;

use super::Format;

#[derive(Debug, Args)]
pub struct Check {
    /// Values files of one or more releases. A file lies over the ones before it, as with
    /// `helm -f a -f b`; one for another authority, or for the platform, begins anew
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// What is live now, several times for several files: shows which values differ and what follows,
    /// which slots and starts the files would add and take away, and fails if a booking of --bookings
    /// stands in the way
    #[arg(long, value_name = "FILE")]
    pub against: Vec<PathBuf>,
    /// How many days ahead to compare. Without it, as many as can be booked before or after the
    /// change
    #[arg(long, value_parser = clap::value_parser!(i32).range(1..=366))]
    pub days: Option<i32>,
    /// As if it were this time (RFC 3339); decides what is over and what can be booked already
    #[arg(long, value_parser = instant)]
    pub now: Option<Timestamp>,
    /// Bookings that exist, as `fairtermin bookings export` writes them: a JSON object of lists of
    /// {start, minutes or slots, desk?, services?} by location
    #[arg(long, requires = "against")]
    pub bookings: Option<PathBuf>,
    /// What is in the ConfigMap of a language (`languages` of the values): a folder with portal.ftl,
    /// identity.ftl and notification.ftl, or the manifest of the ConfigMap; several times for several
    #[arg(long = "language", value_name = "TAG=PATH", value_parser = language)]
    pub languages: Vec<(Language, PathBuf)>,
    /// Also list the Secrets that the files need, with their keys
    #[arg(long)]
    pub secrets: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// A service with sentences for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SpeakingService {
    Portal,
    Identity,
    Notification,
}

#[derive(Debug, Args)]
pub struct Texts {
    /// The service
    pub service: SpeakingService,
    /// Only what this translation lacks; nothing if it is complete
    #[arg(long, value_name = "FILE")]
    pub translated: Option<PathBuf>,
}

/// A moment; without an offset one of Berlin, as in a file of bookings. Of the hour that Berlin has
/// twice in autumn, the first.
pub(super) fn instant(text: &str) -> Result<Timestamp, String> {
    if let Ok(instant) = text.parse() {
        return Ok(instant);
    }
    let form = |_| "write a time like 2027-01-04T08:00:00+01:00".to_owned();
    let local = ambient::berlin().to_ambiguous_timestamp(text.parse::<DateTime>().map_err(form)?);
    match local.offset() {
        AmbiguousOffset::Gap { .. } => {
            Err("this time is not in Berlin: clocks go forward over it".to_owned())
        }
        _ => local.compatible().map_err(form),
    }
}

/// `pl=FOLDER`.
fn language(text: &str) -> Result<(Language, PathBuf), String> {
    let (tag, path) = text.split_once('=').ok_or("write a tag and a path like pl=polish")?;
    let language =
        tag.parse::<Language>().map_err(|_| format!("`{tag}` is no language that is known"))?;
    Ok((language, PathBuf::from(path)))
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day that there is, like 2027-01-04".to_owned())
}

/// How to print a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PreviewFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// A page that one can send to a colleague
    Html,
}

/// By which way is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// Over the internet
    Public,
    /// By the telephone number 115
    Phone,
    /// At the front desk
    Staff,
}

#[derive(Debug, Args)]
pub struct Preview {
    /// Values files with a `catalogue:` section; a file lies over the ones before it
    #[arg(required = true)]
    pub catalogue: Vec<PathBuf>,
    /// The place
    #[arg(long)]
    pub location: LocationId,
    /// The service; several times for several in one visit
    #[arg(long = "service", required = true)]
    pub services: Vec<ServiceId>,
    /// How many people come
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub people: u16,
    /// By which way it is booked
    #[arg(long, value_enum, default_value = "public")]
    pub channel: Way,
    /// As a person sees it who logged in at this level: basic, substantial or high. Without it, as
    /// everybody sees it
    #[arg(long)]
    pub level: Option<TrustLevel>,
    /// The person's date of birth
    #[arg(long, requires = "level")]
    pub born: Option<BirthDate>,
    /// The person has an application on file, if a service asks for one
    #[arg(long, requires = "level")]
    pub entitled: bool,
    /// The start of the booking of --bookings that is moved: its desk counts as free (RFC 3339)
    #[arg(long, requires = "bookings", value_parser = instant)]
    pub moves: Option<Timestamp>,
    /// First day, in Berlin
    #[arg(long, value_parser = day)]
    pub from: Date,
    /// Last day, in Berlin
    #[arg(long, value_parser = day)]
    pub to: Date,
    /// As if it were this time (RFC 3339); decides what can be booked already
    #[arg(long, value_parser = instant)]
    pub now: Option<Timestamp>,
    /// Bookings that exist: a JSON list of {start, minutes or slots, desk?, services?}, or an object
    /// of such lists by location, as `fairtermin bookings export` writes it
    #[arg(long)]
    pub bookings: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: PreviewFormat,
}

#[derive(Debug, Subcommand)]
pub enum Bookings {
    /// Everything that is booked from a day on, by location, as JSON
    Export {
        /// Settings: a YAML file with a section `slot:`. Variables FAIRTERMIN__SLOT__KEY come on top
        #[arg(long)]
        config: Option<PathBuf>,
        /// The first day, in Berlin; today, if left out
        #[arg(long)]
        from: Option<Date>,
    },
}

/// Where people log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogIn {
    /// BundID, through an OpenID bridge such as Keycloak
    BundId,
    /// A service for the online ID card
    EId,
    /// Any OpenID provider, such as a Keycloak of your own
    Keycloak,
}

/// How requests of people come into the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WayIn {
    /// A Gateway of the Gateway API
    Gateway,
    /// An ingress controller
    Ingress,
}

#[derive(Debug, Args)]
pub struct Init {
    /// Where to write; no file in it is replaced
    pub folder: PathBuf,
    /// Ask nothing: what is not given is a placeholder, which `check` finds. Needs --authority, since
    /// an id never changes
    #[arg(long)]
    pub yes: bool,
    /// The authority's id: lower-case letters, digits and hyphens. Never changes
    #[arg(long)]
    pub authority: Option<AuthorityId>,
    /// The authority's name
    #[arg(long)]
    pub name: Option<String>,
    /// The first location's name
    #[arg(long)]
    pub location: Option<String>,
    /// Its street and number
    #[arg(long)]
    pub street: Option<String>,
    /// Its postal code
    #[arg(long)]
    pub postal_code: Option<String>,
    /// Its city
    #[arg(long)]
    pub city: Option<String>,
    /// The state whose public holidays are closed, by its code of ISO 3166-2, for example DE-BB
    #[arg(long)]
    pub state: Option<FederalState>,
    /// How many desks it has
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub desks: Option<u8>,
    /// The first service's name
    #[arg(long)]
    pub service: Option<String>,
    /// The host under which people find the pages, for example termin.berlin.de
    #[arg(long)]
    pub portal_host: Option<String>,
    /// The host under which they log in, for example id.berlin.de
    #[arg(long)]
    pub identity_host: Option<String>,
    /// How requests come into the cluster; without it, by a Gateway of the Gateway API
    #[arg(long, value_enum)]
    pub way_in: Option<WayIn>,
    /// The sender of e-mails, for example termine@berlin.de
    #[arg(long)]
    pub mail_from: Option<String>,
    /// The server that takes e-mails
    #[arg(long)]
    pub smtp_host: Option<String>,
    /// Where people log in
    #[arg(long, value_enum)]
    pub log_in: Option<LogIn>,
    /// The issuer of that provider, an address
    #[arg(long)]
    pub issuer: Option<Url>,
    /// The issuer of the provider where staff log in, an address
    #[arg(long)]
    pub staff_issuer: Option<Url>,
}
