//! The numbers of tickets.
//!
//! A serial is what a person is called in the public list of one draw. It is not a pseudonym: it is
//! made anew for each draw, so that a person cannot be followed from one list to the next.

use crate::Bytes;

/// The number of a ticket, which identity gives: random, and for one draw alone.
///
/// Entries stand in the list in ascending order of it, compared as bytes. That order says nothing
/// about the order of choosing, which [`OrderKey`](crate::OrderKey) decides.
pub type Serial = Bytes<16>;
