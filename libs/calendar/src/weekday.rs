//! Weekdays and the hours of a week.
//!
//! Fields and not a map, so that a misspelt weekday is refused by its name and the schema lists
//! all seven.

use jiff::civil;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Hours;

/// Opening hours by weekday (ZMS: `weekday` flags with `startTime` and `endTime`). A weekday that
/// is left out is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct WeekHours {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tuesday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wednesday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thursday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub friday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saturday: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sunday: Option<Hours>,
}

impl WeekHours {
    /// The hours of one weekday.
    ///
    /// `None` if it is closed then.
    #[must_use]
    pub const fn on(&self, weekday: civil::Weekday) -> Option<&Hours> {
        match weekday {
            civil::Weekday::Monday => self.monday.as_ref(),
            civil::Weekday::Tuesday => self.tuesday.as_ref(),
            civil::Weekday::Wednesday => self.wednesday.as_ref(),
            civil::Weekday::Thursday => self.thursday.as_ref(),
            civil::Weekday::Friday => self.friday.as_ref(),
            civil::Weekday::Saturday => self.saturday.as_ref(),
            civil::Weekday::Sunday => self.sunday.as_ref(),
        }
    }

    /// The weekdays that are open, with their hours.
    ///
    /// From Monday to Sunday, as in Germany.
    pub fn iter(&self) -> impl Iterator<Item = (civil::Weekday, &Hours)> {
        civil::Weekday::Monday
            .cycle_forward()
            .take(7)
            .filter_map(|weekday| Some((weekday, self.on(weekday)?)))
    }
}
