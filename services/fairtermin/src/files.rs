//! `check`, `preview` and `schema`: what an admin does with a catalogue before it goes live.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use ambient::{Clock as _, SystemClock};
use catalogue::{
    Catalogue, CatalogueError, changes, changes_table, check_files, conflicts, line,
    preview::{self, Existing, Query},
    reserved_by,
};
use ids::LocationId;
use jiff::ToSpan as _;
use serde_json::Value;

use crate::{
    arguments::{Check, Format, Preview},
    command_error::CommandError,
};

/// Prints every finding of every file, then what a change would do; fails if there is a finding.
pub fn check(arguments: &Check) -> Result<(), CommandError> {
    let texts = read_all(&arguments.files)?;
    let files: Vec<_> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    let findings = check_files(&files);
    for (source, finding) in &findings {
        eprintln!("{source}: {}", line(finding));
    }
    match findings.len() {
        0 => println!("checked {} file(s): nothing to complain about", files.len()),
        1 => return Err(CommandError::new("1 finding, see above")),
        many => return Err(CommandError::new(format!("{many} findings, see above"))),
    }
    if arguments.against.is_empty() { Ok(()) } else { compare(&files, arguments) }
}

/// Prints what the files change, and fails if a booking stands in the way.
fn compare(files: &[(&str, &str)], arguments: &Check) -> Result<(), CommandError> {
    let told = |error: CatalogueError| CommandError::new(error.to_string());
    let live = read_all(&arguments.against)?;
    let live: Vec<_> = live.iter().map(|(name, text)| (&**name, &**text)).collect();
    let before = Catalogue::parse_overlaid(&live).map_err(told)?;
    let after = Catalogue::parse_overlaid(files).map_err(told)?;
    let now = arguments.now.unwrap_or_else(|| SystemClock.now());
    let today = ambient::berlin().to_datetime(now).date();
    let until = today.saturating_add(arguments.days.days());
    print(&changes_table(&changes(&before, &after, (today, until), now)))?;
    let bookings = existing(arguments.bookings.as_deref())?;
    let (reserved, without_desk) = reserved_by(&before, &bookings);
    if without_desk > 0 {
        eprintln!("{without_desk} bookings have no desk in the catalogue of today: not looked at");
    }
    let impact = conflicts(&before, &after, reserved);
    print(&impact.report())?;
    match impact.in_the_way.len() {
        0 => Ok(()),
        1 => Err(CommandError::new("1 booking stands in the way, see above")),
        many => Err(CommandError::new(format!("{many} bookings stand in the way, see above"))),
    }
}

/// The bookings of a JSON object of lists, by location.
fn existing(file: Option<&Path>) -> Result<BTreeMap<LocationId, Vec<Existing>>, CommandError> {
    let Some(file) = file else { return Ok(BTreeMap::new()) };
    let source = file.display().to_string();
    let invalid = |error: &dyn std::fmt::Display| CommandError::new(format!("{source}: {error}"));
    let lists: BTreeMap<LocationId, Value> =
        serde_json::from_str(&read(file)?).map_err(|error| invalid(&error))?;
    lists
        .into_iter()
        .map(|(location, list)| {
            let name = format!("{source}: {location}");
            let bookings = preview::parse_bookings(&name, &list.to_string())
                .map_err(|error| CommandError::new(error.to_string()))?;
            Ok((location, bookings))
        })
        .collect()
}

fn read_all(files: &[PathBuf]) -> Result<Vec<(String, String)>, CommandError> {
    files.iter().map(|file| Ok((file.display().to_string(), read(file)?))).collect()
}

/// Prints the slots that the rules yield and how many are free.
pub fn preview(arguments: &Preview) -> Result<(), CommandError> {
    let texts = read_all(&arguments.catalogue)?;
    let files: Vec<_> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    let catalogue =
        Catalogue::parse_overlaid(&files).map_err(|error| CommandError::new(error.to_string()))?;
    let bookings = match &arguments.bookings {
        Some(file) => preview::parse_bookings(&file.display().to_string(), &read(file)?)
            .map_err(|error| CommandError::new(error.to_string()))?,
        None => Vec::new(),
    };
    let rows = preview::preview(
        &catalogue,
        &Query {
            location: &arguments.location,
            service: &arguments.service,
            from: arguments.from,
            to: arguments.to,
            now: arguments.now.unwrap_or_else(|| SystemClock.now()),
            bookings: &bookings,
        },
    )
    .map_err(|error| CommandError::new(error.to_string()))?;
    print(&match arguments.format {
        Format::Table => preview::table(&rows),
        Format::Json => preview::json(&rows),
    })
}

/// Prints the JSON Schema of the chart's values.
pub fn schema() -> Result<(), CommandError> {
    print(&format!("{:#}\n", catalogue::values_schema()))
}

fn read(file: &Path) -> Result<String, CommandError> {
    fs::read_to_string(file).map_err(|error| {
        CommandError::from_error(&format!("cannot read {}", file.display()), &error)
    })
}

/// Writes to standard output; a reader that has seen enough (`| head`) is no failure.
pub fn print(text: &str) -> Result<(), CommandError> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| CommandError::from_error("cannot print", &error)),
    }
}
