//! Where the values file and the report go.

use imports::{Fate, Report};

use crate::{
    arguments::{Format, ImportDestination},
    command_error::CommandError,
    files::{print, write_new},
};

/// What an import yields besides its values file.
pub(super) struct Output<'a> {
    pub(super) destination: &'a ImportDestination,
    pub(super) report: &'a Report,
    /// The command to type next.
    pub(super) next: &'a str,
}

impl Output<'_> {
    /// Writes the values file and the report, and says what to do next.
    pub(super) fn write(&self, values: &str) -> Result<(), CommandError> {
        let ImportDestination { output, report, report_format, force, .. } = self.destination;
        match output {
            Some(file) => write_new(file, values, *force)?,
            None => print(values)?,
        }
        self.tell()?;
        // A program that reads the report from standard error reads nothing else there.
        if report.is_some() || *report_format == Format::Table {
            eprintln!("{}", self.summary());
        }
        Ok(())
    }

    /// Writes the report: on standard error, unless it has a file, so that values can be redirected.
    pub(super) fn tell(&self) -> Result<(), CommandError> {
        let ImportDestination { report, report_format, force, .. } = self.destination;
        let text = match report_format {
            Format::Table => self.report.text(),
            Format::Json => self.report.json(),
        };
        match report {
            Some(file) => write_new(file, &text, *force)?,
            None => eprint!("{text}"),
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let entries = self.report.entries();
        let count = |fate: Fate| entries.iter().filter(|entry| entry.fate == fate).count();
        let written = match &self.destination.output {
            Some(file) => format!("{} is written. ", file.display()),
            None => String::new(),
        };
        format!(
            "{written}To complete: {}, changed: {}, left out: {} (see the report).\nNext: {}",
            count(Fate::Missing),
            count(Fate::Changed),
            count(Fate::LeftOut),
            self.next,
        )
    }
}
