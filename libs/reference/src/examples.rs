//! The days of examples, as of now.
//!
//! Who reads an example pastes it, so its days must be ones that can be asked for. In the sources every example is
//! written as of one Monday; a document that is served has them as of the coming one. Weekdays and times of day stay,
//! so that an office that opens on Tuesdays at nine does so in the example, too.

use std::sync::LazyLock;

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, date},
    tz::TimeZone,
};
use serde_json::Value;

static BERLIN: LazyLock<TimeZone> = LazyLock::new(ambient::berlin);

/// The Monday as of which examples are written in the sources, and so in `api/openapi.json`.
const WRITTEN: Date = date(2027, 1, 4);

/// The next Monday in Berlin; today, if it is one.
pub(crate) fn coming_monday(now: Timestamp) -> Date {
    let today = BERLIN.to_datetime(now).date();
    let ahead = (7 - today.weekday().to_monday_zero_offset()) % 7;
    today.saturating_add(ahead.days())
}

/// Moves what the examples of a document name near [`WRITTEN`] as far as `monday` is from it.
pub(crate) fn move_to(monday: Date, document: &mut Value) {
    match document {
        Value::Object(members) => {
            for (name, value) in members {
                if matches!(name.as_str(), "example" | "examples") {
                    move_all(monday, value);
                } else {
                    move_to(monday, value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_to(monday, item)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The same with each text in an example.
fn move_all(monday: Date, example: &mut Value) {
    match example {
        Value::String(text) => {
            if let Some(moved) = moved(monday, text) {
                *text = moved;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_all(monday, item)),
        Value::Object(members) => members.values_mut().for_each(|it| move_all(monday, it)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `None` if the text is no day, month or instant near [`WRITTEN`]: a date of birth stays what it is.
fn moved(monday: Date, text: &str) -> Option<String> {
    // With one of FHIR's prefixes, such as `ge`.
    let (prefix, value) = match text.split_at_checked(2) {
        Some((prefix, value)) if prefix.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            (prefix, value)
        }
        Some(_) | None => ("", text),
    };
    let moved = match value.len() {
        7 => month(monday, format!("{value}-01").parse().ok()?),
        10 => day(monday, value.parse().ok()?),
        _ => instant(monday, value),
    };
    moved.map(|moved| format!("{prefix}{moved}"))
}

fn month(monday: Date, first: Date) -> Option<String> {
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let apart = months(monday) - months(WRITTEN);
    let moved = first.checked_add(apart.months()).ok().filter(|_| is_near(first))?;
    Some(moved.strftime("%Y-%m").to_string())
}

fn day(monday: Date, day: Date) -> Option<String> {
    let moved = day.checked_add(days_to(monday).days()).ok().filter(|_| is_near(day))?;
    Some(moved.to_string())
}

/// The same time of day, in winter and in summer.
fn instant(monday: Date, text: &str) -> Option<String> {
    let at = BERLIN.to_datetime(text.parse::<Timestamp>().ok()?);
    let moved = at.checked_add(days_to(monday).days()).ok().filter(|_| is_near(at.date()))?;
    let moved = BERLIN.to_timestamp(moved).ok()?;
    if text.ends_with('Z') {
        return Some(moved.to_string());
    }
    Some(moved.display_with_offset(BERLIN.to_offset(moved)).to_string())
}

fn days_to(monday: Date) -> i32 {
    WRITTEN.until(monday).map_or(0, |apart| apart.get_days())
}

fn is_near(day: Date) -> bool {
    (WRITTEN.year() - 1..=WRITTEN.year() + 1).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_coming_monday_is_today_or_ahead() {
        for (now, monday) in [
            ("2027-01-04T08:00:00Z", "2027-01-04"),
            // Tuesday in Berlin.
            ("2027-01-04T23:00:00Z", "2027-01-11"),
            ("2027-01-10T22:59:59Z", "2027-01-11"),
            ("2026-12-01T12:00:00Z", "2026-12-07"),
        ] {
            assert_eq!(coming_monday(now.parse().unwrap()).to_string(), monday, "{now}");
        }
    }

    #[test]
    fn examples_keep_weekday_and_time_of_day_and_nothing_else_moves() {
        let written = json!({
            "description": "For example 2027-01-05.",
            "properties": { "birthdate": { "example": "1990-04-12", "default": "2027-01-05" } },
            "parameters": [
                { "name": "start", "example": ["ge2027-01-05", "lt2027-01-06"] },
                { "name": "month", "example": "2026-11" },
            ],
            "schema": { "examples": ["LEA-2026-004711", "1985", "2099-12-31", 5, null] },
            "content": { "example": {
                "start": "2027-01-05T09:00:00+01:00",
                "list": [{ "time": "2027-01-04T07:58:11Z" }],
            } },
        });
        let mut served = written.clone();
        move_to(WRITTEN, &mut served);
        assert_eq!(served, written);
        // In summer time.
        move_to(date(2027, 7, 5), &mut served);
        let expected = json!({
            "description": "For example 2027-01-05.",
            "properties": { "birthdate": { "example": "1990-04-12", "default": "2027-01-05" } },
            "parameters": [
                { "name": "start", "example": ["ge2027-07-06", "lt2027-07-07"] },
                { "name": "month", "example": "2027-05" },
            ],
            "schema": { "examples": ["LEA-2026-004711", "1985", "2099-12-31", 5, null] },
            "content": { "example": {
                "start": "2027-07-06T09:00:00+02:00",
                "list": [{ "time": "2027-07-05T06:58:11Z" }],
            } },
        });
        assert_eq!(served, expected);
        let mut earlier = written;
        move_to(date(2026, 12, 7), &mut earlier);
        assert_eq!(earlier["content"]["example"]["start"], "2026-12-08T09:00:00+01:00");
        assert_eq!(earlier["parameters"][1]["example"], "2026-10");
    }
}
