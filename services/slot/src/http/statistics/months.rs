//! `GET /v1/statistics/months`

use std::str::FromStr;

use actix_web::{HttpRequest, HttpResponse};
use ids::{LocationId, ServiceId};
use jiff::civil::Date;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::{csv, format::Format};
use crate::{
    app::read_months::{Months, MonthsError, read_months},
    cached_body::CachedBody,
    http::{Slots, body::invalid, month::Month, query::Query},
    statistics::{LocationBlock, MIN_CELL_COUNT, MonthTotal},
};

/// How the office works, month by month.
#[derive(Serialize, ToSchema)]
#[schema(as = MonthlyStatistics)]
struct MonthsView {
    /// The smallest count above zero that is published; smaller ones are `null`.
    #[schema(example = 5)]
    least_count: u32,
    /// By month, then by location or service.
    months: Vec<MonthView>,
}

/// One month, of all or of one location or service. `null` stands for a count from 1 to 4, for a part of
/// which it would be the rest, and for a share or an average of too little.
#[derive(Serialize, ToSchema)]
#[schema(as = StatisticsOfMonth)]
pub(super) struct MonthView {
    #[schema(example = "2026-11")]
    pub(super) month: String,
    /// Left out unless the sums are by location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location: Option<LocationId>,
    /// Left out unless the sums are by service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service: Option<ServiceId>,
    /// Appointments that were not given up. A visit for several services counts for each.
    #[schema(required)]
    pub(super) booked: Option<u32>,
    /// Of these: missed.
    #[schema(required)]
    pub(super) missed: Option<u32>,
    /// `missed` / `booked`.
    #[schema(required)]
    pub(super) missed_share: Option<f64>,
    /// Of these: by staff, by phone.
    #[schema(required)]
    pub(super) booked_by_phone: Option<u32>,
    /// Appointments that were cancelled, by whomever, or exchanged for another.
    #[schema(required)]
    pub(super) cancelled: Option<u32>,
    /// People without an appointment who were served.
    #[schema(required)]
    pub(super) walk_ins_served: Option<u32>,
    /// Share of the appointments that began no more than 14 full days after they were booked, of those on
    /// days with at least 5 for the service at the location.
    #[schema(required)]
    pub(super) within_14_days_share: Option<f64>,
    /// Full days from booking to appointment, on average, of the same appointments.
    #[schema(required)]
    pub(super) waiting_days_mean: Option<f64>,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
enum By {
    Total,
    Location,
    Service,
}

impl FromStr for By {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "total" => Ok(Self::Total),
            "location" => Ok(Self::Location),
            "service" => Ok(Self::Service),
            _ => Err("is `total`, `location` or `service`"),
        }
    }
}

impl By {
    fn lines(self, month: Date, blocks: &[LocationBlock]) -> Vec<MonthView> {
        match self {
            Self::Total => {
                let lines = MonthTotal::by(blocks, |_, _| ()).into_values();
                lines.map(|total| view(month, None, None, &total)).collect()
            }
            Self::Location => {
                let lines = MonthTotal::by(blocks, |location, _| location).into_iter();
                lines.map(|(id, total)| view(month, Some(id.clone()), None, &total)).collect()
            }
            Self::Service => {
                let lines = MonthTotal::by(blocks, |_, service| service).into_iter();
                lines.map(|(id, total)| view(month, None, Some(id.clone()), &total)).collect()
            }
        }
    }
}

fn view(
    month: Date,
    location: Option<LocationId>,
    service: Option<ServiceId>,
    total: &MonthTotal,
) -> MonthView {
    MonthView {
        month: month.strftime("%Y-%m").to_string(),
        location,
        service,
        booked: total.booked(),
        missed: total.missed(),
        missed_share: total.missed_share(),
        booked_by_phone: total.by_phone(),
        cancelled: total.cancelled(),
        walk_ins_served: total.walk_ins_served(),
        within_14_days_share: total.within_14_days_share(),
        waiting_days_mean: total.waiting_days_mean(),
    }
}

/// Statistics by month
///
/// The sums of whole months: of the authority, by location or by service. A month is published from the eighth day
/// after its end on, when its days do not change any more; the last twelve if none are named.
///
/// Sums never give away a suppressed count of a day. So each is made of the sums of one service at one location,
/// which leave suppressed days room: where there are any, they may be off by up to 6, and small ones go into totals as 2.
/// Waiting times count the days with at least 5 appointments for the service at the location.
///
/// Tables are written as for `/v1/statistics`.
#[utoipa::path(
    get, path = "/v1/statistics/months", tag = "Statistics", operation_id = "readMonthlyStatistics",
    params(
        ("from" = Option<String>, Query, description = "First month, at most three years ago; eleven before `to` if left out.", example = "2026-01", pattern = "^[0-9]{4}-[0-9]{2}$"),
        ("to" = Option<String>, Query, description = "Last month; the latest that is published if left out.", example = "2026-11", pattern = "^[0-9]{4}-[0-9]{2}$"),
        ("by" = inline(Option<By>), Query, description = "`total`, `location` or `service`; `total` if left out."),
        ("format" = inline(Option<Format>), Query, description = "`json`, `csv` or `rfc4180`, whatever `Accept` says."),
        ("Accept" = Option<String>, Header, description = "`application/json` or `text/csv`."),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "By month.", content((MonthsView = "application/json"), (String = "text/csv"))),
        (status = 304, description = "Nothing changed."),
    ),
    extensions(("x-problems" = json!(["not-acceptable", "unavailable"]))),
)]
pub(super) async fn read(
    slots: Slots,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let query = query.only(&["from", "to", "by", "format"])?;
    let format = Format::of(&request, &query)?;
    let by = query.optional("by")?.unwrap_or(By::Total);
    let month = |key: &str| Ok::<_, Problem>(query.optional(key)?.map(|Month(first)| first));
    let today = slots.local_date(slots.now());
    let months = Months::new(month("from")?, month("to")?, today).map_err(refused)?;
    let months = read_months(&slots, months).await?;
    let lines = months.iter().flat_map(|(month, blocks)| by.lines(*month, blocks));
    let view = MonthsView { least_count: MIN_CELL_COUNT, months: lines.collect() };
    let json = || CachedBody::json(&view);
    let table = |dialect| csv::months(view.months.iter(), dialect);
    Ok(format.send(&request, "statistics_by_month", json, table))
}

fn refused(error: MonthsError) -> Problem {
    let field = match error {
        MonthsError::Reversed | MonthsError::NotFinal => "to",
        MonthsError::TooOld => "from",
    };
    invalid(field, &error.to_string())
}
