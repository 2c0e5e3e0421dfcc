//! What a schema cannot say: a catalogue that works and is probably not meant so.
//!
//! To add a check, write a function from the catalogue to its findings in the file where it
//! belongs and name it in [`check`]. Contradictions, with which a catalogue cannot work at all,
//! belong to `validate/`.
//!
//! A service does not ask for findings and starts with them; `fairtermin check` fails on them,
//! so that a pipeline can demand a catalogue without any. So a check must be right nearly
//! always: an admin who cannot get rid of a finding stops reading them.

mod abroad;
mod beyond;
mod closures;
mod contact;
mod dates;
mod declined_seats;
mod draw_days;
mod offer;
mod opening;
mod public;
mod release;
mod services;
mod soon;
mod state;
mod texts;
mod twins;
mod windows;
mod without_effect;

use booking::rules::Finding;
use jiff::civil::Date;
pub(crate) use windows::windows as booking_windows;

use crate::Catalogue;

/// Everything about `catalogue` that is allowed and probably not meant.
///
/// Texts first, then services, then each location, in the order of their ids.
#[must_use]
pub fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = texts::check(catalogue);
    found.extend(contact::check(catalogue));
    found.extend(offer::check(catalogue));
    found.extend(services::check(catalogue));
    found.extend(windows::check(catalogue));
    found.extend(beyond::check(catalogue));
    found.extend(draw_days::check(catalogue));
    found.extend(declined_seats::check(catalogue));
    found.extend(without_effect::check(catalogue));
    found.extend(release::check(catalogue));
    found.extend(public::check(catalogue));
    found.extend(twins::check(catalogue));
    for (id, location) in catalogue.locations() {
        let path = format!("catalogue.locations.{id}");
        found.extend(opening::check(location, &path));
        found.extend(closures::check(catalogue, location, &path));
    }
    found
}

/// What a day makes odd: findings, and notes that ask for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dated {
    /// Probably not meant, as those of [`check()`].
    pub findings: Vec<Finding>,
    /// What an admin may want to know: what is over, and what opens on a holiday.
    pub notes: Vec<Finding>,
}

/// Everything about `catalogue` that is odd on the local day `today`: rules, exceptions and
/// closures that are over, or lie on days that decide otherwise.
#[must_use]
pub fn check_on(catalogue: &Catalogue, today: Date) -> Dated {
    let mut dated = Dated::default();
    dates::check(catalogue, today, &mut dated);
    soon::check(catalogue, today, &mut dated);
    public::note(catalogue, &mut dated);
    state::note(catalogue, &mut dated);
    abroad::note(catalogue, &mut dated);
    offer::note(catalogue, &mut dated);
    dated
}
