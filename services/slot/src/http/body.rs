//! A JSON body whose errors name the field: `libs/problem` reads it, for every service alike.

pub(super) use problem::body::{Body, LONGEST, Longest, NoBody, Object, OptionalBody, invalid};
