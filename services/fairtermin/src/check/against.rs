//! What the files change in comparison with what is live, for each release.

use std::collections::BTreeMap;

use catalogue::{
    Catalogue, DayChange, Difference, Edit, EditKind, Impact, StartChange, changes, changes_table,
    conflicts, edits, preview::Existing, reserved_by, start_changes, starts_table, unmatched,
};
use ids::LocationId;
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value as Json, json};

use super::{
    changed::changed,
    lasting,
    release::{Release, releases},
    remark::{Remark, Remarks},
    successors,
};
use crate::{
    arguments::Check,
    bookings,
    command_error::CommandError,
    files::{borrowed, read_all},
    schema,
};

/// So many days are compared at least.
const MIN_DAYS: i32 = 60;

/// So many days are compared at most.
const MOST_DAYS: i32 = 366;

/// What a change does.
#[derive(Debug, Default)]
pub struct Effects {
    /// For people.
    pub report: String,
    /// What is odd about the change, as opposed to the files.
    pub remarks: Vec<Remark>,
    /// For programs, one per release.
    releases: Vec<Json>,
    /// How many bookings stand in its way.
    pub in_the_way: usize,
}

impl Effects {
    /// For programs.
    pub fn json(&self) -> Json {
        json!({ "report": self.report, "releases": self.releases, "in_the_way": self.in_the_way })
    }
}

/// Compares each release of `files` with the same one of `--against`.
pub fn effects(
    files: &[(&str, &str)],
    arguments: &Check,
    now: Timestamp,
) -> Result<Effects, CommandError> {
    let live = read_all(&arguments.against)?;
    let live = borrowed(&live);
    for (name, text) in &live {
        let unusable =
            |finding| CommandError::new(format!("{name}: {}", catalogue::line(&finding)));
        catalogue::read(text).map_err(unusable)?;
    }
    let (before, after) = (releases(&live).0, releases(files).0);
    let bookings = bookings::exported(arguments.bookings.as_deref())?;
    let (schema, effects) = (schema::values(), Effects::default());
    let mut comparison =
        Comparison { arguments, now, schema: &schema, bookings: &bookings, effects };
    let mut compared = Vec::new();
    for release in &after {
        match same(&before, &after, release) {
            Some(index) => {
                compared.push(index);
                comparison.compare(&before[index], release);
            }
            None => comparison.effects.report += &format!("{}: is new\n", name(release)),
        }
    }
    let left = before.iter().enumerate().filter(|(index, _)| !compared.contains(index));
    for (_, release) in left {
        let name = name(release);
        comparison.effects.report += &format!("{name}: stands in --against alone: not compared\n");
    }
    if compared.is_empty() {
        let file = after.first().map_or("--against", |release| release.file.as_str());
        let mut said = Remarks::on(file);
        let problem =
            "nothing was compared: no file of --against is of the same authority or platform";
        said.error("", problem, "name the files that are live, as they were installed");
        comparison.effects.remarks.extend(said.found);
    }
    Ok(comparison.effects)
}

/// The authority, or the files of the platform.
fn name(release: &Release) -> &str {
    release.authority().unwrap_or(&release.file)
}

/// Which of `before` was `release`: of the same authority, or of the only one on both sides, or the
/// platform in the same place.
fn same(before: &[Release], after: &[Release], release: &Release) -> Option<usize> {
    let authorities = |all: &[Release]| all.iter().filter(|one| one.authority().is_some()).count();
    let Some(id) = release.authority() else {
        let platforms = after.iter().filter(|one| one.authority().is_none());
        let place = platforms.take_while(|one| !std::ptr::eq(*one, release)).count();
        let numbered = before.iter().enumerate().filter(|(_, one)| one.authority().is_none());
        return numbered.map(|(index, _)| index).nth(place);
    };
    let by_id = before.iter().position(|one| one.authority() == Some(id));
    by_id.or_else(|| {
        let only = authorities(before) == 1 && authorities(after) == 1;
        before.iter().position(|one| one.authority().is_some()).filter(|_| only)
    })
}

struct Comparison<'a> {
    arguments: &'a Check,
    now: Timestamp,
    /// Of the chart's values.
    schema: &'a Json,
    bookings: &'a BTreeMap<LocationId, Vec<Existing>>,
    effects: Effects,
}

impl Comparison<'_> {
    fn compare(&mut self, before: &Release, after: &Release) {
        let values = changed(before, after, self.schema);
        for value in &values {
            self.effects.report += &format!("{value}\n");
        }
        let values: Vec<Json> = values.iter().map(super::changed::Changed::json).collect();
        let mut all = json!({ "file": after.file, "values": values });
        another_id(before, after, &mut self.effects.remarks);
        let mut said = Remarks::on(&after.file);
        lasting::check(before, after, &mut said);
        self.effects.remarks.extend(said.found);
        let offer = |release: &Release| {
            let has = release.written.get("catalogue").is_some();
            has.then(|| Catalogue::from_values(&release.written))
        };
        match (offer(before), offer(after)) {
            (Some(Ok(before)), Some(Ok(catalogue))) => {
                all["authority"] = catalogue.authority.id.to_string().into();
                self.offers(&before, &catalogue, after, &mut all);
            }
            (Some(Err(findings)), Some(_)) => {
                for finding in &findings {
                    let line = catalogue::line(finding);
                    self.effects.report += &format!("not compared: {}: {line}\n", before.file);
                }
                let mut said = Remarks::on(&after.file);
                let problem = "was not compared: the one in --against has errors";
                said.error("catalogue", problem, "name the files that are live, all of them");
                self.effects.remarks.extend(said.found);
            }
            (Some(Ok(_)), Some(Err(_))) => {
                let file = &after.file;
                self.effects.report +=
                    &format!("not compared: the catalogue of {file} has errors, see above\n");
            }
            (None, _) | (_, None) => {}
        }
        self.effects.releases.push(all);
    }

    /// What the catalogue changes.
    fn offers(&mut self, before: &Catalogue, after: &Catalogue, release: &Release, all: &mut Json) {
        let effects = &mut self.effects;
        let edits = edits(before, after);
        for edit in &edits {
            effects.report += &format!("{edit}\n");
        }
        let mut said = Remarks::on(&release.file);
        successors::check(before, after, &mut said);
        for one in unmatched(before, self.bookings) {
            let path = format!("bookings of {}", one.location);
            let remedy = "export the bookings of this authority anew, or name its live files";
            said.warn(&path, one.to_string(), remedy);
        }
        effects.remarks.extend(said.found);
        let (reserved, _) = reserved_by(before, self.bookings);
        let impact = conflicts(before, after, reserved);
        effects.report += &impact.report();
        effects.in_the_way += impact.in_the_way.len();
        let today = ambient::berlin().to_datetime(self.now).date();
        let longest = i32::from(before.longest_window().max(after.longest_window()));
        let days = self.arguments.days.unwrap_or(longest.clamp(MIN_DAYS, MOST_DAYS));
        let range = (today, today.saturating_add(days.days()));
        let slots = changes(before, after, range, self.now);
        let starts = start_changes(before, after, range, self.now);
        effects.report += &changes_table(&slots);
        effects.report += &starts_table(&starts);
        all["edits"] = edits.iter().map(edit_json).collect();
        all["in_the_way"] = blockers_json(&impact);
        all["kept"] = impact.kept.len().into();
        all["carried"] = impact.carried.len().into();
        all["days"] = slots.iter().map(day_json).collect();
        all["starts"] = starts.iter().map(start_json).collect();
        all["until"] = range.1.to_string().into();
    }
}

/// An authority's id is for ever.
fn another_id(before: &Release, after: &Release, remarks: &mut Vec<Remark>) {
    let (Some(old), Some(new)) = (before.authority(), after.authority()) else { return };
    if old == new {
        return;
    }
    let mut said = Remarks::on(&after.file);
    let problem = format!(
        "`{old}` becomes `{new}`, which is another authority: the running service refuses it, \
         tokens and grants for `{old}` count no longer, and people would not find their \
         appointments again"
    );
    let remedy = format!("keep `{old}`, or install `{new}` as a release of its own");
    said.error("catalogue.authority.id", problem, remedy);
    remarks.extend(said.found);
}

fn edit_json(edit: &Edit) -> Json {
    let (kind, before, after) = match &edit.kind {
        EditKind::New => ("new", Json::Null, Json::Null),
        EditKind::Gone => ("gone", Json::Null, Json::Null),
        EditKind::Changed(before, after) => ("changed", before.clone(), after.clone()),
    };
    json!({
        "path": edit.path, "kind": kind, "before": before, "after": after,
        "follows": edit.consequence(),
    })
}

fn blockers_json(impact: &Impact) -> Json {
    let one = |blocker: &catalogue::Blocker| {
        json!({
            "location": blocker.location.to_string(),
            "date": blocker.date.to_string(),
            "problem": blocker.obstacle.to_string(),
            "remedy": blocker.obstacle.remedy(),
            "count": blocker.counts.values().sum::<usize>(),
        })
    };
    impact.blockers().iter().map(one).collect()
}

fn day_json(change: &DayChange) -> Json {
    json!({
        "location": change.location.to_string(),
        "date": change.date.to_string(),
        "offered": difference_json(change.offered),
        "bookable_now": difference_json(change.bookable_now),
    })
}

fn start_json(change: &StartChange) -> Json {
    json!({
        "service": change.service.to_string(),
        "date": change.date.to_string(),
        "channel": change.channel.to_string(),
        "bookable_now": difference_json(change.starts),
        "room": { "before": change.room_before, "after": change.room_after },
    })
}

fn difference_json(difference: Difference) -> Json {
    json!({ "gained": difference.gained, "lost": difference.lost })
}
