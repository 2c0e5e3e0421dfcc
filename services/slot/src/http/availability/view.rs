//! What is free, as the API shows it.

use ids::LocationId;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    availability::{FreeDay, FreeDays, FreeLocation, FreeSlot},
    http::local_time::LocalTime,
};

/// On which days something is free.
#[derive(Serialize, ToSchema)]
#[schema(as = FreeDays)]
pub(super) struct DaysView {
    /// Days with something free, earliest first.
    days: Vec<DayView>,
    /// Days on which none of the locations opens, earliest first.
    #[schema(value_type = Vec<String>, example = json!(["2027-01-10"]))]
    closed: Vec<Date>,
}

/// A day with something free.
#[derive(Serialize, ToSchema)]
#[schema(as = FreeDay)]
struct DayView {
    /// The local day.
    #[schema(value_type = String, format = Date, example = "2027-01-05")]
    date: Date,
    /// Free places, summed over the starts of the day: visits that overlap count each.
    free: u32,
    /// Starts with a free place, summed over the locations: what a person can choose from.
    starts: u32,
    /// The same for each location that has any.
    locations: Vec<LocationView>,
}

/// A location with something free.
#[derive(Serialize, ToSchema)]
#[schema(as = FreeLocation)]
struct LocationView {
    /// Which.
    location: LocationId,
    /// Free places, summed over the starts of the day.
    free: u32,
    /// Starts with a free place.
    starts: u32,
}

/// What is free on a day.
#[derive(Serialize, ToSchema)]
#[schema(as = FreeSlots)]
pub(super) struct SlotsView {
    /// By start, then by location.
    slots: Vec<SlotView>,
}

/// What is free first.
#[derive(Serialize, ToSchema)]
#[schema(as = EarliestSlot)]
pub(super) struct EarliestView {
    /// `None` if nothing is free as far as one can see.
    #[schema(required)]
    slot: Option<SlotView>,
}

/// A start at which something is free.
#[derive(Serialize, ToSchema)]
#[schema(as = FreeSlot)]
struct SlotView {
    /// Where.
    location: LocationId,
    /// When the visit begins, RFC 3339 with Berlin's offset.
    #[schema(value_type = String, format = DateTime, example = "2027-01-05T09:00:00+01:00")]
    start: LocalTime,
    /// When it ends.
    #[schema(value_type = String, format = DateTime, example = "2027-01-05T09:20:00+01:00")]
    end: LocalTime,
    /// How many places are free.
    free: u32,
}

impl From<FreeDays> for DaysView {
    fn from(FreeDays { days, closed }: FreeDays) -> Self {
        Self { days: days.into_iter().map(DayView::from).collect(), closed }
    }
}

impl From<FreeDay> for DayView {
    fn from(day: FreeDay) -> Self {
        let free = day.locations.iter().map(|at| at.free).sum();
        let starts = day.locations.iter().map(|at| at.starts).sum();
        let locations = day.locations.into_iter().map(LocationView::from).collect();
        Self { date: day.date, free, starts, locations }
    }
}

impl From<FreeLocation> for LocationView {
    fn from(FreeLocation { location, free, starts }: FreeLocation) -> Self {
        Self { location, free, starts }
    }
}

impl From<Vec<FreeSlot>> for SlotsView {
    fn from(slots: Vec<FreeSlot>) -> Self {
        Self { slots: slots.into_iter().map(SlotView::from).collect() }
    }
}

impl From<Option<FreeSlot>> for EarliestView {
    fn from(slot: Option<FreeSlot>) -> Self {
        Self { slot: slot.map(SlotView::from) }
    }
}

impl From<FreeSlot> for SlotView {
    fn from(FreeSlot { location, start, end, free }: FreeSlot) -> Self {
        Self { location, start: LocalTime(start), end: LocalTime(end), free }
    }
}
