//! Where a location is on the map.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many of the kept units a degree has. A hundred-thousandth is about a metre.
const UNITS_PER_DEGREE: f64 = 100_000.0;

/// A point on the map, to about a metre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct Position {
    /// In hundred-thousandths of a degree, so that positions can be compared.
    lat: i32,
    lon: i32,
}

/// A point on the map.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Position")]
struct Degrees {
    /// Latitude in degrees (WGS 84).
    #[schemars(range(min = -90, max = 90), example = 52.5219)]
    lat: f64,
    /// Longitude in degrees (WGS 84).
    #[schemars(range(min = -180, max = 180), example = 13.4132)]
    lon: f64,
}

impl Position {
    /// Latitude in degrees (WGS 84), north positive.
    #[must_use]
    pub fn lat(self) -> f64 {
        f64::from(self.lat) / UNITS_PER_DEGREE
    }

    /// Longitude in degrees (WGS 84), east positive.
    #[must_use]
    pub fn lon(self) -> f64 {
        f64::from(self.lon) / UNITS_PER_DEGREE
    }
}

/// A point is not on the map. The text is for the admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no point on the map; write latitude (-90 to 90) and longitude (-180 to 180) in degrees"
)]
pub struct InvalidPosition;

impl TryFrom<Degrees> for Position {
    type Error = InvalidPosition;
    fn try_from(Degrees { lat, lon }: Degrees) -> Result<Self, InvalidPosition> {
        if (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon) {
            // Within 18 million: no loss.
            let units = |degrees: f64| (degrees * UNITS_PER_DEGREE).round() as i32;
            Ok(Self { lat: units(lat), lon: units(lon) })
        } else {
            Err(InvalidPosition)
        }
    }
}

impl From<Position> for Degrees {
    fn from(position: Position) -> Self {
        Self { lat: position.lat(), lon: position.lon() }
    }
}

impl JsonSchema for Position {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Degrees::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Degrees::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_kept_to_a_metre_and_nonsense_is_refused() {
        let position: Position =
            serde_json::from_str(r#"{"lat": 52.5219, "lon": 13.4132}"#).unwrap();
        assert_eq!((position.lat(), position.lon()), (52.5219, 13.4132));
        for wrong in [r#"{"lat": 91, "lon": 13}"#, r#"{"lat": 52}"#, r#"{"lat": 52, "lon": 181}"#] {
            assert!(serde_json::from_str::<Position>(wrong).is_err(), "{wrong}");
        }
    }
}
