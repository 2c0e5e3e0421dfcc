//! A person holds, confirms, changes and reads appointments.

mod change;
mod confirm;
mod hold;
mod read;

use jiff::Timestamp;
use serde_json::Value;

pub fn instant(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}
