//! A preview as text.
//!
//! Both forms show local time with its offset, so that they can be compared with the clock at
//! the office.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Day, Row};

/// The fields of a day in the JSON, in this order.
#[derive(Serialize)]
struct JsonDay {
    date: String,
    starts: Vec<JsonRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[derive(Serialize)]
struct JsonRow {
    start: String,
    free: u32,
}

/// For programs: `[{"date", "starts": [{"start": RFC 3339 with Berlin's offset, "free": n}],
/// "why"?}]`.
///
/// # Panics
/// Never: texts and numbers can always be written as JSON.
#[must_use]
pub fn json(days: &[Day]) -> String {
    let zone = ambient::berlin();
    let row = |row: &Row| {
        let start = row.start.display_with_offset(zone.to_offset(row.start)).to_string();
        JsonRow { start, free: row.free }
    };
    let day = |day: &Day| JsonDay {
        date: day.date.to_string(),
        starts: day.rows.iter().map(row).collect(),
        why: day.why.as_ref().map(ToString::to_string),
    };
    let days: Vec<JsonDay> = days.iter().map(day).collect();
    serde_json::to_string_pretty(&days).expect("texts and numbers can be written") + "\n"
}

/// For people: one line per start, days apart, each day without a free start with the reason.
///
/// Ends with the sums, also if nothing can be booked.
#[must_use]
pub fn table(days: &[Day]) -> String {
    let zone = ambient::berlin();
    let mut text = String::new();
    for day in days {
        let _ = writeln!(text, "{}", day.date.strftime("%A, %Y-%m-%d"));
        for row in &day.rows {
            let local = row.start.to_zoned_datetime(zone.clone());
            // The offset tells the two 02:30 of an October night apart.
            let _ = writeln!(text, "  {}  {:>3} free", local.strftime("%H:%M %:z"), row.free);
        }
        if let Some(why) = &day.why {
            let _ = writeln!(text, "  nothing: {why}");
        }
        text.push('\n');
    }
    let (starts, free) = sums(days);
    let _ = writeln!(text, "{starts} starts, {free} free");
    text
}

/// Starts, and free desks at them.
pub(super) fn sums(days: &[Day]) -> (usize, u64) {
    let rows = || days.iter().flat_map(|day| &day.rows);
    (rows().count(), rows().map(|row| u64::from(row.free)).sum())
}
