//! A query string in which a key may be repeated.

use std::{
    fmt::Display,
    future::{Ready, ready},
    str::FromStr,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use jiff::civil::Date;
use problem::Problem;

use super::{body::invalid, values::Day};

/// The pairs of the query string.
pub(super) struct Query(Vec<(String, String)>);

impl FromRequest for Query {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

impl Query {
    /// The query string of `request`.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let pairs = url::form_urlencoded::parse(request.query_string().as_bytes());
        Self(pairs.into_owned().collect())
    }

    /// Refuses keys other than `known`: a misspelt filter must not be ignored.
    pub(super) fn only(self, known: &[&str]) -> Result<Self, Problem> {
        if self.0.iter().all(|(key, _)| known.contains(&key.as_str())) {
            return Ok(self);
        }
        Err(match known {
            [] => invalid(".", "the query takes no parameters"),
            known => invalid(".", &format!("the query knows only: {}", known.join(", "))),
        })
    }

    /// All values of `key`, in order.
    pub(super) fn all<T: FromStr<Err: Display>>(&self, key: &str) -> Result<Vec<T>, Problem> {
        self.0
            .iter()
            .filter(|(name, _)| name == key)
            .map(|(_, value)| value.parse().map_err(|error| invalid(key, &format!("{error}"))))
            .collect()
    }

    /// The value of `key`, if it is there.
    pub(super) fn optional<T: FromStr<Err: Display>>(
        &self,
        key: &str,
    ) -> Result<Option<T>, Problem> {
        let mut values = self.all(key)?;
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(invalid(key, "may be given only once")),
        }
    }

    /// The day that `key` says.
    pub(super) fn day(&self, key: &str) -> Result<Date, Problem> {
        self.one(key).map(|Day(date)| date)
    }

    /// The day that `key` says, if it is there.
    pub(super) fn optional_day(&self, key: &str) -> Result<Option<Date>, Problem> {
        Ok(self.optional(key)?.map(|Day(date)| date))
    }

    /// The value of `key`.
    pub(super) fn one<T: FromStr<Err: Display>>(&self, key: &str) -> Result<T, Problem> {
        self.optional(key)?.ok_or_else(|| invalid(key, "is missing"))
    }
}
