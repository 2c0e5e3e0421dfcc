//! Ids in ZMS: a number, a number as text, or the last part of a reference.
//!
//! Answers of ZMS hold whole records or, beyond `resolveReferences`, stubs with a reference. Both
//! name the same thing, so both are read here.

use jiff::{Timestamp, civil::Date};

use crate::json::Node;

/// The longest id that is believed.
const LONGEST: usize = 40;

/// Earlier days are slips.
const FIRST_YEAR: i16 = 1970;

/// `141`, `"141"` or `{"$ref": "/scope/141/"}`.
pub(super) fn id(node: &Node<'_>) -> Option<String> {
    let reference = || part(node, 1);
    let is_plain = |id: &String| {
        id.len() <= LONGEST
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    node.text("id").or_else(reference).filter(is_plain)
}

/// `"dldb"` or `{"$ref": "/provider/dldb/122217/"}`. A catalogue without sources has one.
pub(super) fn source(node: &Node<'_>) -> Option<String> {
    let reference = || part(node, 2).filter(|part| !part.is_empty());
    node.text("source").or_else(reference).or_else(|| Some("dldb".to_owned()))
}

/// A part of the reference, counted from its end.
fn part(node: &Node<'_>, from_end: usize) -> Option<String> {
    let reference = node.text("$ref")?;
    let path = reference.split(['?', '#']).next()?.to_owned();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let part = parts.get(parts.len().checked_sub(from_end)?)?;
    Some((*part).to_owned())
}

/// The id of what stands at `key`.
pub(super) fn id_at(node: &Node<'_>, key: &str) -> Option<String> {
    id(&node.get(key)?).filter(|id| id != "0")
}

/// Source and id of what stands at `key`.
pub(super) fn keyed_at(node: &Node<'_>, key: &str) -> Option<(String, String)> {
    let at = node.get(key)?;
    Some((source(&at)?, id(&at)?))
}

/// A local day: Unix seconds of Berlin's midnight, or a day that is written out.
pub(super) fn day(node: &Node<'_>, key: &str) -> Option<Date> {
    let text = node.text(key)?;
    let day: Date = match text.parse::<i64>() {
        Ok(0) => return None,
        Ok(seconds) => ambient::berlin().to_datetime(Timestamp::from_second(seconds).ok()?).date(),
        Err(_) => text.get(..10)?.parse().ok()?,
    };
    (day.year() >= FIRST_YEAR).then_some(day)
}

/// Minutes after midnight: `8:00`, `08:00` or `08:00:00`.
pub(super) fn minute(text: &str) -> Option<u16> {
    let mut parts = text.trim().split(':');
    let (hours, minutes): (u16, u16) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let is_time = (hours < 24 && minutes < 60) || (hours == 24 && minutes == 0);
    // 23:59 is how a form says the end of a day.
    let minute =
        if (hours, minutes) == (23, 59) { 24 * 60 } else { hours.min(24) * 60 + minutes.min(59) };
    is_time.then_some(minute)
}
