//! A person's own appointments.

pub(super) mod address;
mod appointment;
pub(super) mod calendar;
pub(super) mod cancel;
pub(super) mod consequences;
pub(super) mod detail;
pub(super) mod email;
pub(super) mod list;
mod qr_code;
pub(super) mod status;
