//! What the files change in comparison with what is live, for each authority.

use std::{collections::BTreeMap, path::Path};

use catalogue::{
    Catalogue, changes, changes_table, conflicts, edits,
    preview::{self, Existing},
    reserved_by,
};
use ids::LocationId;
use jiff::{Timestamp, ToSpan as _};
use serde_json::Value;

use super::release::{Release, releases};
use crate::{
    arguments::Check,
    command_error::CommandError,
    files::{borrowed, read, read_all},
};

/// What a change does.
#[derive(Debug, Default)]
pub struct Effects {
    /// For people.
    pub report: String,
    /// How many bookings stand in its way.
    in_the_way: usize,
}

impl Effects {
    /// A booking in the way is a failure.
    pub fn outcome(&self) -> Result<(), CommandError> {
        match self.in_the_way {
            0 => Ok(()),
            1 => Err(CommandError::new("1 booking stands in the way, see above")),
            many => Err(CommandError::new(format!("{many} bookings stand in the way, see above"))),
        }
    }
}

/// Compares each authority of `files` with the same one of `--against`.
pub fn effects(
    files: &[(&str, &str)],
    arguments: &Check,
    now: Timestamp,
) -> Result<Effects, CommandError> {
    let live = read_all(&arguments.against)?;
    let live = borrowed(&live);
    let (before, after) = (offers(&live)?, offers(files)?);
    let bookings = existing(arguments.bookings.as_deref())?;
    let mut effects = Effects::default();
    for (id, after) in &after {
        let same =
            before.get(id).or_else(|| (before.len() == 1).then(|| before.values().next())?);
        let Some(before) = same else {
            effects.report += &format!("{id}: is new\n");
            continue;
        };
        compare(before, after, arguments.days, now, &bookings, &mut effects);
    }
    Ok(effects)
}

/// What each authority offers, by its id.
fn offers(files: &[(&str, &str)]) -> Result<BTreeMap<String, Catalogue>, CommandError> {
    let (releases, remarks) = releases(files);
    if let Some(remark) = remarks.first() {
        return Err(CommandError::new(remark.to_string()));
    }
    let with_catalogue = releases.iter().filter(|release| release.authority().is_some());
    let read = |release: &Release| -> Result<(String, Catalogue), CommandError> {
        let catalogue = Catalogue::from_values(&release.written).map_err(|findings| {
            let lines: Vec<String> = findings.iter().map(catalogue::line).collect();
            CommandError::new(format!("{}: {}", release.file, lines.join("\n")))
        })?;
        Ok((catalogue.authority.id.to_string(), catalogue))
    };
    let offers: BTreeMap<_, _> = with_catalogue.map(read).collect::<Result<_, CommandError>>()?;
    if offers.is_empty() {
        return Err(CommandError::new("there is no catalogue to compare")
            .advice("Name the values files of an authority, its preset first."));
    }
    Ok(offers)
}

fn compare(
    before: &Catalogue,
    after: &Catalogue,
    days: i32,
    now: Timestamp,
    bookings: &BTreeMap<LocationId, Vec<Existing>>,
    effects: &mut Effects,
) {
    let today = ambient::berlin().to_datetime(now).date();
    let until = today.saturating_add(days.days());
    for edit in edits(before, after) {
        effects.report += &format!("{edit}\n");
    }
    let (reserved, without_desk) = reserved_by(before, bookings);
    if without_desk > 0 {
        effects.report += &format!(
            "{without_desk} bookings have no desk in the catalogue of today: not looked at\n"
        );
    }
    let impact = conflicts(before, after, reserved);
    effects.report += &impact.report();
    effects.in_the_way += impact.in_the_way.len();
    effects.report += &changes_table(&changes(before, after, (today, until), now));
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
