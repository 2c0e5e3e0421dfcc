//! How far a place is from a person's postcode.
//!
//! The table is part of the program: no map service learns where a person lives. Distances are as the
//! crow flies, from the middle of the postcode, so they are shown rounded.

mod postcodes;

use client::{Location, Position};

pub(crate) use postcodes::centre_of;

/// The middle radius of the Earth (IUGG), in kilometres.
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// The distance of two points in kilometres, along a great circle (haversine formula).
pub(crate) fn kilometres(one: Position, other: Position) -> f64 {
    let (lat_one, lat_other) = (one.lat.to_radians(), other.lat.to_radians());
    let half_lat = ((lat_other - lat_one) / 2.0).sin();
    let half_lon = ((other.lon - one.lon).to_radians() / 2.0).sin();
    let square = half_lat * half_lat + lat_one.cos() * lat_other.cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS_KM * square.sqrt().min(1.0).asin()
}

/// Where a location is: as the authority says, else the middle of its postcode.
pub(crate) fn position_of(location: &Location) -> Option<Position> {
    location.position.or_else(|| centre_of(&location.address.postal_code))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALEXANDERPLATZ: Position = Position { lat: 52.5219, lon: 13.4132 };

    #[test]
    fn distances_are_those_of_a_map() {
        let spandau = Position { lat: 52.5352, lon: 13.2003 };
        assert!((kilometres(ALEXANDERPLATZ, spandau) - 14.47).abs() < 0.1);
        assert!(kilometres(ALEXANDERPLATZ, ALEXANDERPLATZ) < 0.001);
        let antipode = Position { lat: -52.5219, lon: -166.5868 };
        assert!((kilometres(ALEXANDERPLATZ, antipode) - 20_015.1).abs() < 1.0);
    }

    #[test]
    fn a_location_without_a_position_is_in_the_middle_of_its_postcode() {
        let mut location: Location = serde_json::from_value(serde_json::json!({
            "id": "mitte", "name": { "de": "Mitte" },
            "address": { "street": "Karl-Marx-Allee 31", "postal_code": "10178", "city": "Berlin" },
        }))
        .unwrap();
        let middle = position_of(&location).unwrap();
        assert!(kilometres(middle, ALEXANDERPLATZ) < 1.0);
        location.position = Some(ALEXANDERPLATZ);
        assert_eq!(position_of(&location), Some(ALEXANDERPLATZ));
        location.position = None;
        location.address.postal_code = "80331".to_owned();
        assert_eq!(position_of(&location), None);
    }
}
