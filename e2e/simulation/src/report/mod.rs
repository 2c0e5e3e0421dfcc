//! Tables and pictures, written into the README between markers and beside it.

mod digest;
mod plot;
mod row;
mod tables;
mod write;

pub use digest::digest;
pub use plot::{Line, Plot};
pub use row::{Row, Target, Verdict};
pub use tables::{Table, rows};
pub use write::{NotWritten, write};
