//! Open data about past days, without personal data.

mod day;
mod day_cache;
mod offered;
mod small_counts;
mod waiting_times;

pub use day::{LocationDay, ServiceDay};
pub use day_cache::DayCache;
pub use small_counts::MIN_CELL_COUNT;
