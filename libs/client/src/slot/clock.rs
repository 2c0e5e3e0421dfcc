//! Times of day as the API writes them: `08:30`, or none.

use jiff::civil::Time;
use serde::{Deserialize, Deserializer, Serializer, de};

/// Hours and minutes, as the API writes a time of day.
pub(super) fn serialize<S: Serializer>(
    time: &Option<Time>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serializer.collect_str(&time.strftime("%H:%M")),
        None => serializer.serialize_none(),
    }
}

/// The same, read.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Time>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    let text = text.as_deref();
    text.map(|text| Time::strptime("%H:%M", text).map_err(de::Error::custom)).transpose()
}
