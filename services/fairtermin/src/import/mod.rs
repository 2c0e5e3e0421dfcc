//! `fairtermin import`: what an authority has in another system becomes a values file.
//!
//! Reading and writing of formats is in `libs/imports`; here are files and what is told.

mod dldb;
mod paths;
mod write;
mod xzufi;
mod zms;

use std::path::PathBuf;

use ambient::{Clock as _, SystemClock};
use catalogue::Catalogue;
use imports::{Heading, Imported, overlay, values};
use jiff::civil::Date;

use self::write::Output;
use crate::{
    arguments::{Import, ImportDestination, ImportTarget},
    command_error::CommandError,
    files::{UNREADABLE, borrowed, read_all},
};

/// Reads, writes the values file, and tells what could not be carried over.
pub fn run(arguments: &Import) -> Result<(), CommandError> {
    match arguments {
        Import::Zms(arguments) => zms::run(arguments),
        Import::Xzufi(arguments) => xzufi::run(arguments),
        Import::Dldb(arguments) => dldb::run(arguments),
    }
}

/// A file that cannot be imported.
fn refused(error: &imports::ImportError) -> CommandError {
    CommandError::new(error.to_string()).exit(UNREADABLE)
}

fn today(destination: &ImportDestination) -> Date {
    let today = || ambient::berlin().to_datetime(SystemClock.now()).date();
    destination.today.unwrap_or_else(today)
}

/// Texts for a catalogue that is there, or a catalogue of its own.
fn write_texts(
    mut imported: Imported,
    target: &ImportTarget,
    destination: &ImportDestination,
    command: &str,
    files: &[PathBuf],
) -> Result<(), CommandError> {
    let text = match &target.authority {
        Some(authority) => {
            let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let heading = Heading { authority, name: None, command, files: &names };
            Some(values(&imported.offer, &heading))
        }
        None => {
            let base = read_all(&target.onto)?;
            let base = Catalogue::parse_overlaid(&borrowed(&base)).map_err(|error| {
                CommandError::new(error.to_string())
                    .advice("Mend the catalogue first; `fairtermin check` says everything.")
            })?;
            overlay(&imported.offer, &base, command, &mut imported.report)
        }
    };
    let below = target.onto.iter().map(|file| file.display().to_string()).collect::<Vec<_>>();
    let next = match &destination.output {
        Some(file) if below.is_empty() => format!("fairtermin check {}", file.display()),
        Some(file) => format!("fairtermin check {} {}", below.join(" "), file.display()),
        None => "fairtermin check with the file into which you put it".to_owned(),
    };
    let output = Output { destination, report: &imported.report, next: &next };
    match text {
        Some(text) => output.write(&text),
        None => {
            output.tell()?;
            let advice = "The report says what each lacks: `leika` or `number` in the catalogue.";
            Err(CommandError::new(
                "the files say nothing about this catalogue, so nothing is written",
            )
            .advice(advice)
            .exit(UNREADABLE))
        }
    }
}
