//! Instants as the API shows them.

use std::sync::LazyLock;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

static BERLIN: LazyLock<TimeZone> = LazyLock::new(ambient::berlin);

/// An instant, written as RFC 3339 with Berlin's offset, for example `2027-01-04T09:00:00+01:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2027-01-04T09:00:00+01:00")]
pub(super) struct LocalTime(pub(super) Timestamp);

/// An instant as the clock on the wall shows it, for a sentence: `2027-01-04 09:00`.
pub(super) fn on_the_clock(instant: Timestamp) -> String {
    BERLIN.to_datetime(instant).strftime("%Y-%m-%d %H:%M").to_string()
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let offset = BERLIN.to_offset(self.0);
        serializer.collect_str(&self.0.display_with_offset(offset))
    }
}
