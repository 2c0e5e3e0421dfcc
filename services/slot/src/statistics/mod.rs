//! Open data about past days, without personal data.

mod day;
mod kept;
mod offered;
mod small_counts;
mod waiting_times;

pub use day::{LocationDay, ServiceDay};
pub use kept::Kept;
pub use small_counts::MIN_CELL_COUNT;
