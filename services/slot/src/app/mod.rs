//! What people do here: one use case a file. HTTP, bus and timers enter by these doors; each use
//! case owns its transaction.

pub mod act_at_desk;
mod apply_catalogue;
pub mod book_on_behalf;
mod booking_view;
pub mod calendar_at_desk;
pub mod cancel_booking;
mod catalogue_state;
mod check_again;
pub mod claim_entitlement;
pub mod close_day;
pub mod confirm_booking;
mod confirm_queue;
mod engine;
mod error;
mod events;
mod facts;
mod first_catalogue;
mod give_back;
pub mod hold_slot;
pub mod list_bookings;
mod local_time;
pub mod merge_persons;
pub mod post_entitlements;
pub mod read_statistics;
mod rebook;
pub mod release_hold;
mod repairs;
pub mod walk_in_queue;

pub use apply_catalogue::{acceptable, apply_catalogue};
pub use booking_view::BookingView;
pub use catalogue_state::{CatalogueNews, CatalogueState, RefusedCatalogue};
pub use confirm_queue::{ConfirmQueue, ConfirmWorker};
pub use engine::Engine;
pub use error::AppError;
pub use first_catalogue::{CatalogueFile, FirstCatalogue, NoCatalogue, first_catalogue};
pub use local_time::LocalTime;
pub use repairs::Repairs;
