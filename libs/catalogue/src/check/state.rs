//! Whether the public holidays can be those of where the locations are.
//!
//! A state is not computed from a postal code: codes cross borders. So this is a note, and only where the usual
//! state cannot be meant for any location.

use booking::rules::Finding;

use super::Dated;
use crate::{Catalogue, Holidays, Location};

/// Tells that they are Berlin's where no location is in Berlin, and another state's where all are.
pub(super) fn note(catalogue: &Catalogue, dated: &mut Dated) {
    // `Bernau bei Berlin` is in Brandenburg.
    let is_in_berlin = |place: &Location| {
        let city = place.address.city.to_lowercase();
        city.contains("berlin") && !city.contains("bei berlin")
    };
    let places = || catalogue.locations().map(|(_, place)| place);
    if let Some(state) = catalogue.holidays.state()
        && catalogue.holidays != Holidays::default()
        && places().next().is_some()
        && places().all(is_in_berlin)
    {
        let problem = format!("are those of `{}`, and all locations are in Berlin", state.code());
        let remedy = "take it out, or write `DE-BE`";
        dated.notes.push(Finding::new("catalogue.holidays", problem, remedy));
    }
    if catalogue.holidays != Holidays::default()
        || places().next().is_none()
        || places().any(is_in_berlin)
    {
        return;
    }
    let problem = "are those of Berlin (`DE-BE`), and no location is there";
    let remedy = "name the state by its code, for example `DE-BB` for Brandenburg";
    dated.notes.push(Finding::new("catalogue.holidays", problem, remedy));
}
