//! A case: something about persons that only staff can decide, and never one alone.
//!
//! ```text
//! open -> proposed -> settled -> reversal proposed -> reversed
//! ```

use ids::PersonId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// It is this person, in a new way.
    Same(PersonId),
    /// It is another person.
    Other,
    /// Two persons are one human: the second is dissolved in the first.
    Merge {
        /// The person that remains.
        kept: PersonId,
        /// The person that is dissolved.
        dissolved: PersonId,
        /// How often the first and the second had been merged or split when it was proposed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<[i64; 2]>,
    },
}

/// What a settled case changed, so that it can be undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The person that it concerned.
    pub person: Option<PersonId>,
    /// The dissolved person, in a merge.
    pub taken_from: Option<PersonId>,
    /// Accounts and cards that were added, as `provider/hash`.
    pub keys: Vec<(String, String)>,
    /// Name claims that were added; in a merge, all that the dissolved person had.
    pub claims: Vec<StoredClaim>,
    /// In a merge, those of them that the kept person had not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<Vec<StoredClaim>>,
    /// Whether the dissolved person's address became the kept one's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub address: bool,
}

/// A name claim as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredClaim {
    /// The fingerprint.
    pub fingerprint: String,
    /// `full` or `weaker`.
    pub form: String,
    /// How it was proven.
    pub level: String,
}

/// Where a case stands. `by` and the like name members of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum CaseState {
    /// Not proposed yet.
    Open,
    /// One member of staff proposed a resolution.
    Proposed {
        /// The resolution.
        #[serde(rename = "ruling")]
        resolution: Resolution,
        /// The proposer.
        by: String,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
    /// Another one approved it, and it was applied.
    Settled {
        /// The resolution.
        #[serde(rename = "ruling")]
        resolution: Resolution,
        /// The proposer.
        by: String,
        /// The approver.
        approved_by: String,
        /// What changed.
        effect: Effect,
    },
    /// One proposed to undo it.
    ReversalProposed {
        /// What changed.
        effect: Effect,
        /// The proposer.
        by: String,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
    /// Another one approved that, and it was undone.
    Reversed {
        /// The proposer.
        by: String,
        /// The approver.
        approved_by: String,
    },
}

/// What an approval makes happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Do as proposed.
    Settle(Resolution),
    /// Undo this.
    Reverse(Effect),
}

/// What waits for a second member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal<'a> {
    /// What an approval would make happen.
    pub step: Step,
    /// The proposer.
    pub by: &'a str,
    /// When; unknown of proposals by earlier versions.
    pub at: Option<Timestamp>,
}

/// A step that a case does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// Proposer and approver must be two members of staff.
    #[error("a second member of staff must approve")]
    SecondPersonNeeded,
    /// Not in this state.
    #[error("the case is in another state")]
    WrongState,
    /// The approval names another proposal than the one that waits.
    #[error("the proposal is another one than was read")]
    AnotherProposal,
    /// A person of the case was merged or split since the proposal, or before it was undone.
    #[error("a person of the case is another one by now")]
    PersonsChanged,
}

impl CaseState {
    /// The state's name, for comparison in the database.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Proposed { .. } => "proposed",
            Self::Settled { .. } => "settled",
            Self::ReversalProposed { .. } => "reversal_proposed",
            Self::Reversed { .. } => "reversed",
        }
    }

    /// Proposes a resolution. A proposal may be replaced until it is approved.
    ///
    /// # Errors
    /// The case is settled.
    pub fn propose(
        self,
        resolution: Resolution,
        by: &str,
        at: Timestamp,
    ) -> Result<Self, CaseError> {
        match self {
            Self::Open | Self::Proposed { .. } => {
                Ok(Self::Proposed { resolution, by: by.to_owned(), at: Some(at) })
            }
            Self::Settled { .. } | Self::ReversalProposed { .. } | Self::Reversed { .. } => {
                Err(CaseError::WrongState)
            }
        }
    }

    /// Proposes to undo a settled case.
    ///
    /// # Errors
    /// The case is not settled.
    pub fn propose_reversal(self, by: &str, at: Timestamp) -> Result<Self, CaseError> {
        match self {
            Self::Settled { effect, .. } => {
                Ok(Self::ReversalProposed { effect, by: by.to_owned(), at: Some(at) })
            }
            Self::Open
            | Self::Proposed { .. }
            | Self::ReversalProposed { .. }
            | Self::Reversed { .. } => Err(CaseError::WrongState),
        }
    }

    /// What waits for a second member of staff, if something does.
    #[must_use]
    pub fn proposal(&self) -> Option<Proposal<'_>> {
        match self {
            Self::Proposed { resolution, by, at } => {
                Some(Proposal { step: Step::Settle(resolution.clone()), by, at: *at })
            }
            Self::ReversalProposed { effect, by, at } => {
                Some(Proposal { step: Step::Reverse(effect.clone()), by, at: *at })
            }
            Self::Open | Self::Settled { .. } | Self::Reversed { .. } => None,
        }
    }

    /// The kept and the dissolved person, if two persons are merged or about to be.
    #[must_use]
    pub fn merge(&self) -> Option<[PersonId; 2]> {
        match self {
            Self::Proposed { resolution: Resolution::Merge { kept, dissolved, .. }, .. }
            | Self::Settled { resolution: Resolution::Merge { kept, dissolved, .. }, .. }
            | Self::ReversalProposed {
                effect: Effect { person: Some(kept), taken_from: Some(dissolved), .. },
                ..
            } => Some([*kept, *dissolved]),
            _ => None,
        }
    }

    /// What the approval of `by` makes happen.
    ///
    /// # Errors
    /// It was proposed by the same member of staff, or nothing is proposed.
    pub fn approve(&self, by: &str) -> Result<Step, CaseError> {
        let proposal = self.proposal().ok_or(CaseError::WrongState)?;
        if proposal.by == by { Err(CaseError::SecondPersonNeeded) } else { Ok(proposal.step) }
    }

    /// The state after an approved step was done.
    ///
    /// # Errors
    /// Nothing was proposed.
    pub fn done(self, approved_by: &str, effect: Effect) -> Result<Self, CaseError> {
        let approved_by = approved_by.to_owned();
        match self {
            Self::Proposed { resolution, by, .. } => {
                Ok(Self::Settled { resolution, by, approved_by, effect })
            }
            Self::ReversalProposed { by, .. } => Ok(Self::Reversed { by, approved_by }),
            Self::Open | Self::Settled { .. } | Self::Reversed { .. } => Err(CaseError::WrongState),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_takes_two_members_of_staff_each_way() {
        let case =
            CaseState::Open.propose(Resolution::Other, "anna", Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(case.approve("anna"), Err(CaseError::SecondPersonNeeded));
        assert_eq!(case.approve("bert"), Ok(Step::Settle(Resolution::Other)));
        let case = case.done("bert", Effect::default()).unwrap();
        assert_eq!(case.approve("anna"), Err(CaseError::WrongState));
        let case = case.propose_reversal("bert", Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(case.approve("bert"), Err(CaseError::SecondPersonNeeded));
        assert_eq!(case.approve("anna"), Ok(Step::Reverse(Effect::default())));
        let case = case.done("anna", Effect::default()).unwrap();
        assert_eq!(case.name(), "reversed");
        let again = case.propose(Resolution::Other, "anna", Timestamp::UNIX_EPOCH);
        assert_eq!(again, Err(CaseError::WrongState));
    }

    #[test]
    fn a_case_that_an_earlier_version_wrote_is_read_and_written_as_it_was() {
        for text in [
            r#"{"state":"proposed","ruling":"other","by":"anna"}"#,
            r#"{"state":"reversal_proposed","effect":{"person":null,"taken_from":null,"keys":[],"claims":[]},"by":"anna"}"#,
        ] {
            let case: CaseState = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&case).unwrap(), text);
            assert_eq!(case.proposal().unwrap().at, None);
        }
    }

    #[test]
    fn nothing_happens_out_of_order() {
        assert_eq!(CaseState::Open.approve("anna"), Err(CaseError::WrongState));
        let reversal = CaseState::Open.propose_reversal("anna", Timestamp::UNIX_EPOCH);
        assert_eq!(reversal, Err(CaseError::WrongState));
        assert_eq!(CaseState::Open.done("anna", Effect::default()), Err(CaseError::WrongState));
    }
}
