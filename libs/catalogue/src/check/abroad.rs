//! Locations that the map shows in another country.
//!
//! An office may be abroad, such as a consulate, so this is a note.

use std::ops::RangeInclusive;

use booking::rules::Finding;

use super::Dated;
use crate::Catalogue;

/// Latitudes of Germany, with some room.
const LATITUDES: RangeInclusive<f64> = 47.2..=55.1;
/// Longitudes of Germany, with some room.
const LONGITUDES: RangeInclusive<f64> = 5.8..=15.1;

/// Tells of positions outside of Germany, above all of latitude and longitude exchanged.
pub(super) fn note(catalogue: &Catalogue, dated: &mut Dated) {
    for (id, place) in catalogue.locations() {
        let Some(position) = place.position else { continue };
        let (lat, lon) = (position.lat(), position.lon());
        if LATITUDES.contains(&lat) && LONGITUDES.contains(&lon) {
            continue;
        }
        let problem = format!("latitude {lat} and longitude {lon} are not in Germany");
        let remedy = if LATITUDES.contains(&lon) && LONGITUDES.contains(&lat) {
            format!("exchange the two: {{lat: {lon}, lon: {lat}}}")
        } else {
            "look it up on the map, for example {lat: 52.5219, lon: 13.4132} in Berlin".to_owned()
        };
        let path = format!("catalogue.locations.{id}.position");
        dated.notes.push(Finding::new(path, problem, remedy));
    }
}
