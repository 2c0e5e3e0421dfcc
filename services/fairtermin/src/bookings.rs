//! `fairtermin bookings`: what is booked, for whoever tries a new catalogue out.

use std::{collections::BTreeMap, path::Path};

use ambient::{Clock as _, SystemClock};
use catalogue::preview::{self, Existing};
use ids::LocationId;
use serde_json::Value;

use crate::{arguments::Bookings, command_error::CommandError, files, serve};

/// Prints all bookings from a day on, without the people.
pub async fn run(arguments: &Bookings) -> Result<(), CommandError> {
    let Bookings::Export { config, from } = arguments;
    let settings = serve::slot_settings(config.as_deref())?;
    let today = ambient::berlin().to_datetime(SystemClock.now()).date();
    let exported = slot::Application::export_bookings(&settings, from.unwrap_or(today)).await;
    let bookings = exported.map_err(|error| {
        CommandError::from_error("cannot read the bookings", &error).advice(
            "Run it where the database can be reached, with the settings that the slot service has.",
        )
    })?;
    let text = serde_json::to_string_pretty(&bookings)
        .map_err(|error| CommandError::from_error("cannot write the bookings", &error))?;
    files::print(&format!("{text}\n"))
}

/// The bookings that [`run`] printed into a file, by location. Without a file there are none.
pub fn exported(file: Option<&Path>) -> Result<BTreeMap<LocationId, Vec<Existing>>, CommandError> {
    let Some(file) = file else { return Ok(BTreeMap::new()) };
    let source = file.display().to_string();
    let invalid = |error: &dyn std::fmt::Display| CommandError::new(format!("{source}: {error}"));
    let lists: BTreeMap<LocationId, Value> =
        serde_json::from_str(&files::read(file)?).map_err(|error| invalid(&error))?;
    let of_location = |(location, list): (LocationId, Value)| {
        let name = format!("{source}: {location}");
        let bookings = preview::parse_bookings(&name, &list.to_string())
            .map_err(|error| CommandError::new(error.to_string()))?;
        Ok((location, bookings))
    };
    lists.into_iter().map(of_location).collect()
}
