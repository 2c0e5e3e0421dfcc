//! Tickets for draws: one for each person, so that an authority cannot make up entrants.
//!
//! ```text
//! prepared ─► announced ─► counted ─► countersigned
//! ```
//!
//! The authority asks for a key ([`prepare_draw`]) and names it in its announcement
//! ([`announce_draw`]). People take a ticket each ([`take_ticket`], [`give_ticket`]). Once the
//! window is over their holders are forgotten ([`forget_holders`]), and the number is signed for
//! one list ([`countersign_list`]). Identity never learns what people ask for, nor the results. `libs/draw` says what
//! this proves.

mod announce_draw;
mod countersign_list;
mod draw_error;
mod forget_holders;
mod give_ticket;
mod holders;
mod prepare_draw;
mod take_ticket;

pub(crate) use announce_draw::announce_draw;
pub(crate) use countersign_list::countersign_list;
pub(crate) use draw_error::DrawError;
pub(crate) use forget_holders::forget_holders;
pub(crate) use give_ticket::give_ticket;
pub(crate) use holders::{held_by, merge_tickets, split_tickets};
pub(crate) use prepare_draw::prepare_draw;
pub(crate) use take_ticket::take_ticket;
