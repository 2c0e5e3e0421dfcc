//! `GET /v1/statistics`

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse};
use ids::{LocationId, ServiceId};
use jiff::civil::Date;
use problem::Problem;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::{csv, format::Format};
use crate::{
    app::{
        AppError,
        read_statistics::{Period, PeriodError, read_statistics},
    },
    cached_body::CachedBody,
    http::{Slots, body::invalid, query::Query},
    statistics::{LocationDay, MIN_CELL_COUNT, ServiceDay},
};

/// How the office works, day by day.
#[derive(Serialize, ToSchema)]
#[schema(as = Statistics)]
struct StatisticsView {
    /// The smallest count above zero that is published; smaller ones are `null`.
    #[schema(example = 5)]
    least_count: u32,
    /// By date, then by location; closed days are left out.
    #[schema(value_type = Vec<DayView>)]
    days: Days,
}

/// Days that are viewed one by one while they are written: an answer has some thousands of lines.
struct Days(Vec<LocationDay>);

impl Days {
    fn views(&self) -> impl Iterator<Item = DayView> {
        self.0.iter().map(DayView::from)
    }
}

impl Serialize for Days {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.views())
    }
}

/// One day at one location.
#[derive(Serialize, ToSchema)]
#[schema(as = StatisticsOfDay)]
pub(super) struct DayView {
    /// The local day.
    #[schema(value_type = String, format = Date, example = "2026-12-07")]
    pub(super) date: Date,
    pub(super) location: LocationId,
    /// Whether the day was over when it was counted. The counts of the current day rise in steps of
    /// `least_count`, and its shares and percentiles of waiting are `null`.
    pub(super) is_over: bool,
    /// Share of the desks' open time that stayed free, from 0 to 1; `null` if a service's
    /// `booked` is suppressed.
    #[schema(required)]
    pub(super) free_share: Option<f64>,
    /// Persons whose limits staff lifted.
    #[schema(required)]
    pub(super) limits_lifted: Option<u32>,
    pub(super) services: Vec<ServiceView>,
}

/// One service on one day at one location. `null` stands for a count from 1 to 4, for one that
/// would give such a count away, and for a share or a percentile of too little.
#[derive(Serialize, ToSchema)]
#[schema(as = StatisticsOfService)]
pub(super) struct ServiceView {
    pub(super) service: ServiceId,
    /// How many visits for this service fitted into the day, on all desks that do it and by the
    /// opening rules at the time of the count. Services that share desks share these places.
    pub(super) offered: u32,
    /// Appointments that were not given up. A visit for several services counts for each.
    #[schema(required)]
    pub(super) booked: Option<u32>,
    /// Of these: by the person's own log-in, or a program that they let act. The five parts are `null`
    /// together.
    #[schema(required)]
    pub(super) booked_online: Option<u32>,
    /// Of these: by staff, for a person with their own online ID at the desk.
    #[schema(required)]
    pub(super) booked_with_card: Option<u32>,
    /// Of these: by staff, for a person whose document one member of staff saw.
    #[schema(required)]
    pub(super) booked_vouched: Option<u32>,
    /// Of these: by staff, for a person whose document two members of staff saw.
    #[schema(required)]
    pub(super) booked_vouched_by_two: Option<u32>,
    /// Of these: by staff, by phone.
    #[schema(required)]
    pub(super) booked_by_phone: Option<u32>,
    /// Of these: done.
    #[schema(required)]
    pub(super) served: Option<u32>,
    /// Of these: missed.
    #[schema(required)]
    pub(super) missed: Option<u32>,
    /// Appointments that were cancelled, by whomever, or exchanged for another.
    #[schema(required)]
    pub(super) cancelled: Option<u32>,
    /// Of these: the seat was booked again.
    #[schema(required)]
    pub(super) booked_again: Option<u32>,
    /// People without an appointment who were served.
    #[schema(required)]
    pub(super) walk_ins_served: Option<u32>,
    /// Numbers that staff called before earlier ones.
    #[schema(required)]
    pub(super) queue_jumps: Option<u32>,
    /// Half of the booked visits waited so many full days or fewer from booking to appointment.
    #[schema(required)]
    pub(super) waiting_days_median: Option<u32>,
    /// Nine of ten booked visits waited so many full days or fewer.
    #[schema(required)]
    pub(super) waiting_days_p90: Option<u32>,
    /// `booked` / `offered`.
    #[schema(required)]
    pub(super) utilisation: Option<f64>,
    /// `missed` / `booked`.
    #[schema(required)]
    pub(super) missed_share: Option<f64>,
    /// `booked_again` / `cancelled`.
    #[schema(required)]
    pub(super) booked_again_share: Option<f64>,
}

impl From<&ServiceDay> for ServiceView {
    fn from(day: &ServiceDay) -> Self {
        Self {
            service: day.service.clone(),
            offered: day.offered,
            booked: day.booked,
            booked_online: day.bound.online,
            booked_with_card: day.bound.with_card,
            booked_vouched: day.bound.vouched,
            booked_vouched_by_two: day.bound.vouched_by_two,
            booked_by_phone: day.bound.by_phone,
            served: day.served,
            missed: day.missed,
            cancelled: day.cancelled,
            booked_again: day.booked_again,
            walk_ins_served: day.walk_ins_served,
            queue_jumps: day.queue_jumps,
            waiting_days_median: day.waited_median,
            waiting_days_p90: day.waited_p90,
            utilisation: day.utilisation(),
            missed_share: day.missed_share(),
            booked_again_share: day.booked_again_share(),
        }
    }
}

impl From<&LocationDay> for DayView {
    fn from(day: &LocationDay) -> Self {
        Self {
            date: day.date,
            location: day.location.clone(),
            is_over: day.is_over,
            free_share: day.free_share,
            limits_lifted: day.limits_lifted,
            services: day.services.iter().map(ServiceView::from).collect(),
        }
    }
}

/// Statistics by day
///
/// By day, location and service: what was offered, booked, kept, missed and given up, how long
/// people waited, and how even-handedly it went. A day is counted soon after midnight (Europe/Berlin) and
/// once on each of the seven days that follow, since the desk may correct it; then it stays. At most 31 days at
/// once, or more at few locations (days times locations up to 1,300), up to three years back; the
/// current day, at most 15 minutes old, in steps of 5.
///
/// No person can be recognised: counts from 1 to 4, and those from which they would follow, are `null` in JSON and
/// empty in tables. For the same reason there are no sums over services, places or days: `/v1/statistics/months`
/// has those that identify nobody. The figures are the authority's open data.
///
/// `text/csv` is written as Excel in German opens it by a double click: UTF-8 with a byte order mark,
/// semicolons, decimal commas, lines that end with CR LF, a line of names. `format=rfc4180` is for programs:
/// commas, decimal points, no byte order mark.
#[utoipa::path(
    get, path = "/v1/statistics", tag = "Statistics", operation_id = "readStatistics",
    params(
        ("from" = String, Query, format = Date, description = "First local day, at most 1096 days ago.", example = "2026-12-07"),
        ("to" = String, Query, format = Date, description = "Last local day, today at the latest.", example = "2026-12-18"),
        ("location" = Option<Vec<LocationId>>, Query, description = "Only these; all if left out."),
        ("format" = inline(Option<Format>), Query, description = "`json`, `csv` or `rfc4180`, whatever `Accept` says."),
        ("Accept" = Option<String>, Header, description = "`application/json` or `text/csv`."),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "By date, then by location.", content((StatisticsView = "application/json"), (String = "text/csv"))),
        (status = 304, description = "Nothing changed."),
    ),
    extensions(("x-problems" = json!(["unknown-location", "not-acceptable", "unavailable"]))),
)]
pub(super) async fn read(
    slots: Slots,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let query = query.only(&["from", "to", "location", "format"])?;
    let format = Format::of(&request, &query)?;
    let locations: BTreeSet<LocationId> = query.set("location")?;
    let catalogue = slots.catalogue();
    if let Some(unknown) = locations.iter().find(|id| catalogue.location(id).is_none()) {
        return Err(AppError::UnknownLocation(unknown.clone()).into());
    }
    let asked = if locations.is_empty() { catalogue.locations().count() } else { locations.len() };
    let (from, to) = (query.day("from")?, query.day("to")?);
    let period = Period::new(from, to, slots.local_date(slots.now()), asked).map_err(refused)?;
    let days = read_statistics(&slots, period, &locations).await?;
    let view = StatisticsView { least_count: MIN_CELL_COUNT, days: Days(days) };
    let name = format!("statistics_{from}_{to}");
    let json = || CachedBody::json(&view);
    Ok(format.send(&request, &name, json, |dialect| csv::days(view.days.views(), dialect)))
}

fn refused(error: PeriodError) -> Problem {
    let field = match error {
        PeriodError::Reversed | PeriodError::NotBegun | PeriodError::TooLong => "to",
        PeriodError::TooOld => "from",
    };
    invalid(field, &error.to_string())
}
