//! What a colleague compares and reads before they agree. It is sealed as one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::WantedSeats;
use crate::person_data::Visitor;

/// What a colleague compares and reads before they agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The person, to be compared with the document.
    #[serde(flatten)]
    pub visitor: Visitor,
    /// The draw or the waiting list, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<LaterSeat>,
}

impl From<Visitor> for Proposal {
    fn from(visitor: Visitor) -> Self {
        Self { visitor, later: None }
    }
}

/// A seat that is given later, by a draw or a waiting list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterSeat {
    /// What is to be done.
    pub what: LaterAct,
    /// The Monday of the week whose seats are drawn; `None` for a waiting list.
    pub week: Option<Date>,
    /// How many come together.
    pub people: u16,
    /// What the person wishes, the best first.
    pub wishes: Vec<WantedSeats>,
}

/// What staff do for a person with a draw or a waiting list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LaterAct {
    /// Enter them into a draw, or change their entry.
    EnterDraw,
    /// Withdraw their entry, or decline the seat that was drawn for them.
    WithdrawFromDraw,
    /// Put them into a waiting list, or change their place.
    JoinWaitingList,
    /// Take them out of it.
    LeaveWaitingList,
}
