//! What an authority publishes of its appointments: by month, as plots and tables.

mod plot;

use std::borrow::Cow;

use actix_web::{HttpResponse, http::header::CONTENT_DISPOSITION};
use askama::Template;
use client::MonthStatistics;

use self::plot::{Plot, Values};
use super::{
    frame::Frame,
    page_error::PageError,
    request::{Anybody, Authority, Request},
    visit::{self, Name},
    visitor::Visitor,
};
use crate::{directory::Offer, text::Texts};

#[derive(Template)]
#[template(path = "statistics.html")]
struct StatisticsPage {
    frame: Frame,
    authority: Name,
    /// The latest month; `None` before the first one is told.
    latest: Option<Latest>,
    /// Where all of it is a table to download.
    table: String,
    plots: Vec<Plot>,
}

/// The latest month, of all services and of each.
struct Latest {
    month: Cow<'static, str>,
    figures: Vec<(&'static str, Cow<'static, str>)>,
    services: Vec<ServiceLine>,
}

struct ServiceLine {
    name: Vec<Name>,
    booked: Cow<'static, str>,
    within: Cow<'static, str>,
    waiting: Cow<'static, str>,
    missed: Cow<'static, str>,
}

/// What is told of a month, and by which text it is called.
const FIGURES: [(&str, Values); 5] = [
    ("statistics-within", Values::Shares(|month| month.within_14_days_share)),
    ("statistics-waiting", Values::Days(|month| month.waiting_days_mean)),
    ("statistics-missed", Values::Shares(|month| month.missed_share)),
    ("statistics-phone", Values::Counts(|month| month.booked_by_phone)),
    ("statistics-booked", Values::Counts(|month| month.booked)),
];

pub(crate) async fn show(
    request: Request<Anybody, Authority, ()>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let months = office.api.months().await?;
    let latest = match months.last() {
        Some(month) => {
            let services = office.api.month_by_service(month.month).await?;
            Some(Latest::new(visitor.texts, &offer, month, &services))
        }
        None => None,
    };
    Ok(visitor.page(&StatisticsPage {
        frame: visitor.frame(visitor.texts.text("statistics-title")),
        authority: Name::of(&offer.name, visitor.texts),
        latest,
        table: visitor.links.statistics_table(&office.id),
        plots: plots(&visitor, &months),
    }))
}

/// The months by service, for a spreadsheet program.
pub(crate) async fn table(
    request: Request<Anybody, Authority, ()>,
) -> Result<HttpResponse, PageError> {
    let table = request.authority.office.api.months_table().await?;
    let file = "attachment; filename=\"statistics_by_month.csv\"";
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8; header=present")
        .insert_header((CONTENT_DISPOSITION, file))
        .body(table))
}

fn plots(visitor: &Visitor, months: &[MonthStatistics]) -> Vec<Plot> {
    if months.is_empty() {
        return Vec::new();
    }
    FIGURES.iter().map(|(key, values)| Plot::new(visitor.texts, key, *values, months)).collect()
}

impl Latest {
    fn new(
        texts: Texts,
        offer: &Offer,
        month: &MonthStatistics,
        services: &[MonthStatistics],
    ) -> Self {
        let figures = FIGURES.iter().map(|(key, values)| (*key, values.written(texts, month)));
        let [(_, within), (_, waiting), (_, missed), _, (_, booked)] = FIGURES;
        let line = |it: &MonthStatistics| {
            let service = it.service.as_slice();
            // A service that was not booked at all says nothing about waiting.
            (it.booked != Some(0) && !service.is_empty()).then(|| ServiceLine {
                name: visit::service_names(texts, offer, service),
                booked: booked.written(texts, it),
                within: within.written(texts, it),
                waiting: waiting.written(texts, it),
                missed: missed.written(texts, it),
            })
        };
        Self {
            month: texts.month(month.month),
            figures: figures.collect(),
            services: services.iter().filter_map(line).collect(),
        }
    }
}
