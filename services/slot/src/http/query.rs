//! A query string in which a key may be repeated.

use std::{
    collections::BTreeSet,
    fmt::Display,
    future::{Ready, ready},
    str::FromStr,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use jiff::civil::Date;
use problem::Problem;

use super::{body::invalid, values::Day};

/// How often one key may be repeated: more than any catalogue has locations, or a visit services.
const MOST_VALUES: usize = 200;

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

    /// All values of `key`, in order; one that is repeated is there so often.
    pub(super) fn all<T: FromStr<Err: Display>>(&self, key: &str) -> Result<Vec<T>, Problem> {
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
    pub(super) fn set<T: FromStr<Err: Display> + Ord>(
        &self,
        key: &str,
    ) -> Result<BTreeSet<T>, Problem> {
        Ok(self.all::<T>(key)?.into_iter().collect())
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
