//! Wishes, as callers state them and get them back.

use ids::LocationId;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::WantedSeats,
    http::{
        one_to::OneTo,
        values::{Day, TimeOfDay, or_default},
    },
};

/// A set of seats that are equally welcome. What is left out excludes nothing: `{}` is any seat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Wish)]
pub(in crate::http) struct WishedFor {
    /// At one of these locations of the draw.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(max_items = 200)]
    locations: Vec<LocationId>,
    /// On this day or later.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-18")]
    from: Option<Day>,
    /// On this day or earlier.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date, example = "2027-01-22")]
    until: Option<Day>,
    /// On these days of the week.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(max_items = 7)]
    weekdays: Vec<Weekday>,
    /// Not on these days.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(max_items = 200)]
    except: Vec<Day>,
    /// The visit starts at this time of day or later.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "09:00")]
    after: Option<TimeOfDay>,
    /// The visit ends at this time of day or earlier.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "12:00")]
    before: Option<TimeOfDay>,
}

/// A day of the week: 1 is Monday, 7 is Sunday.
#[derive(Deserialize, ToSchema)]
#[schema(value_type = u8, minimum = 1, maximum = 7)]
struct Weekday(OneTo<7>);

impl From<WishedFor> for WantedSeats {
    fn from(wish: WishedFor) -> Self {
        Self {
            locations: wish.locations,
            from: wish.from.map(|day| day.0),
            until: wish.until.map(|day| day.0),
            weekdays: wish
                .weekdays
                .into_iter()
                .filter_map(|Weekday(day)| u8::try_from(day.get()).ok())
                .collect(),
            except: wish.except.into_iter().map(|day| day.0).collect(),
            after: wish.after.map(|time| time.0),
            before: wish.before.map(|time| time.0),
        }
    }
}

/// A set of seats that are equally welcome.
#[derive(Serialize, ToSchema)]
#[schema(as = StatedWish)]
pub(in crate::http) struct WishView {
    locations: Vec<LocationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<String>,
    weekdays: Vec<u8>,
    except: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "09:00")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "12:00")]
    before: Option<String>,
}

impl From<&WantedSeats> for WishView {
    fn from(wish: &WantedSeats) -> Self {
        let clock = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
        Self {
            locations: wish.locations.clone(),
            from: wish.from.map(|date| date.to_string()),
            until: wish.until.map(|date| date.to_string()),
            weekdays: wish.weekdays.clone(),
            except: wish.except.iter().map(ToString::to_string).collect(),
            after: wish.after.map(clock),
            before: wish.before.map(clock),
        }
    }
}
