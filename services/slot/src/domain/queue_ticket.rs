//! Numbers for people who come without an appointment.

use booking::queue_ticket::TicketStatus;
use ids::{LocationId, QueueTicketId, ServiceId};
use jiff::{Timestamp, civil::Date};

/// One walk-in's place in the queue of a location's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueTicket {
    /// Its identifier.
    pub id: QueueTicketId,
    /// The location.
    pub location: LocationId,
    /// On which local day.
    pub date: Date,
    /// The number that is called, from 1 on each day.
    pub number: u32,
    /// What it is about.
    pub services: Vec<ServiceId>,
    /// Where it stands.
    pub status: TicketStatus,
    /// When it was issued.
    pub issued_at: Timestamp,
}
