//! `GET /v1/statistics`: public, about days that are over.

mod csv;

use std::{collections::BTreeSet, str::FromStr};

use actix_web::{HttpRequest, HttpResponse, web};
use ids::{LocationId, ServiceId};
use jiff::civil::Date;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    OpenData, Slots,
    body::invalid,
    conditional::{ResponseOptions, send},
    media_type::preferred,
    query::Query,
    resource,
};
use crate::{
    app::{
        AppError,
        read_statistics::{Period, PeriodError, read_statistics},
    },
    cached_body::CachedBody,
    statistics::{LocationDay, MIN_CELL_COUNT, ServiceDay},
};

const JSON: &str = "application/json";
const CSV: &str = "text/csv";

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(resource("/statistics", "GET").app_data(OpenData).route(web::get().to(read)));
}

/// How the office works, day by day.
#[derive(Serialize, ToSchema)]
#[schema(as = Statistics)]
struct StatisticsView {
    /// The smallest count above zero that is published; smaller ones are `null`.
    #[schema(example = 5)]
    least_count: u32,
    /// By date, then by location; closed days are left out.
    days: Vec<DayView>,
}

/// One day at one location.
#[derive(Serialize, ToSchema)]
#[schema(as = StatisticsOfDay)]
struct DayView {
    /// The local day.
    #[schema(value_type = String, format = Date, example = "2027-01-04")]
    date: Date,
    location: LocationId,
    /// Share of the desks' open time that stayed free, from 0 to 1; `null` if a service's
    /// `booked` is suppressed.
    #[schema(required)]
    free_share: Option<f64>,
    /// Persons whose limits staff lifted.
    #[schema(required)]
    limits_lifted: Option<u32>,
    services: Vec<ServiceView>,
}

/// One service on one day at one location. `null` stands for a count from 1 to 4, for one that
/// would give such a count away, and for a share or a percentile of too little.
#[derive(Serialize, ToSchema)]
#[schema(as = StatisticsOfService)]
struct ServiceView {
    service: ServiceId,
    /// How many visits for this service fitted into the day, on all desks that do it and by the
    /// opening rules of now. Services that share desks share these places.
    offered: u32,
    /// Appointments that were not given up. A visit for several services counts for each.
    #[schema(required)]
    booked: Option<u32>,
    /// Of these: by the person's own log-in, or a program that they let act. The five parts are `null`
    /// together.
    #[schema(required)]
    booked_online: Option<u32>,
    /// Of these: by staff, for a person with their own online ID at the desk.
    #[schema(required)]
    booked_with_card: Option<u32>,
    /// Of these: by staff, for a person whose document one member of staff saw.
    #[schema(required)]
    booked_vouched: Option<u32>,
    /// Of these: by staff, for a person whose document two members of staff saw.
    #[schema(required)]
    booked_vouched_by_two: Option<u32>,
    /// Of these: by staff, by phone.
    #[schema(required)]
    booked_by_phone: Option<u32>,
    /// Of these: done.
    #[schema(required)]
    served: Option<u32>,
    /// Of these: missed.
    #[schema(required)]
    missed: Option<u32>,
    /// Appointments that were cancelled, by whomever, or exchanged for another.
    #[schema(required)]
    cancelled: Option<u32>,
    /// Of these: the seat was booked again.
    #[schema(required)]
    booked_again: Option<u32>,
    /// People without an appointment who were served.
    #[schema(required)]
    walk_ins_served: Option<u32>,
    /// Numbers that staff called before earlier ones.
    #[schema(required)]
    queue_jumps: Option<u32>,
    /// Half of the booked visits waited so many full days or fewer from booking to appointment.
    #[schema(required)]
    waiting_days_median: Option<u32>,
    /// Nine of ten booked visits waited so many full days or fewer.
    #[schema(required)]
    waiting_days_p90: Option<u32>,
    /// `booked` / `offered`.
    #[schema(required)]
    utilisation: Option<f64>,
    /// `missed` / `booked`.
    #[schema(required)]
    missed_share: Option<f64>,
    /// `booked_again` / `cancelled`.
    #[schema(required)]
    booked_again_share: Option<f64>,
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
            free_share: day.free_share,
            limits_lifted: day.limits_lifted,
            services: day.services.iter().map(ServiceView::from).collect(),
        }
    }
}

/// The query's names of media types, for clients that cannot set a header.
struct Format(&'static str);

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "json" => Ok(Self(JSON)),
            "csv" => Ok(Self(CSV)),
            _ => Err("is `json` or `csv`"),
        }
    }
}

/// Statistics as open data
///
/// By day, location and service: what was offered, booked, kept, missed and given up, how long
/// people waited, and how even-handedly it went. Days that are over, at most 31 at once, up to 92
/// days back; the desk may correct yesterday, so recent days can change. No person can be
/// recognised: counts from 1 to 4, and those from which they would follow, are `null` in JSON and
/// empty in CSV (RFC 4180, with a header line). There are no sums over services, places or days, for
/// the same reason. The figures are the authority's open data.
#[utoipa::path(
    get, path = "/v1/statistics", tag = "Statistics", operation_id = "readStatistics",
    params(
        ("from" = String, Query, format = Date, description = "First local day, at most 92 days ago.", example = "2027-01-04"),
        ("to" = String, Query, format = Date, description = "Last local day, yesterday at the latest.", example = "2027-01-15"),
        ("location" = Option<Vec<LocationId>>, Query, description = "Only these; all if left out."),
        ("format" = Option<String>, Query, description = "`json` or `csv`, whatever `Accept` says."),
        ("Accept" = Option<String>, Header, description = "`application/json` or `text/csv`."),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "By date, then by location.", content((StatisticsView = "application/json"), (String = "text/csv"))),
        (status = 304, description = "Nothing changed."),
    ),
    extensions(("x-problems" = json!(["unknown-location", "not-acceptable", "unavailable"]))),
)]
async fn read(slots: Slots, request: HttpRequest, query: Query) -> Result<HttpResponse, Problem> {
    let query = query.only(&["from", "to", "location", "format"])?;
    let media_type = match query.optional("format")? {
        Some(Format(media_type)) => media_type,
        None => preferred(&request, &[JSON, CSV])?,
    };
    let locations: BTreeSet<LocationId> = query.set("location")?;
    let catalogue = slots.catalogue();
    if let Some(unknown) = locations.iter().find(|id| catalogue.location(id).is_none()) {
        return Err(AppError::UnknownLocation(unknown.clone()).into());
    }
    let today = slots.local_date(slots.now());
    let period = Period::new(query.day("from")?, query.day("to")?, today).map_err(refused)?;
    let days = read_statistics(&slots, period).await?;
    let days = days.iter().flat_map(|day| day.iter());
    let days = days.filter(|day| locations.is_empty() || locations.contains(&day.location));
    let answer = match media_type {
        CSV => CachedBody::new(csv::table(days.map(DayView::from))),
        _ => CachedBody::json(&StatisticsView {
            least_count: MIN_CELL_COUNT,
            days: days.map(DayView::from).collect(),
        }),
    };
    let options = ResponseOptions {
        media_type,
        cache_control: "public, max-age=300",
        vary: Some("Accept, Accept-Encoding"),
        compressible: true,
    };
    Ok(send(&request, answer, &options))
}

fn refused(error: PeriodError) -> Problem {
    let field = match error {
        PeriodError::Reversed | PeriodError::NotOver | PeriodError::TooLong => "to",
        PeriodError::TooOld => "from",
    };
    invalid(field, &error.to_string())
}
