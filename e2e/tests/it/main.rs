//! Tests of what only exists once everything is put together.

mod chart;
mod promises;
