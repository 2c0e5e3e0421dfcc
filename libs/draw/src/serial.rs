//! The numbers of tickets.

use crate::Bytes;

/// The number of a ticket, which identity gives: random, and for one draw alone.
pub type Serial = Bytes<16>;
