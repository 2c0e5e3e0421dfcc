//! Special days that a closure takes back.
//!
//! A closure wins over an exception, which is right for a closed building and surprising for an
//! admin who wrote the exception to open on that day.

use booking::rules::Finding;

use crate::{Catalogue, Location};

/// One finding per day, with the first closure that covers it: those of the authority come
/// before those of the location.
pub(super) fn check(catalogue: &Catalogue, location: &Location, path: &str) -> Vec<Finding> {
    let everywhere =
        catalogue.closures.iter().map(|(name, c)| (format!("catalogue.closures.{name}"), c));
    let here = location.closures.iter().map(|(name, c)| (format!("{path}.closures.{name}"), c));
    let closures: Vec<_> = everywhere.chain(here).collect();
    let mut found = Vec::new();
    for (name, exception) in &location.exceptions {
        for date in &exception.dates {
            if let Some((closure, _)) = closures.iter().find(|(_, closure)| closure.covers(*date)) {
                let problem = format!("{date} is closed by `{closure}`, which wins");
                let remedy = "remove the date here, or change the closure";
                found.push(Finding::new(format!("{path}.exceptions.{name}"), problem, remedy));
            }
        }
    }
    found
}
