//! Between our times and those of the Kubernetes types, which are of an older `jiff`.
//!
//! `k8s-openapi` brings its own version of `jiff`. Converting here keeps the older one out of
//! everything else.

use ::jiff::Timestamp;
use k8s_openapi::{
    apimachinery::pkg::apis::meta::v1::{MicroTime, Time},
    jiff,
};

/// Microseconds are what the API stores.
pub(crate) fn micro_time(instant: Timestamp) -> MicroTime {
    let instant = jiff::Timestamp::from_microsecond(instant.as_microsecond());
    MicroTime(instant.expect("both versions of jiff have the same range"))
}

/// To the second, as `Time` is stored.
pub(crate) fn timestamp(time: &Time) -> Timestamp {
    let instant = Timestamp::from_second(time.0.as_second());
    instant.expect("both versions of jiff have the same range")
}
