//! A person's own appointments.

mod appointment;
pub(super) mod calendar;
pub(super) mod cancel;
pub(super) mod detail;
pub(super) mod email;
pub(super) mod list;
pub(super) mod status;
