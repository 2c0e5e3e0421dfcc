//! A query string in which a key may be repeated: `libs/problem` reads it, for every service alike.

pub(super) use problem::query::Query;
