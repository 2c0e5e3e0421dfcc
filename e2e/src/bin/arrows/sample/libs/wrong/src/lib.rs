//! A library of two files that need each other.

mod day;
mod hour;

pub use day::Day;
pub use hour::Hour;
