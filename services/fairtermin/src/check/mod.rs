//! `fairtermin check`: everything that can be known of values files before they are installed.
//!
//! In the order of the files here: `release` (which files belong together, laid over each other as
//! Helm does it), the schema (`crate::schema`), `chart` (what the chart refuses), `settings` (what
//! stops a service at its start) with `environment` (what its variables change of that), the
//! catalogue (`libs/catalogue`), `placeholders`, `federation` (whether the releases know each
//! other), `yaml_1_1` (what Helm reads otherwise). `against` says what a change does, `secrets`
//! which Secrets are needed.

mod against;
mod chart;
mod environment;
mod federation;
mod placeholders;
mod release;
mod remark;
mod secrets;
mod settings;
mod yaml_1_1;

use ambient::{Clock as _, SystemClock};
use catalogue::{Catalogue, conform, json};
use jiff::civil::Date;
use release::{Release, releases};
use remark::{Remark, Remarks, Severity};
use serde_json::{Value as Json, json};

use crate::{
    arguments::{Check, Format},
    command_error::CommandError,
    files, schema,
};

/// Prints every remark on every file, then what a change would do. Fails if there is an error or a
/// warning, or if a booking stands in the way; notes are no failure.
pub fn run(arguments: &Check) -> Result<(), CommandError> {
    let now = arguments.now.unwrap_or_else(|| SystemClock.now());
    let today = ambient::berlin().to_datetime(now).date();
    let texts = files::read_all(&arguments.files)?;
    let files = files::borrowed(&texts);
    let remarks = examine(&files, today);
    let outcome = outcome(&remarks);
    let effects = match (&outcome, arguments.against.is_empty()) {
        (Ok(()), false) => Some(against::effects(&files, arguments, now)?),
        _ => None,
    };
    let needed = if arguments.secrets { secrets::needed(&releases(&files).0) } else { vec![] };
    match arguments.format {
        Format::Table => {
            table(&remarks, files.len(), effects.as_ref())?;
            files::print(&secrets::table(&needed))?;
        }
        Format::Json => {
            let effects = effects.as_ref().map(|effects| &effects.report);
            let all = json!({ "remarks": remarks, "effects": effects, "secrets": needed });
            files::print(&format!("{all:#}\n"))?;
        }
    }
    outcome?;
    effects.map_or(Ok(()), |effects| effects.outcome())
}

/// Every remark on `files`, each `(name, text)`, on the local day `today`.
pub fn examine(files: &[(&str, &str)], today: Date) -> Vec<Remark> {
    let schema = schema::values();
    let (releases, mut remarks) = releases(files);
    for release in &releases {
        remarks.extend(of_release(release, &schema, today));
    }
    remarks.extend(federation::check(&releases));
    remarks
}

fn of_release(release: &Release, schema: &Json, today: Date) -> Vec<Remark> {
    let mut said = Remarks::on(&release.file);
    let mut values = json(&release.written);
    let mut placeholders = Remarks::on(&release.file);
    placeholders::check(&values, "", &mut placeholders);
    // The catalogue's reader says the same and knows more.
    let catalogue = values.as_object_mut().and_then(|values| values.remove("catalogue"));
    said.all(Severity::Error, conform("", &values, schema));
    chart::check(release, &mut said);
    settings::check(release, &mut said);
    if let Some(catalogue) = catalogue {
        offer(release, &catalogue, today, &mut said);
    }
    said.found.extend(placeholders.found);
    said.found
}

/// What the authority offers.
fn offer(release: &Release, written: &Json, today: Date, said: &mut Remarks<'_>) {
    match Catalogue::from_values(&release.written) {
        Err(findings) => said.all(Severity::Error, findings),
        Ok(catalogue) => {
            // Forms that the reader takes and Helm refuses, such as a postal code of four digits.
            said.all(Severity::Error, conform("catalogue", written, &catalogue::schema()));
            said.all(Severity::Warning, catalogue::check(&catalogue));
            let dated = catalogue::check_on(&catalogue, today);
            said.all(Severity::Warning, dated.findings);
            said.all(Severity::Note, dated.notes);
        }
    }
}

/// Notes are no failure.
fn outcome(remarks: &[Remark]) -> Result<(), CommandError> {
    let findings = remarks.iter().filter(|remark| remark.severity != Severity::Note).count();
    match findings {
        0 => Ok(()),
        1 => Err(CommandError::new("1 finding, see above")),
        many => Err(CommandError::new(format!("{many} findings, see above"))),
    }
}

/// For people: remarks where errors are read, effects where results are.
fn table(
    remarks: &[Remark],
    files: usize,
    effects: Option<&against::Effects>,
) -> Result<(), CommandError> {
    for remark in remarks {
        eprintln!("{remark}");
    }
    if remarks.iter().all(|remark| remark.severity == Severity::Note) {
        files::print(&format!("checked {files} file(s): nothing to complain about\n"))?;
    }
    effects.map_or(Ok(()), |effects| files::print(&effects.report))
}
