//! `fairtermin bookings`: what is booked, for whoever tries a new catalogue out.

use ambient::{Clock as _, SystemClock};

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
