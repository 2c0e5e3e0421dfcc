//! The tables. Nothing outside this folder sees SeaORM's types except a transaction to pass on.

pub(crate) mod attempts;
pub(crate) mod audit;
pub(crate) mod cases;
pub(crate) mod clients;
pub(crate) mod codes;
pub(crate) mod contacts;
pub(crate) mod doubts;
pub(crate) mod draw_tickets;
pub(crate) mod email_claims;
pub(crate) mod ended_tokens;
pub(crate) mod evidence;
pub(crate) mod holdings;
pub(crate) mod migrations;
mod person_rows;
pub(crate) mod personal;
pub(crate) mod persons;
pub(crate) mod pushed_requests;
pub(crate) mod refresh_tokens;
pub(crate) mod sessions;
pub(crate) mod standing;
pub(crate) mod ticket_draws;

use ::store::StoreError;
pub(crate) use ::store::used_once;
use jiff::Timestamp;
use sea_orm::DbErr;

/// What every function here returns.
pub(crate) type StoreResult<T> = Result<T, StoreError>;

/// Reads a stored identifier; a row that makes no sense names its table and column.
fn parse<T: std::str::FromStr>(column: &'static str, text: &str) -> StoreResult<T> {
    text.parse().map_err(|_| corrupt(column))
}

fn time(column: &'static str, milliseconds: i64) -> StoreResult<Timestamp> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| corrupt(column))
}

fn corrupt(column: &'static str) -> StoreError {
    StoreError::Query(DbErr::Type(format!("{column} holds something unreadable")))
}

/// A connection or a transaction, for reads.
pub(crate) use sea_orm::ConnectionTrait as Connection;
