//! What people do here: one use case a file. HTTP, bus and timers enter by these doors; each use
//! case owns its transaction.

pub mod act_at_desk;
mod apply_catalogue;
mod asks;
pub mod book_on_behalf;
pub mod calendar_at_desk;
pub mod cancel_booking;
pub mod carry_holds;
mod catalogue_state;
pub mod claim_entitlement;
pub mod close_day;
pub mod confirm_booking;
mod confirm_queue;
mod engine;
mod error;
mod events;
pub mod extend_hold;
mod facts;
mod first_catalogue;
pub mod follow_catalogue;
pub mod hold_slot;
pub mod holds_follow;
pub mod lift_limits;
pub mod list_bookings;
pub mod list_holds;
pub mod merge_persons;
pub mod person_history;
pub mod post_entitlements;
pub mod read_statistics;
mod rebook;
pub mod release_hold;
pub mod release_seat;
mod repairs;
mod visit;
mod visit_details;
pub mod walk_in_queue;

pub use apply_catalogue::{NotApplied, apply_catalogue};
pub use asks::Asks;
pub use catalogue_state::{CatalogueNews, CatalogueState, RefusedCatalogue};
pub use confirm_queue::{ConfirmQueue, ConfirmWorker};
pub use engine::Engine;
pub use error::AppError;
pub use first_catalogue::{CatalogueFile, Change, FirstCatalogue, NoCatalogue, first_catalogue};
pub use repairs::Repairs;
pub use visit::Visit;
pub use visit_details::VisitDetails;
