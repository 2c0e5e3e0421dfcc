//! The slot service of one authority: catalogue, availability, holds, bookings, front desk.
//!
//! [`Application`] is the whole service; the binary and the tests build the same one. Inside:
//! `http/` (thin handlers) calls `app/` (one use case a file, which owns the transaction), which
//! uses `store/` (the database, the truth about bookings), [`holds`] (short reservations before a booking, in Redis or in
//! memory) and [`availability`] (what is free, from memory). `domain/` has the types that all of them speak of. `jobs/` runs
//! by timers.

mod app;
mod application;
pub mod availability;
mod beacon;
mod bus;
mod cached_body;
mod domain;
mod draw_tickets;
pub mod holds;
mod http;
mod jobs;
mod log_settings;
mod parts;
mod person_data;
mod settings;
mod statistics;
mod store;

pub use app::Asks;
pub use app::export_bookings::ExportedBooking;
pub use application::Application;
pub use beacon::BeaconSettings;
pub use domain::waiting::{DayKey, Place};
pub use draw_tickets::TicketSettings;
pub use http::openapi_document;
pub use log_settings::{LogSettings, WitnessSettings};
pub use parts::BuildError;
pub use service::{RunError, Runtime};
pub use settings::{
    CatalogueSettings, ClusterSettings, EscrowSettings, KeySettings, OpenedSeed, ReturnSettings,
    Settings,
};
