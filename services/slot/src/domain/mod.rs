//! What the service is about, as plain types: `store/` keeps them, `app/` works with them, `http/`
//! shows them. They know none of the three.

mod actor;
mod booked_by;
mod booked_texts;
mod booking;
pub mod draw;
mod queue_ticket;

pub use self::booking::Booking;
pub use actor::Actor;
pub use booked_by::BookedBy;
pub use booked_texts::BookedTexts;
pub use queue_ticket::QueueTicket;
