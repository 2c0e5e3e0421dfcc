//! The engine's own crates, as agents use them.
//!
//! Nothing is decided here: these functions call what the services call.

mod counter;
mod drawing;
mod line;
mod preset;

pub use counter::{Counter, Refused, person};
pub use drawing::{Drawing, ticket};
pub use line::Line;
pub use preset::{OfficeDays, office};
