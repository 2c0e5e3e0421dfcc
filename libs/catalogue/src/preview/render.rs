//! A preview as text.
//!
//! Both forms show local time with its offset, so that they can be compared with the clock at
//! the office.

use std::fmt::Write as _;

use serde::Serialize;

use super::Row;

/// The fields of the JSON, in this order.
#[derive(Serialize)]
struct Line {
    start: String,
    free: u32,
}

/// For programs: `[{"start": RFC 3339 with Berlin's offset, "free": n}]`.
///
/// # Panics
/// Never: texts and numbers can always be written as JSON.
#[must_use]
pub fn json(rows: &[Row]) -> String {
    let zone = ambient::berlin();
    let line = |row: &Row| {
        let start = row.start.display_with_offset(zone.to_offset(row.start)).to_string();
        Line { start, free: row.free }
    };
    let lines: Vec<Line> = rows.iter().map(line).collect();
    serde_json::to_string_pretty(&lines).expect("texts and numbers can be written") + "\n"
}

/// For people: one line per start, days apart.
///
/// Ends with the sums, also if nothing can be booked.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let zone = ambient::berlin();
    let mut text = String::new();
    let mut day = None;
    for row in rows {
        let local = row.start.to_zoned_datetime(zone.clone());
        if day.replace(local.date()) != Some(local.date()) {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", local.strftime("%A, %Y-%m-%d"));
        }
        // The offset tells the two 02:30 of an October night apart.
        let _ = writeln!(text, "  {}  {:>3} free", local.strftime("%H:%M %:z"), row.free);
    }
    let (starts, free) = (rows.len(), rows.iter().map(|row| u64::from(row.free)).sum::<u64>());
    let gap = if text.is_empty() { "" } else { "\n" };
    let _ = writeln!(text, "{gap}{starts} starts, {free} free");
    text
}
