//! Contradictions that make a catalogue unusable.

use booking::rules::Finding;
use calendar::{Bookable, Closure, DeskCounts, DeskSet, Grid, Hours, OpeningRule};

use crate::{Catalogue, Language, Location, Service};

/// Every contradiction in `catalogue`, with full paths.
pub(crate) fn validate(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    authority(catalogue, &mut found);
    for (id, service) in &catalogue.services {
        let path = format!("catalogue.services.{id}");
        slug("service", id.as_str(), &path, &mut found);
        self::service(catalogue, service, &path, &mut found);
    }
    for (id, location) in &catalogue.locations {
        let path = format!("catalogue.locations.{id}");
        slug("location", id.as_str(), &path, &mut found);
        self::location(catalogue, location, &path, &mut found);
    }
    closures(&catalogue.closures, "catalogue", &mut found);
    found
}

fn authority(catalogue: &Catalogue, found: &mut Vec<Finding>) {
    if !catalogue.authority.languages.contains(&Language::De) {
        let path = "catalogue.authority.languages";
        found.push(Finding::new(path, "lacks `de`", "German is required, add it"));
    }
    if catalogue.authority.hold_minutes == 0 {
        let path = "catalogue.authority.holdMinutes";
        found.push(Finding::new(path, "0 minutes leave no time to decide", "use for example 10"));
    }
    for id in catalogue.groups.keys() {
        slug("group", id.as_str(), &format!("catalogue.groups.{id}"), found);
    }
}

/// YAML reads `0815` as a number and loses the zero: ids start with a letter.
fn slug(kind: &str, id: &str, path: &str, found: &mut Vec<Finding>) {
    if !id.starts_with(|first: char| first.is_ascii_lowercase()) {
        let problem = format!("the {kind} id does not start with a letter");
        found.push(Finding::new(path, problem, "write a word and put the number under `number`"));
    }
}

fn service(catalogue: &Catalogue, service: &Service, path: &str, found: &mut Vec<Finding>) {
    if !catalogue.groups.contains_key(&service.group) {
        let known = catalogue.groups.keys().map(|id| id.as_str());
        found.push(unknown(&format!("{path}.group"), "group", service.group.as_str(), known));
    }
    if service.slots == 0 {
        found.push(Finding::new(format!("{path}.slots"), "0 slots take no time", "use at least 1"));
    }
    let release = service.release;
    if release.min_minutes > release.max_minutes {
        let problem =
            format!("{} is more than maxMinutes {}", release.min_minutes, release.max_minutes);
        let remedy = "the earliest moment comes first, exchange the two";
        found.push(Finding::new(format!("{path}.release.minMinutes"), problem, remedy));
    }
}

fn location(catalogue: &Catalogue, location: &Location, path: &str, found: &mut Vec<Finding>) {
    if location.desks == 0 || location.desks > 64 {
        let problem = format!("{} desks", location.desks);
        found.push(Finding::new(format!("{path}.desks"), problem, "a location has 1 to 64 desks"));
    }
    for (id, offered) in &location.services {
        let path = format!("{path}.services.{id}");
        if !catalogue.services.contains_key(id) {
            let known = catalogue.services.keys().map(|id| id.as_str());
            found.push(unknown(&path, "service", id.as_str(), known));
        }
        if offered.slots == Some(0) {
            found.push(Finding::new(
                format!("{path}.slots"),
                "0 slots take no time",
                "use at least 1",
            ));
        }
        if let Some(desks) = offered.desks {
            named_desks(desks.0, location, &format!("{path}.desks"), found);
        }
    }
    bookable(&location.bookable, &format!("{path}.bookable"), found);
    for (name, rule) in &location.opening {
        let path = format!("{path}.opening.{name}");
        for (weekday, hours) in rule.hours.iter() {
            let day = format!("{weekday:?}").to_lowercase();
            on_grid(hours, location.grid, &format!("{path}.hours.{day}"), found);
        }
        offer(rule.slot_minutes, &rule.desks, rule.bookable.as_ref(), location, &path, found);
        recurrence(rule, &path, found);
    }
    for (name, exception) in &location.exceptions {
        let path = format!("{path}.exceptions.{name}");
        on_grid(&exception.hours, location.grid, &format!("{path}.hours"), found);
        let bookable = exception.bookable.as_ref();
        offer(exception.slot_minutes, &exception.desks, bookable, location, &path, found);
    }
    closures(&location.closures, path, found);
}

fn offer(
    slot_minutes: u16,
    desks: &DeskCounts,
    window: Option<&Bookable>,
    location: &Location,
    path: &str,
    found: &mut Vec<Finding>,
) {
    let grid = location.grid;
    if slot_minutes == 0 || grid.units_in(slot_minutes).is_none() {
        let problem = format!(
            "{slot_minutes} minutes are not a multiple of the grid, {} minutes",
            grid.minutes()
        );
        let remedy = format!("use {}, or another grid", next_on_grid(slot_minutes, grid));
        found.push(Finding::new(format!("{path}.slotMinutes"), problem, remedy));
    }
    if let Some(window) = window {
        bookable(window, &format!("{path}.bookable"), found);
    }
    let path = format!("{path}.desks");
    if let Some(only) = desks.only {
        named_desks(only.0, location, &format!("{path}.only"), found);
    }
    let pool = desks.only.map_or(location.all_desks(), |only| only.0).len();
    let channels = [("public", desks.public), ("phone", desks.phone), ("staff", desks.staff)];
    let counts: Vec<_> =
        channels.into_iter().filter_map(|(name, count)| Some((name, count?))).collect();
    for (name, count) in &counts {
        if u32::from(*count) > pool {
            let problem = format!("{count} desks, but there are {pool}");
            found.push(Finding::new(
                format!("{path}.{name}"),
                problem,
                format!("use at most {pool}"),
            ));
        }
    }
    for pair in counts.windows(2) {
        if let [(lower, fewer), (upper, more)] = pair
            && fewer > more
        {
            let problem = format!("{fewer} desks are more than the {more} for {upper}");
            let remedy =
                format!("counts include the channels before: raise {upper} or lower {lower}");
            found.push(Finding::new(format!("{path}.{lower}"), problem, remedy));
        }
    }
}

fn next_on_grid(minutes: u16, grid: Grid) -> u16 {
    minutes.max(1).next_multiple_of(grid.minutes())
}

fn named_desks(desks: DeskSet, location: &Location, path: &str, found: &mut Vec<Finding>) {
    if let Some(desk) = desks.without(location.all_desks()).lowest() {
        let problem = format!("there is no desk {desk}");
        found.push(Finding::new(
            path,
            problem,
            format!("desks are numbered 1 to {}", location.desks),
        ));
    } else if desks.is_empty() {
        found.push(Finding::new(path, "names no desk", "name one, or leave it out for all desks"));
    }
}

fn on_grid(hours: &Hours, grid: Grid, path: &str, found: &mut Vec<Finding>) {
    for span in hours.spans() {
        let aligned = |minute| grid.units_in(minute).is_some();
        if !aligned(span.from_minute()) || !aligned(span.until_minute()) {
            let problem = format!("`{span}` is not on the grid of {} minutes", grid.minutes());
            found.push(Finding::new(
                path,
                problem,
                "begin and end on the grid, or use a finer one",
            ));
        }
    }
}

fn recurrence(rule: &OpeningRule, path: &str, found: &mut Vec<Finding>) {
    if rule.every_nth_week == Some(0) {
        let path = format!("{path}.everyNthWeek");
        found.push(Finding::new(
            path,
            "0 is no rhythm",
            "use 2 for every second week, or leave it out",
        ));
    }
    if rule.every_nth_week.is_some_and(|n| n > 1) && rule.valid_from.is_none() {
        let path = format!("{path}.everyNthWeek");
        found.push(Finding::new(path, "nothing says which week is the first", "give `validFrom`"));
    }
    if let Some(week) = rule.weeks_of_month.iter().find(|week| !(1..=5).contains(*week)) {
        let problem = format!("there is no week {week}");
        let remedy = "use 1 to 4, or 5 for the last one";
        found.push(Finding::new(format!("{path}.weeksOfMonth"), problem, remedy));
    }
    if let (Some(first), Some(last)) = (rule.valid_from, rule.valid_to)
        && first > last
    {
        let problem = format!("{last} is before validFrom {first}");
        found.push(Finding::new(format!("{path}.validTo"), problem, "exchange the two dates"));
    }
}

fn bookable(bookable: &Bookable, path: &str, found: &mut Vec<Finding>) {
    if bookable.from_days > bookable.to_days {
        let problem = format!("{} is more than toDays {}", bookable.from_days, bookable.to_days);
        let remedy = "the window would never be open, exchange the two";
        found.push(Finding::new(format!("{path}.fromDays"), problem, remedy));
    }
}

fn closures(
    closures: &std::collections::BTreeMap<String, Closure>,
    path: &str,
    found: &mut Vec<Finding>,
) {
    for (name, closure) in closures {
        if let Err(error) = closure.validate() {
            found.push(Finding::new(format!("{path}.closures.{name}"), error.to_string(), ""));
        }
    }
}

fn unknown<'a>(path: &str, kind: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Finding {
    let known: Vec<&str> = known.collect();
    let remedy = match crate::nearest::nearest(id, &known) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None if known.is_empty() => format!("define it under `catalogue.{kind}s`"),
        None => format!("use one of: {}", known.join(", ")),
    };
    Finding::new(path, format!("there is no {kind} `{id}`"), remedy)
}
