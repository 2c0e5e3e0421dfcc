#![doc = include_str!("../README.md")]

mod announcement;
pub mod canonical;
pub mod check;
mod documents;
pub mod entry;
mod escrow;
mod hex;
pub mod quicknet;
pub mod rehearsal;
mod result;
mod seats;
pub mod seed;
mod serial;
mod settle;
mod time;
mod wish;

pub use announcement::{
    Announcement, Beacon, Channel, Detail, FREEZE_SECONDS, Identity, InvalidAnnouncement, Log,
    MAX_SLOTS, MAX_VISIT, Quota, Row, Version, VisitLength,
};
pub use documents::{
    AllWishes, Channels, EndReason, Ended, Freeze, LogProof, Logged, Move, Proof, Receipt, Reveal,
    Ticket, Tickets, Why, signed,
};
pub use entry::{Entry, InvalidEntry};
pub use escrow::{AuditorKey, Escrow, NotOpened};
pub use hex::{Bytes, NotHex};
pub use result::{
    Class, DrawResult, Half, HalfDay, SealedSeats, Turn, Visit, Visits, classes, seats_by_turn,
};
pub use seats::{Seat, Seats};
pub use seed::{OrderKey, Revealed, Secret, Seed};
pub use serial::Serial;
pub use settle::{Given, settle};
pub use time::{Day, InvalidTime, Minute, Seconds};
pub use wish::{InvalidWish, MAX_WISHES, Wish, Wishes};
