//! Offers at short notice, to people of a waiting list who can come at once.

use serde::{Deserialize, Serialize};

/// How much notice an offer gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferNotice {
    /// Minutes, for people who can come at once. Not to answer it costs nothing.
    Short,
    /// Hours or days to decide.
    #[default]
    #[serde(other)]
    Usual,
}

/// The last day on which a person can come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandBy {
    /// Of the day of the request.
    Today,
    /// Of the day after.
    Tomorrow,
}
