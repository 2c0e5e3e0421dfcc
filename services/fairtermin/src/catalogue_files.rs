//! `check`, `preview` and `schema`: what an admin does with a catalogue before it goes live.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use ambient::{Clock as _, SystemClock};
use catalogue::{
    Catalogue, check_text, line,
    preview::{self, Query},
};

use crate::{
    arguments::{Check, Format, Preview},
    failure::Failure,
};

/// Prints every finding of every file; fails if there is one.
pub fn check(arguments: &Check) -> Result<(), Failure> {
    let mut findings = 0;
    for file in &arguments.files {
        let source = file.display().to_string();
        for finding in check_text(&source, &read(file)?) {
            findings += 1;
            eprintln!("{source}: {}", line(&finding));
        }
    }
    match findings {
        0 => {
            println!("checked {} file(s): nothing to complain about", arguments.files.len());
            Ok(())
        }
        1 => Err(Failure::new("1 finding, see above")),
        many => Err(Failure::new(format!("{many} findings, see above"))),
    }
}

/// Prints the slots that the rules yield and how many are free.
pub fn preview(arguments: &Preview) -> Result<(), Failure> {
    let source = arguments.catalogue.display().to_string();
    let catalogue = Catalogue::parse(&source, &read(&arguments.catalogue)?)
        .map_err(|error| Failure::new(error.to_string()))?;
    let bookings = match &arguments.bookings {
        Some(file) => preview::parse_bookings(&file.display().to_string(), &read(file)?)
            .map_err(|error| Failure::new(error.to_string()))?,
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
    .map_err(|error| Failure::new(error.to_string()))?;
    print(&match arguments.format {
        Format::Table => preview::table(&rows),
        Format::Json => preview::json(&rows),
    })
}

/// Prints the JSON Schema of the chart's values.
pub fn schema() -> Result<(), Failure> {
    print(&format!("{:#}\n", catalogue::values_schema()))
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file)
        .map_err(|error| Failure::from_error(&format!("cannot read {}", file.display()), &error))
}

/// Writes to standard output; a reader that has seen enough (`| head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| Failure::from_error("cannot print", &error)),
    }
}
