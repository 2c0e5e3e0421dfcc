//! `fairtermin import zms`

use std::path::Path;

use imports::{Heading, Whole, closed_times, read_zms, values};

use super::{paths::refuse_shared, refused, today, write::Output};
use crate::{
    arguments::ZmsImport,
    bookings,
    command_error::CommandError,
    files::{UNREADABLE, borrowed, read_all, write_new},
};

pub(super) fn run(arguments: &ZmsImport) -> Result<(), CommandError> {
    let destination = &arguments.destination;
    let inputs = arguments.files.iter().chain(&arguments.bookings);
    refuse_shared(inputs, destination, arguments.closed_times.as_ref())?;
    let texts = read_all(&arguments.files)?;
    let texts = borrowed(&texts);
    let booked = bookings::exported(arguments.bookings.as_deref())?;
    let whole = if arguments.dump_is_whole { Whole::Known } else { Whole::Stated };
    let department = arguments.department.as_deref();
    let (today, state) = (today(destination), arguments.state);
    let imported = read_zms(&texts, department, today, state, &booked, whole)
        .map_err(|error| refused(&error))?;
    let names: Vec<&str> = texts.iter().map(|(name, _)| *name).collect();
    let heading = Heading {
        authority: &arguments.authority,
        name: arguments.name.as_deref(),
        command: "fairtermin import zms",
        files: &names,
    };
    let mut next = match &destination.output {
        Some(file) => format!("fairtermin check {}", file.display()),
        None => "fairtermin check with the file into which you put it".to_owned(),
    };
    let closed = closed_times(&imported.offer);
    if let (Some(file), Some(text)) = (&arguments.closed_times, &closed) {
        write_new(file, text, destination.force)?;
        next = format!("{next} {}", file.display());
    }
    Output { destination, report: &imported.report, next: &next }
        .write(&values(&imported.offer, &heading))?;
    match &arguments.closed_times {
        Some(file) if closed.is_none() => Err(nothing_to_close(file, imported.appointments)),
        _ => Ok(()),
    }
}

/// The values and the report are written then, and the file of closed time is not.
fn nothing_to_close(file: &Path, appointments: usize) -> CommandError {
    let name = file.display();
    let (problem, advice) = match appointments {
        0 => (
            format!("the files have no appointment from today on, so {name} is not written"),
            "Add what GET /scope/ID/process/DATE/ answers for each day, or leave --closed-times out.",
        ),
        all => (
            format!("none of {all} appointments becomes closed time, so {name} is not written"),
            "The report says of each why, and what to do.",
        ),
    };
    CommandError::new(problem).advice(advice).exit(UNREADABLE)
}
