//! A query string in which a key may be repeated.
//!
//! One reader for every service: what a parameter must be is said in the API's words, and one that
//! is not known is refused, since a misspelt filter must not be ignored.
//!
//! A filter that can be repeated (`service=a&service=b`) is a list. Nothing is split at commas
//! here.

use std::{
    collections::BTreeSet,
    fmt::Display,
    future::{Ready, ready},
    str::FromStr,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use jiff::civil::Date;

use crate::{Problem, body::invalid, values::Day};

/// How often one key may be repeated: more than any catalogue has locations, or a visit services.
const MOST_VALUES: usize = 200;

/// The pairs of the query string.
///
/// Percent-decoded, in the order of the request.
#[derive(Debug)]
pub struct Query(Vec<(String, String)>);

impl FromRequest for Query {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

impl Query {
    /// The query string of `request`.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        Self::read(request.query_string())
    }

    /// A query string, or a form, which is written alike.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self(url::form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// Refuses keys other than `known`: a misspelt filter must not be ignored.
    ///
    /// # Errors
    /// `invalid-request` that lists those that are known.
    pub fn only(self, known: &[&str]) -> Result<Self, Problem> {
        if self.0.iter().all(|(key, _)| known.contains(&key.as_str())) {
            return Ok(self);
        }
        Err(match known {
            [] => invalid(".", "the query takes no parameters"),
            known => invalid(".", &format!("the query knows only: {}", known.join(", "))),
        })
    }

    /// All values of `key`, in order; one that is repeated is there so often.
    ///
    /// # Errors
    /// `invalid-request`: one cannot be read, or there are more than 200.
    pub fn all<T: FromStr<Err: Display>>(&self, key: &str) -> Result<Vec<T>, Problem> {
        let values: Vec<_> = self.0.iter().filter(|(name, _)| name == key).collect();
        if values.len() > MOST_VALUES {
            return Err(invalid(key, &format!("may be given at most {MOST_VALUES} times")));
        }
        values
            .into_iter()
            .map(|(_, value)| value.parse().map_err(|error| invalid(key, &format!("{error}"))))
            .collect()
    }

    /// What `key` names, in whatever order and however often each was said.
    ///
    /// # Errors
    /// As [`all`](Self::all).
    pub fn set<T: FromStr<Err: Display> + Ord>(&self, key: &str) -> Result<BTreeSet<T>, Problem> {
        Ok(self.all::<T>(key)?.into_iter().collect())
    }

    /// The value of `key`, if it is there.
    ///
    /// # Errors
    /// `invalid-request`: it cannot be read, or is there more than once.
    pub fn optional<T: FromStr<Err: Display>>(&self, key: &str) -> Result<Option<T>, Problem> {
        let mut values = self.all(key)?;
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(invalid(key, "may be given only once")),
        }
    }

    /// The day that `key` says.
    ///
    /// # Errors
    /// `invalid-request`: it is missing, no day, or there more than once.
    pub fn day(&self, key: &str) -> Result<Date, Problem> {
        self.one(key).map(|Day(date)| date)
    }

    /// The day that `key` says, if it is there.
    ///
    /// # Errors
    /// `invalid-request`: it is no day, or there more than once.
    pub fn optional_day(&self, key: &str) -> Result<Option<Date>, Problem> {
        Ok(self.optional(key)?.map(|Day(date)| date))
    }

    /// The value of `key`.
    ///
    /// # Errors
    /// `invalid-request`: it is missing, cannot be read, or is there more than once.
    pub fn one<T: FromStr<Err: Display>>(&self, key: &str) -> Result<T, Problem> {
        self.optional(key)?.ok_or_else(|| invalid(key, "is missing"))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn query(text: &str) -> Query {
        Query::of(&TestRequest::with_uri(&format!("/?{text}")).to_http_request())
    }

    fn told(problem: &Problem) -> String {
        problem.document()["detail"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_parameter_is_known_there_once_and_what_it_must_be() {
        let good = query("n=1&n=2&day=2027-01-05").only(&["n", "day"]).unwrap();
        assert_eq!(good.all::<u8>("n").unwrap(), [1, 2]);
        assert_eq!(good.day("day").unwrap(), jiff::civil::date(2027, 1, 5));
        assert_eq!(good.optional::<u8>("other").unwrap(), None);
        assert_eq!(told(&good.one::<u8>("n").unwrap_err()), "n: may be given only once");
        assert_eq!(told(&good.one::<u8>("other").unwrap_err()), "other: is missing");
        let unknown = query("m=1").only(&["n"]).unwrap_err();
        assert_eq!(told(&unknown), "the query knows only: n");
        assert_eq!(told(&query("m").only(&[]).unwrap_err()), "the query takes no parameters");
    }

    #[test]
    fn an_instant_where_a_day_is_asked_is_refused_and_not_cut() {
        let refused = query("date=2026-12-01T23:30:00%2B01:00").day("date").unwrap_err();
        assert_eq!(told(&refused), "date: must be a local day like 2027-01-05, without a time");
    }
}
