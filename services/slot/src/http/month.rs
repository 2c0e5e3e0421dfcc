//! A month, as queries name it.

use std::str::FromStr;

use jiff::civil::Date;

/// The first day of a month, written as `2027-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month(pub Date);

impl FromStr for Month {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_month = text.len() == "2027-01".len();
        let first = is_month.then(|| format!("{text}-01").parse().ok()).flatten();
        first.map(Self).ok_or("is a month like 2027-01")
    }
}
