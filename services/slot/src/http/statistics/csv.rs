//! The statistics as tables.

use std::fmt::Display;

use super::{
    days::{DayView, ServiceView},
    months::MonthView,
};

/// How a table is written. Lines end with CR LF, the first one has the names. Dates, ids and numbers have no
/// quote and no separator, so nothing is quoted; suppressed counts are empty.
#[derive(Debug)]
pub(super) struct Dialect {
    separator: &'static str,
    decimal: &'static str,
    /// The byte order mark, by which Excel knows UTF-8.
    mark: &'static str,
}

impl Dialect {
    /// What Excel in German opens by a double click: semicolons, decimal commas, a byte order mark.
    pub(super) const GERMAN_SPREADSHEET: Self =
        Self { separator: ";", decimal: ",", mark: "\u{feff}" };
    /// RFC 4180, with decimal points.
    pub(super) const RFC_4180: Self = Self { separator: ",", decimal: ".", mark: "" };

    fn table(&self, names: &[&str], lines: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
        let mut table = format!("{}{}\r\n", self.mark, names.join(self.separator));
        for line in lines {
            table.push_str(&line.join(self.separator));
            table.push_str("\r\n");
        }
        table.into_bytes()
    }

    fn fraction(&self, value: Option<f64>) -> String {
        cell(value).replace('.', self.decimal)
    }
}

const DAY: [&str; 24] = [
    "date",
    "location",
    "service",
    "offered",
    "booked",
    "served",
    "missed",
    "cancelled",
    "booked_again",
    "walk_ins_served",
    "waiting_days_median",
    "waiting_days_p90",
    "utilisation",
    "missed_share",
    "booked_again_share",
    "location_free_share",
    "booked_online",
    "booked_with_card",
    "booked_vouched",
    "booked_vouched_by_two",
    "booked_by_phone",
    "queue_jumps",
    "location_limits_lifted",
    "is_over",
];

/// One line per day, location and service.
pub(super) fn days(days: impl Iterator<Item = DayView>, dialect: &Dialect) -> Vec<u8> {
    let lines = days.flat_map(|day| {
        let line = |service| day_line(&day, service, dialect);
        day.services.iter().map(line).collect::<Vec<_>>()
    });
    dialect.table(&DAY, lines)
}

fn day_line(day: &DayView, service: &ServiceView, dialect: &Dialect) -> Vec<String> {
    vec![
        day.date.to_string(),
        day.location.to_string(),
        service.service.to_string(),
        service.offered.to_string(),
        cell(service.booked),
        cell(service.served),
        cell(service.missed),
        cell(service.cancelled),
        cell(service.booked_again),
        cell(service.walk_ins_served),
        cell(service.waiting_days_median),
        cell(service.waiting_days_p90),
        dialect.fraction(service.utilisation),
        dialect.fraction(service.missed_share),
        dialect.fraction(service.booked_again_share),
        dialect.fraction(day.free_share),
        cell(service.booked_online),
        cell(service.booked_with_card),
        cell(service.booked_vouched),
        cell(service.booked_vouched_by_two),
        cell(service.booked_by_phone),
        cell(service.queue_jumps),
        cell(day.limits_lifted),
        day.is_over.to_string(),
    ]
}

const MONTH: [&str; 11] = [
    "month",
    "location",
    "service",
    "booked",
    "missed",
    "missed_share",
    "booked_by_phone",
    "cancelled",
    "walk_ins_served",
    "within_14_days_share",
    "waiting_days_mean",
];

/// One line per month, and per location or service if there is one.
pub(super) fn months<'a>(
    months: impl Iterator<Item = &'a MonthView>,
    dialect: &Dialect,
) -> Vec<u8> {
    let line = |month: &MonthView| {
        vec![
            month.month.clone(),
            cell(month.location.as_ref()),
            cell(month.service.as_ref()),
            cell(month.booked),
            cell(month.missed),
            dialect.fraction(month.missed_share),
            cell(month.booked_by_phone),
            cell(month.cancelled),
            cell(month.walk_ins_served),
            dialect.fraction(month.within_14_days_share),
            dialect.fraction(month.waiting_days_mean),
        ]
    };
    dialect.table(&MONTH, months.map(line))
}

fn cell(value: Option<impl Display>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
