//! What the service is about, as plain types: `store/` keeps them, `app/` works with them, `http/`
//! shows them. They know none of the three.

mod actor;
mod assigned_date;
mod binding;
mod booked_by;
mod booked_texts;
mod booking;
mod counted_act;
mod desk_case;
mod desk_reason;
pub mod draw;
mod entitlement;
pub mod log;
mod phone_number;
mod queue_ticket;
pub mod waiting;

pub use self::booking::Booking;
pub use actor::Actor;
pub use assigned_date::{AssignedDate, stand_in};
pub use binding::Binding;
pub use booked_by::BookedBy;
pub use booked_texts::BookedTexts;
pub use counted_act::{CountedAct, StaffCount};
pub use desk_case::{ApprovalRefused, DeskCase, DeskCaseState};
pub use desk_reason::{DeskReason, ReasonCode};
pub use entitlement::{Entitlement, HeldEntitlement};
pub use phone_number::PhoneNumber;
pub use queue_ticket::QueueTicket;
