//! `fairtermin preview`: what a catalogue yields, before it goes live.

use std::{collections::BTreeMap, path::Path};

use ambient::{Clock as _, SystemClock};
use booking::rules::Person;
use calendar::Channel;
use catalogue::{
    Catalogue,
    preview::{self, Existing, Query},
    unmatched,
};
use ids::LocationId;
use serde_json::Value;

use crate::{
    arguments::{Preview, PreviewFormat, Way},
    check::manifest_kind,
    command_error::CommandError,
    files::{borrowed, print, read, read_all},
};

/// Prints the days with their starts, how many desks are free, and why nothing is.
pub fn run(arguments: &Preview) -> Result<(), CommandError> {
    let told = |error: &dyn std::fmt::Display| CommandError::new(error.to_string());
    let mut texts = read_all(&arguments.catalogue)?;
    // `init` writes Secrets beside the values.
    texts.retain(|(_, text)| manifest_kind(text).is_none());
    let catalogue = Catalogue::parse_overlaid(&borrowed(&texts)).map_err(|error| told(&error))?;
    let bookings = match &arguments.bookings {
        Some(file) => bookings(&catalogue, file, &arguments.location)?,
        None => Vec::new(),
    };
    let person = person(arguments);
    let query = Query {
        location: &arguments.location,
        services: &arguments.services,
        people: arguments.people,
        channel: channel(arguments.channel),
        person: person.as_ref(),
        from: arguments.from,
        to: arguments.to,
        now: arguments.now.unwrap_or_else(|| SystemClock.now()),
        bookings: &bookings,
        moves: arguments.moves,
    };
    let days = preview::preview(&catalogue, &query).map_err(|error| told(&error))?;
    print(&match arguments.format {
        PreviewFormat::Table => preview::table(&days),
        PreviewFormat::Json => preview::json(&days),
        PreviewFormat::Html => preview::page(&catalogue, &query, &days),
    })
}

/// Of one location: from a list, or from an object of lists. Those that match nothing are told.
fn bookings(
    catalogue: &Catalogue,
    file: &Path,
    location: &LocationId,
) -> Result<Vec<Existing>, CommandError> {
    let (name, text) = (file.display().to_string(), read(file)?);
    let list = match serde_json::from_str::<Value>(&text) {
        Ok(Value::Object(lists)) => {
            let known = |id: &str| catalogue.locations().any(|(known, _)| known.as_str() == id);
            for id in lists.keys().filter(|id| !known(id)) {
                eprintln!(
                    "{name}: warning: there is no location `{id}`: its bookings are left out"
                );
            }
            match lists.get(location.as_str()) {
                Some(list) => list.to_string(),
                None => return Ok(Vec::new()),
            }
        }
        // The reader of lists says what is wrong.
        Ok(_) | Err(_) => text,
    };
    let bookings = preview::parse_bookings(&name, &list)
        .map_err(|error| CommandError::new(error.to_string()))?;
    let all = BTreeMap::from([(location.clone(), bookings)]);
    for one in unmatched(catalogue, &all) {
        eprintln!("{name}: warning: {}: {one}", one.location);
    }
    Ok(all.into_values().flatten().collect())
}

/// Who looks; `None` for everybody.
fn person(arguments: &Preview) -> Option<Person> {
    let level = arguments.level?;
    Some(Person {
        level,
        birth_date: arguments.born,
        entitled: arguments.entitled,
        entitled_only_date: arguments.entitled && arguments.moves.is_none(),
        ..Person::default()
    })
}

fn channel(way: Way) -> Channel {
    match way {
        Way::Public => Channel::Public,
        Way::Phone => Channel::Phone,
        Way::Staff => Channel::Staff,
    }
}
