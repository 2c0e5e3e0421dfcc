//! Rust types of the event contracts in `proto/`, made at build time.
//!
//! A package is a module: `fairtermin.booking.v1.BookingConfirmed` is
//! [`booking::v1::BookingConfirmed`]. Each message implements [`prost::Message`] and
//! [`prost::Name`].

#[expect(missing_docs, reason = "the generated modules have no place for a comment")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/all.rs"));
}

pub use generated::fairtermin::*;

/// The compiled contracts: an encoded `google.protobuf.FileDescriptorSet` with comments.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/fairtermin.bin"));

/// The AsyncAPI 3 document of all events, made from the contracts (`make proto-release`).
pub const ASYNCAPI: &str = include_str!("../../../proto/asyncapi.json");

/// The full names of the events, such as `fairtermin.booking.v1.BookingConfirmed`: the messages that
/// travel by themselves. In `proto/` their comments end with the line `@event`.
pub const EVENTS: &[&str] = include!(concat!(env!("OUT_DIR"), "/events.rs"));
