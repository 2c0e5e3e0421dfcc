//! The arguments of `fairtermin import`.

use std::path::PathBuf;

use calendar::FederalState;
use clap::{
    Args, Subcommand,
    builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser},
};
use ids::AuthorityId;
use jiff::civil::Date;
use url::Url;

use super::Format;

#[derive(Debug, Subcommand)]
pub enum Import {
    /// A catalogue from ZMS (eAppointment): answers of its API, or a dump of its database
    Zms(Zms),
    /// Texts of services from XZuFi 2.2, as the FIM portal and the Länder exchange them
    Xzufi(Xzufi),
    /// Services and places from Berlin's service database (DLDB), as service.berlin.de exports it
    Dldb(Dldb),
}

#[derive(Debug, Args)]
pub struct Zms {
    /// Saved answers (JSON) of GET /owner/, /scope/ID/, /source/SOURCE/, /scope/ID/availability/,
    /// /dayoff/YEAR/ and /scope/ID/process/DATE/ in any mixture, or a dump (SQL)
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The authority's id here: lower-case letters, digits and hyphens. Never changes
    #[arg(long)]
    pub authority: AuthorityId,
    /// The authority's name; without it that of the department
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    pub name: Option<String>,
    /// The id of the department that becomes the authority, if the files have several
    #[arg(long, value_name = "ID")]
    pub department: Option<String>,
    /// The federal state whose public holidays are closed, by its code of ISO 3166-2: ZMS does not name
    /// it. What ZMS is closed on besides becomes a closure
    #[arg(long, value_name = "CODE", default_value_t = FederalState::Berlin, value_parser = federal_state())]
    pub state: FederalState,
    /// Also write the appointments that ZMS has given as closed time, without names, into this values
    /// file; it is laid over the other one while both systems run
    #[arg(long, value_name = "FILE")]
    pub closed_times: Option<PathBuf>,
    /// What is booked here already, as `fairtermin bookings export` prints it (JSON): closed time goes
    /// to desks that have no booking then
    #[arg(long, value_name = "FILE", requires = "closed_times")]
    pub bookings: Option<PathBuf>,
    /// Take a dump without mysqldump's last line, `-- Dump completed`: you know that it is whole, as it
    /// was written with --skip-comments or by another program
    #[arg(long)]
    pub dump_is_whole: bool,
    #[command(flatten)]
    pub destination: Destination,
}

/// Lists all codes where another text is refused.
fn federal_state() -> impl TypedValueParser<Value = FederalState> {
    PossibleValuesParser::new(FederalState::ALL.map(FederalState::code))
        .try_map(|code| code.parse::<FederalState>())
}

#[derive(Debug, Args)]
pub struct Xzufi {
    /// XZuFi messages (XML)
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The page that the descriptions are from, for those that link to none
    #[arg(long, value_name = "URL")]
    pub page: Option<Url>,
    #[command(flatten)]
    pub target: Target,
    #[command(flatten)]
    pub destination: Destination,
}

#[derive(Debug, Args)]
pub struct Dldb {
    /// Exports (JSON): /export/dienstleistungen/json/ and /export/standorte/json/, also in English
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub target: Target,
    #[command(flatten)]
    pub destination: Destination,
}

/// What it is for: texts for a catalogue that is there, or a new catalogue.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Target {
    /// Values files with a catalogue: write texts for its services and places, known by `leika` and
    /// `number`, to be laid over them
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub onto: Vec<PathBuf>,
    /// Write a new catalogue for the authority of this id, to be completed by desks and hours
    #[arg(long)]
    pub authority: Option<AuthorityId>,
}

/// Where it goes.
#[derive(Debug, Args)]
pub struct Destination {
    /// The values file to write; without it, it is printed
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The file for the report of what could not be carried over; without it, standard error
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// How to write the report
    #[arg(long, value_enum, default_value = "table")]
    pub report_format: Format,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// As if it were this day; what ended before it is left out
    #[arg(long)]
    pub today: Option<Date>,
}
