//! Open data about days and months, without personal data: counted, then published.

mod counts;
mod day;
mod month;
mod offered;
mod small_counts;
mod waiting_times;

pub use counts::{LocationCounts, ServiceCounts};
pub use day::{LocationDay, ServiceDay};
pub use month::{LocationBlock, MonthBlock, MonthTotal};
pub use small_counts::MIN_CELL_COUNT;
