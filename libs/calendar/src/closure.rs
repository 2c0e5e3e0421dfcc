//! Days on which a location stays closed.
//!
//! A closure is of whole local days; for a few hours less, change the rule or write an
//! exception with shorter hours. The fields have three forms of which exactly one is used. An
//! enum would say that better in Rust and worse in YAML, where an admin writes `date:` or
//! `from:` and `to:`; so the form is checked by [`Closure::validate`].
//!
//! What a closure does to bookings is not decided here: see `catalogue`, which refuses a
//! closure over bookings unless `keepsBookings` is set.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::schema::date as date_schema;

/// A closure: one day, several days, or the same day every year (ZMS: *closure*, *dayoff*). It
/// wins over every rule and exception. It is refused while something is booked on its days, unless
/// it says that this stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Closure {
    /// The only day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "date_schema")]
    pub date: Option<Date>,
    /// The first of several days.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "date_schema")]
    pub from: Option<Date>,
    /// The last of several days.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "date_schema")]
    pub to: Option<Date>,
    /// The day that is closed every year, as month and day: `"12-24"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"), example = "12-24")]
    pub yearly: Option<String>,
    /// Why, for the people who read the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is booked on its days stays: nothing more can be booked, and staff serve, move or
    /// cancel it at the front desk. Without it, the closure is refused while something is booked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub keeps_bookings: bool,
}

/// Why a closure closes nothing.
///
/// The messages go to the admin as they are and end with what to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidClosure {
    /// None or several of the three forms.
    #[error("give exactly one of: `date`; `from` and `to`; `yearly`")]
    Form,
    /// The last day is before the first.
    #[error("`to` is before `from`; write the first day first")]
    Backwards,
    /// No such day in any year.
    #[error("`yearly` is not a day of the year; write month and day, for example \"12-24\"")]
    NoSuchDay,
}

impl Closure {
    /// Whether it is well formed.
    ///
    /// # Errors
    /// It gives no day, or says it in two ways.
    ///
    /// The catalogue calls it for every closure, so what a day plan sees is well formed. The
    /// reason plays no part.
    ///
    /// Cases: [`InvalidClosure::Form`] for none or two of the forms and for `from` without
    /// `to`, [`InvalidClosure::Backwards`] if `to` is before `from`,
    /// [`InvalidClosure::NoSuchDay`] for a day such as `02-30`.
    pub fn validate(&self) -> Result<(), InvalidClosure> {
        match (self.date, self.from, self.to, &self.yearly) {
            (Some(_), None, None, None) => Ok(()),
            (None, Some(from), Some(to), None) if from <= to => Ok(()),
            (None, Some(_), Some(_), None) => Err(InvalidClosure::Backwards),
            (None, None, None, Some(text)) => {
                month_and_day(text).map(|_| ()).ok_or(InvalidClosure::NoSuchDay)
            }
            _ => Err(InvalidClosure::Form),
        }
    }

    /// Whether it closes `date`.
    ///
    /// Both ends of several days are covered. A yearly `02-29` closes leap years only; write
    /// `03-01` too if that is meant. A closure that is not well formed covers nothing, except
    /// what its parts say on their own.
    #[must_use]
    pub fn covers(&self, date: Date) -> bool {
        self.date == Some(date)
            || matches!((self.from, self.to), (Some(from), Some(to)) if (from..=to).contains(&date))
            || self.yearly.as_deref().and_then(month_and_day) == Some((date.month(), date.day()))
    }
}

/// `None` if there is no such day in any year.
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // A leap year knows every day.
    Date::new(2024, month, day).ok().map(|date| (date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<Date> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn each_form_covers_its_days() {
        let one = Closure { date: date("2027-06-18"), ..Closure::default() };
        let many =
            Closure { from: date("2027-07-01"), to: date("2027-07-03"), ..Closure::default() };
        let yearly = Closure { yearly: Some("12-24".into()), ..Closure::default() };
        let covered = |closure: &Closure, text| closure.covers(date(text).unwrap());
        assert!(covered(&one, "2027-06-18") && !covered(&one, "2027-06-19"));
        assert!(covered(&many, "2027-07-01") && covered(&many, "2027-07-03"));
        assert!(!covered(&many, "2027-06-30") && !covered(&many, "2027-07-04"));
        assert!(covered(&yearly, "2027-12-24") && covered(&yearly, "2031-12-24"));
        assert!(!covered(&yearly, "2027-12-25"));
        assert!([one, many, yearly].iter().all(|closure| closure.validate().is_ok()));
    }

    #[test]
    fn a_closure_without_days_or_with_two_forms_is_refused() {
        let form = Closure {
            date: date("2027-06-18"),
            yearly: Some("12-24".into()),
            ..Closure::default()
        };
        let backwards =
            Closure { from: date("2027-07-03"), to: date("2027-07-01"), ..Closure::default() };
        let no_day = Closure { yearly: Some("02-30".into()), ..Closure::default() };
        assert_eq!(Closure::default().validate(), Err(InvalidClosure::Form));
        assert_eq!(form.validate(), Err(InvalidClosure::Form));
        assert_eq!(backwards.validate(), Err(InvalidClosure::Backwards));
        assert_eq!(no_day.validate(), Err(InvalidClosure::NoSuchDay));
    }
}
