//! One figure over the months: as bars and as a table.

use std::borrow::Cow;

use client::MonthStatistics;
use jiff::civil::Date;

use crate::text::Texts;

/// The drawing's width, in its own units: that of the `viewBox` in `templates/statistics.html`.
const WIDTH: f64 = 360.0;
/// Between these two the bars stand.
const TOP: f64 = 24.0;
const BOTTOM: f64 = 160.0;
/// How much of a month's width its bar takes.
const BAR: f64 = 0.7;

/// Which value of a month, and of what kind.
#[derive(Clone, Copy)]
pub(super) enum Values {
    Shares(fn(&MonthStatistics) -> Option<f64>),
    Days(fn(&MonthStatistics) -> Option<f64>),
    Counts(fn(&MonthStatistics) -> Option<u32>),
}

impl Values {
    fn of(self, month: &MonthStatistics) -> Option<f64> {
        match self {
            Self::Shares(value) | Self::Days(value) => value(month),
            Self::Counts(value) => value(month).map(f64::from),
        }
    }

    /// The value of a month in words.
    pub(super) fn written(self, texts: Texts, month: &MonthStatistics) -> Cow<'static, str> {
        let written = match self {
            Self::Shares(value) => value(month).map(|share| texts.percent(share)),
            Self::Days(value) => value(month).map(|days| texts.tenths(days).into()),
            Self::Counts(value) => value(month).map(|count| texts.number(count).into()),
        };
        written.unwrap_or_else(|| texts.text("statistics-too-few"))
    }

    /// The end of the scale: what comes after the largest value and is easily read.
    fn scale(self, months: &[MonthStatistics]) -> f64 {
        let largest = months.iter().filter_map(|month| self.of(month)).fold(0.0, f64::max);
        match self {
            Self::Shares(_) => {
                let end = [0.05, 0.1, 0.25, 0.5].into_iter().find(|end| largest <= *end);
                end.unwrap_or(1.0)
            }
            Self::Days(_) | Self::Counts(_) => round_above(largest),
        }
    }

    fn scale_written(self, texts: Texts, end: f64) -> Cow<'static, str> {
        match self {
            Self::Shares(_) => texts.percent(end),
            Self::Days(_) => texts.tenths(end).into(),
            Self::Counts(_) => {
                let whole = format!("{end:.0}").parse();
                whole.map_or(Cow::Borrowed(""), |end| texts.number(end).into())
            }
        }
    }
}

/// The next of 1, 2, 5, 10, 20, 50 and so on.
fn round_above(largest: f64) -> f64 {
    let mut steps = (0..10).flat_map(|power| [1.0, 2.0, 5.0].map(|step| step * 10_f64.powi(power)));
    steps.find(|step| largest <= *step).unwrap_or(largest)
}

/// One figure over the months.
pub(crate) struct Plot {
    /// The text that names it.
    pub(crate) key: &'static str,
    pub(crate) bars: Vec<Bar>,
    /// The end of its scale.
    pub(crate) scale: Cow<'static, str>,
    /// Month and value of each line of the table.
    pub(crate) rows: Vec<(Cow<'static, str>, Cow<'static, str>)>,
}

/// One month of the drawing; numbers as SVG has them.
pub(crate) struct Bar {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) width: String,
    pub(crate) height: String,
    /// Below its middle: the month's number, and the year where it begins.
    pub(crate) middle: String,
    pub(crate) month: i8,
    pub(crate) year: Option<i16>,
}

impl Plot {
    pub(super) fn new(
        texts: Texts,
        key: &'static str,
        values: Values,
        months: &[MonthStatistics],
    ) -> Self {
        let end = values.scale(months);
        // From right to left where people read so.
        let is_mirrored = texts.language().direction() == "rtl";
        let places = Places { count: months.len(), is_mirrored };
        let bar = |(place, month): (usize, &MonthStatistics)| {
            let share = values.of(month).map_or(0.0, |value| value / end);
            places.bar(place, month.month, share)
        };
        Self {
            key,
            bars: months.iter().enumerate().map(bar).collect(),
            scale: values.scale_written(texts, end),
            rows: months
                .iter()
                .map(|month| (texts.month(month.month), values.written(texts, month)))
                .collect(),
        }
    }
}

/// Where the months stand.
struct Places {
    count: usize,
    is_mirrored: bool,
}

impl Places {
    #[expect(clippy::cast_precision_loss, reason = "there are at most some dozens of months")]
    fn bar(&self, place: usize, month: Date, share: f64) -> Bar {
        let each = WIDTH / self.count as f64;
        let from_start = if self.is_mirrored { self.count - 1 - place } else { place };
        let middle = (from_start as f64 + 0.5) * each;
        let height = (BOTTOM - TOP) * share;
        let units = |number: f64| format!("{number:.1}");
        Bar {
            x: units(middle - each * BAR / 2.0),
            y: units(BOTTOM - height),
            width: units(each * BAR),
            height: units(height),
            middle: units(middle),
            month: month.month(),
            year: (place == 0 || month.month() == 1).then_some(month.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn month(number: i8, booked: Option<u32>, share: Option<f64>) -> MonthStatistics {
        MonthStatistics {
            month: jiff::civil::date(2026, number, 1),
            service: None,
            booked,
            missed: None,
            missed_share: None,
            booked_by_phone: None,
            within_14_days_share: share,
            waiting_days_mean: None,
        }
    }

    #[test]
    fn a_scale_ends_where_it_is_easily_read() {
        for (largest, end) in [(0.0, 1.0), (1.0, 1.0), (17.0, 20.0), (84_300.0, 100_000.0)] {
            assert_eq!(round_above(largest), end);
        }
        let shares = Values::Shares(|month| month.within_14_days_share);
        for (share, end) in [(0.04, 0.05), (0.2, 0.25), (0.51, 1.0), (1.0, 1.0)] {
            assert_eq!(shares.scale(&[month(1, None, Some(share))]), end);
        }
    }

    #[test]
    fn bars_stand_in_the_direction_of_reading_and_what_is_not_told_has_none() {
        let months = [month(1, Some(50), None), month(2, None, None)];
        let booked = Values::Counts(|month| month.booked);
        let plot = |language| Plot::new(Texts::of(language), "statistics-booked", booked, &months);
        let german = plot(Language::German);
        let heights: Vec<_> = german.bars.iter().map(|bar| bar.height.as_str()).collect();
        assert_eq!((heights, &*german.scale), (vec!["136.0", "0.0"], "50"));
        assert_eq!((german.bars[0].year, german.bars[1].year), (Some(2026), None));
        assert_eq!(german.rows[1].1, "zu wenige");
        assert_eq!(
            (&*german.bars[0].middle, &*plot(Language::Arabic).bars[0].middle),
            ("90.0", "270.0")
        );
    }
}
