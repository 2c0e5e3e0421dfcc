//! `fairtermin import zms`

use imports::{Heading, closed_times, read_zms, values};

use super::{refused, today, write::Output};
use crate::{
    arguments::ZmsImport,
    command_error::CommandError,
    files::{borrowed, read_all, write_new},
};

pub(super) fn run(arguments: &ZmsImport) -> Result<(), CommandError> {
    let texts = read_all(&arguments.files)?;
    let texts = borrowed(&texts);
    let destination = &arguments.destination;
    let imported = read_zms(&texts, arguments.department.as_deref(), today(destination))
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
    if let Some(file) = &arguments.closed_times {
        let Some(text) = closed_times(&imported.offer) else {
            let advice = "Add what GET /scope/ID/process/DATE/ answers for each day, or leave \
                          --closed-times out.";
            return Err(
                CommandError::new("the files have no appointment from today on").advice(advice)
            );
        };
        write_new(file, &text, destination.force)?;
        next = format!("{next} {}", file.display());
    }
    Output { destination, report: &imported.report, next: &next }
        .write(&values(&imported.offer, &heading))
}
