//! The desk: staff check documents and resolve cases that need one.

mod authenticate_staff;
mod cases;
mod identify;
mod known_person;
mod note_reading;
mod open_case;
mod prove_address;
mod read_case;
mod resolve;
mod reverse;
mod take_call;

use ::store::StoreError;
pub(crate) use authenticate_staff::authenticate_staff;
pub(crate) use cases::{approve, propose, propose_merge, propose_reversal};
pub(crate) use identify::{Document, identify};
use ids::{AuthorityId, CaseCode, StaffId};
pub(crate) use known_person::known_person;
use messaging::SealError;
pub(crate) use open_case::open_case_of_log_in;
use problem::Problem;
pub(crate) use prove_address::prove_address;
pub(crate) use read_case::{
    KnownPerson, OpenProposal, OpenedCase, ProposedEffect, read, read_of_person,
};
pub(crate) use take_call::{caller, take_call};

use super::{LoginFailure, OAuthError, contact::ContactError, evidence::EvidenceError};
use crate::person::case::CaseError;

/// A member of staff at one authority.
#[derive(Debug, Clone)]
pub(crate) struct DeskStaff {
    pub(crate) authority: AuthorityId,
    /// The pseudonym at this authority.
    pub(crate) id: StaffId,
    /// The account, the same at every authority: two pairs of eyes are two accounts.
    pub(crate) account: String,
}

impl DeskStaff {
    /// The name for cases and the audit table.
    pub(crate) fn actor(&self) -> String {
        format!("staff:{}", self.account)
    }
}

/// The account of an [`actor`](DeskStaff::actor).
fn account_of(actor: &str) -> &str {
    actor.strip_prefix("staff:").unwrap_or(actor)
}

/// Why a desk request is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeskError {
    #[error("it is unclear who this is")]
    Unclear(CaseCode),
    #[error("a name or a readable date of birth is missing")]
    TooLittle,
    #[error("so many strangers a day need a second member of staff")]
    SecondPerson(CaseCode),
    #[error("the address is not accepted")]
    Address(#[source] Problem),
    #[error("there is no such case")]
    NoSuchCase,
    #[error("there is no such person at this authority")]
    NoSuchPerson,
    #[error("case {0} has to be settled first: it decides which person this is")]
    CaseOpen(CaseCode),
    #[error("this resolution does not fit the case")]
    ResolutionMismatch,
    #[error(transparent)]
    Case(#[from] CaseError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("a token cannot be signed")]
    Sign(#[source] OAuthError),
    #[error(transparent)]
    Contact(#[from] ContactError),
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    #[error(transparent)]
    Recognise(#[from] LoginFailure),
}
