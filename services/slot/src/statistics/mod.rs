//! Open data about days that are over, with nothing about a person.

mod day;
mod kept;
mod offered;
mod small_counts;
mod waiting_times;

pub use day::{LocationDay, ServiceDay};
pub use kept::Kept;
pub use small_counts::MIN_CELL_COUNT;
