//! `fairtermin check`: everything that can be known of values files before they are installed.
//!
//! In the order of the files here: `release` (which files belong together, laid over each other as
//! Helm does it, without `manifests`) with `nulls` (what takes nothing out), the schema
//! (`crate::schema`), `chart` (what the chart refuses, also of `pods` and `databases`), `kubernetes`
//! and `engines` (what the cluster refuses), `settings` (what stops a service at its start) with `environment`
//! (what its variables change of that), `key_files` (one key for two purposes), `languages` (what
//! translations lack) with `brought` (what is in ConfigMaps), the catalogue (`libs/catalogue`) with
//! `entities` (how its texts are written) and `empty_lists`, `placeholders`, `plain_secrets`,
//! `hidden_characters`, `long_names`, `federation`, `addresses` and `providers` (whether the
//! releases know each other), `yaml_1_1` (what Helm reads otherwise). `against` says what a change
//! does, with `changed` (values outside of the catalogue), `lasting` (what may never change) and
//! `successors` (what things were called); `secrets` which Secrets are needed.

mod addresses;
mod against;
mod brought;
mod changed;
mod chart;
mod databases;
mod empty_lists;
mod engines;
mod entities;
mod environment;
mod federation;
mod hidden_characters;
mod key_files;
mod kubernetes;
mod languages;
mod lasting;
mod long_names;
mod manifests;
mod nulls;
mod placeholders;
mod plain_secrets;
mod pods;
mod providers;
mod release;
mod remark;
mod secrets;
mod settings;
mod successors;
mod yaml_1_1;

pub use chart::way_in;
pub use long_names::RELEASE as LONGEST_RELEASE;
pub use manifests::kind as manifest_kind;
pub use release::{Release, releases};

use against::Effects;
use ambient::{Clock as _, SystemClock};
use brought::Brought;
use catalogue::{Catalogue, Finding, NO_SUCH_KEY, conform, json};
use jiff::civil::Date;
use remark::{Remark, Remarks, Severity};
use serde_json::{Value as Json, json};

use crate::{
    arguments::{Check, Format},
    command_error::CommandError,
    files,
    hidden::without_users,
    schema,
};

/// Prints every remark on every file, then what a change would do, whatever was said of the files.
/// Fails if there is an error or a warning, or if a booking stands in the way; notes are no failure.
pub fn run(arguments: &Check) -> Result<(), CommandError> {
    let now = arguments.now.unwrap_or_else(|| SystemClock.now());
    let today = ambient::berlin().to_datetime(now).date();
    let texts = files::read_all(&arguments.files)?;
    let files = files::borrowed(&texts);
    let brought = Brought::read(&arguments.languages)?;
    let mut remarks = examine(&files, &brought, today);
    let effects = if arguments.against.is_empty() {
        Ok(None)
    } else {
        against::effects(&files, arguments, now).map(Some)
    };
    let shown = effects.as_ref().ok().and_then(Option::as_ref);
    remarks.extend(shown.into_iter().flat_map(|effects| effects.remarks.clone()));
    let needed = if arguments.secrets { secrets::needed(&releases(&files).0) } else { vec![] };
    let outcome = outcome(&remarks, shown);
    match arguments.format {
        Format::Table => {
            table(&remarks, files.len(), outcome.is_ok(), shown)?;
            files::print(&secrets::table(&needed))?;
        }
        Format::Json => {
            let effects = shown.map(Effects::json);
            let all = json!({ "remarks": remarks, "effects": effects, "secrets": needed });
            files::print(&without_users(&format!("{all:#}\n")))?;
        }
    }
    effects?;
    outcome
}

/// Every remark on `files`, each `(name, text)`, with what was `brought` of their ConfigMaps, on the local day
/// `today`.
pub fn examine(files: &[(&str, &str)], brought: &Brought, today: Date) -> Vec<Remark> {
    let schema = schema::values();
    let (mut releases, mut remarks) = releases(files);
    for release in &mut releases {
        release.bring(brought);
        remarks.extend(of_release(release, brought, &schema, today));
    }
    remarks.extend(federation::check(&releases));
    remarks.extend(addresses::check(&releases));
    remarks.extend(providers::check(&releases));
    remarks.extend(languages::across(&releases));
    remarks.extend(languages::not_taken(&releases, brought));
    remarks
}

fn of_release(release: &Release, brought: &Brought, schema: &Json, today: Date) -> Vec<Remark> {
    let mut said = Remarks::on(&release.file);
    let mut values = json(&release.written);
    let mut placeholders = Remarks::on(&release.file);
    placeholders::check(&values, "", &mut placeholders);
    plain_secrets::check(&values, "", &mut said);
    hidden_characters::check(&values, "", &mut said);
    long_names::check(release, &values, &mut said);
    // The catalogue's reader says the same and knows more.
    let catalogue = values.as_object_mut().and_then(|values| values.remove("catalogue"));
    said.all(Severity::Error, conform("", &values, schema));
    said.all(Severity::Error, unknown_nulls(release, schema));
    chart::check(release, &mut said);
    pods::check(release, &mut said);
    databases::check(release, &mut said);
    kubernetes::check(release, &mut said);
    engines::check(release, &mut said);
    settings::check(release, &mut said);
    key_files::check(release, &mut said);
    languages::check(release, brought, &mut said);
    if let Some(catalogue) = catalogue {
        entities::check(&catalogue, "catalogue", &mut said);
        empty_lists::check(&catalogue, &mut said);
        offer(release, &catalogue, today, &mut said);
    }
    said.found.extend(placeholders.found);
    said.found
}

/// Keys that Helm refuses although they are `null`: it looks at them before it takes them out.
fn unknown_nulls(release: &Release, schema: &Json) -> Vec<Finding> {
    if release.with_null == release.written {
        return Vec::new();
    }
    let known = |found: &Finding, all: &[Finding]| all.iter().any(|one| one.path == found.path);
    let removed = conform("", &json(&release.written), schema);
    let kept = conform("", &json(&release.with_null), schema);
    let is_unknown = |found: &Finding| found.problem == NO_SUCH_KEY && !known(found, &removed);
    kept.into_iter().filter(is_unknown).collect()
}

/// What the authority offers.
fn offer(release: &Release, written: &Json, today: Date, said: &mut Remarks<'_>) {
    match Catalogue::from_values(&release.written) {
        Err(_) if is_overlay(written) => {
            let problem = "has no `authority`, `groups` and `services`: it lies over a catalogue";
            let remedy = "name the file of the catalogue before it: check CATALOGUE THIS-FILE";
            said.error("catalogue", problem, remedy);
        }
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

/// Whether it is a part of a catalogue, such as closed time, and none by itself.
fn is_overlay(catalogue: &Json) -> bool {
    let has = |key: &str| catalogue.get(key).is_some_and(|value| !value.is_null());
    catalogue.is_object() && !["authority", "groups", "services"].into_iter().any(has)
}

/// Notes are no failure.
fn outcome(remarks: &[Remark], effects: Option<&Effects>) -> Result<(), CommandError> {
    let findings = remarks.iter().filter(|remark| remark.severity != Severity::Note).count();
    let in_the_way = effects.map_or(0, |effects| effects.in_the_way);
    let found = match findings {
        0 => None,
        1 => Some("1 finding".to_owned()),
        many => Some(format!("{many} findings")),
    };
    let blocked = match in_the_way {
        0 => None,
        1 => Some("1 booking stands in the way".to_owned()),
        many => Some(format!("{many} bookings stand in the way")),
    };
    let words: Vec<String> = found.into_iter().chain(blocked).collect();
    if words.is_empty() {
        return Ok(());
    }
    Err(CommandError::new(format!("{}, see above", words.join(", and "))))
}

/// For people: remarks where errors are read, effects where results are.
fn table(
    remarks: &[Remark],
    files: usize,
    is_fine: bool,
    effects: Option<&Effects>,
) -> Result<(), CommandError> {
    for remark in remarks {
        eprintln!("{remark}");
    }
    if is_fine {
        let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
        files::print(&format!("checked {files}: nothing to complain about\n"))?;
    }
    effects.map_or(Ok(()), |effects| files::print(&without_users(&effects.report)))
}
