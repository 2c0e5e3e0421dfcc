//! Who a person is, where only two members of staff can decide it: `/desk/cases` of the identity service.

use ids::CaseCode;
use serde::{Deserialize, Serialize};

use super::IdentityApi;
use crate::{AccessToken, ClientError, known::known};

/// Where a case about a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonCaseState {
    /// There is no proposal yet.
    Open,
    /// A second member of staff has yet to agree.
    Proposed,
    /// They did.
    Settled,
    /// It is to be undone, and a second member of staff has yet to agree.
    ReversalProposed,
    /// It was undone.
    Reversed,
}

/// What an agreement makes happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonEffect {
    /// It is one of the known persons.
    Candidate,
    /// The person is new: no known one is meant.
    AnotherPerson,
    /// Two persons are one human.
    Merge,
    /// What was settled is undone.
    Reversal,
}

/// A case about a person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PersonCase {
    /// As the colleague says it.
    pub code: CaseCode,
    /// Where it stands; `None` for a state that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub state: Option<PersonCaseState>,
    /// Whether a log-in opened it.
    ///
    /// Older services do not say so.
    #[serde(default)]
    pub is_of_log_in: bool,
    /// What the log-in or the document said; `None` in a merge.
    #[serde(default)]
    pub person: Option<PersonData>,
    /// Whom it may be.
    ///
    /// In the order of the case; a proposal names one by its position.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// Both persons of a merge.
    #[serde(default)]
    pub merge: Option<MergedPersons>,
    /// What a second member of staff is to agree to.
    #[serde(default)]
    pub proposal: Option<PersonProposal>,
}

/// A known person that it may be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Candidate {
    /// From 1: what a proposal names.
    pub number: usize,
    /// How each part agrees with what was stated; `None` if what they proved was deleted after long inactivity.
    #[serde(default)]
    pub agreement: Option<Agreements>,
}

/// How a part of what was stated agrees with a known person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The same, however it is written.
    Same,
    /// One says more than the other.
    Partly,
    /// It is another family name of the person.
    OtherName,
    /// Something else.
    Different,
    /// One of both says nothing of it.
    Unknown,
}

/// How the parts agree.
///
/// `None` for a word that this client does not know yet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Agreements {
    /// The given names.
    #[serde(deserialize_with = "known")]
    pub given_names: Option<Agreement>,
    /// The family name.
    #[serde(deserialize_with = "known")]
    pub family_name: Option<Agreement>,
    /// The name at birth.
    #[serde(deserialize_with = "known")]
    pub birth_name: Option<Agreement>,
    /// The date of birth.
    #[serde(deserialize_with = "known")]
    pub birth_date: Option<Agreement>,
    /// The place of birth.
    #[serde(deserialize_with = "known")]
    pub place_of_birth: Option<Agreement>,
}

/// The persons of a merge.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MergedPersons {
    /// Who stays.
    pub kept: MergedPerson,
    /// Whose bookings go to the other.
    pub dissolved: MergedPerson,
}

/// One of them.
///
/// What is compared with documents: names, dates and places as they were proven.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MergedPerson {
    /// What they proved; `None` if it was deleted after long inactivity.
    #[serde(default)]
    pub person: Option<PersonData>,
}

/// What is compared with the document.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct PersonData {
    /// Given names; `None` for people with a single name.
    #[serde(default)]
    pub given_names: Option<String>,
    /// Family name.
    pub family_name: String,
    /// Name at birth.
    #[serde(default)]
    pub birth_name: Option<String>,
    /// Date of birth, `1980-04-17`, or `1980-04` or `1980` if the document says no more.
    pub birth_date: String,
    /// Place of birth.
    #[serde(default)]
    pub place_of_birth: Option<String>,
}

impl std::fmt::Debug for PersonData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonData").finish_non_exhaustive()
    }
}

/// What is proposed.
///
/// One member of staff made it, and another one must agree.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PersonProposal {
    /// What an agreement names. It is the reader's own, and another one after each change of the case.
    pub id: String,
    /// What happens then; `None` for an effect that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub effect: Option<PersonEffect>,
    /// Whether the reader made it: then a colleague must agree.
    #[serde(default)]
    pub is_own: bool,
    /// The number of the known person; `None` with other effects, or if they are not listed any more.
    #[serde(default)]
    pub candidate: Option<usize>,
}

/// The proposal that the page showed: agreement to another one is refused.
#[derive(Serialize)]
struct Approval<'a> {
    proposal: &'a str,
}

/// The position of the candidate; `None` if it is a new person.
#[derive(Serialize)]
struct Proposal {
    candidate: Option<usize>,
}

impl IdentityApi {
    /// Reads a case about a person. The case of a log-in is then that of the authority of `token`.
    ///
    /// # Errors
    /// `not-found`; `forbidden` if the caller is not staff there; an outage.
    pub async fn person_case(
        &self,
        token: &AccessToken,
        code: CaseCode,
    ) -> Result<PersonCase, ClientError> {
        self.at_desk(token).read(&["cases", &code.to_string()]).await
    }

    /// Proposes that it is the known person with this number, or with `None` a new one.
    ///
    /// # Errors
    /// `case-state`, `not-found`, `invalid-request` if there is no such number; an outage.
    pub async fn propose_person(
        &self,
        token: &AccessToken,
        code: CaseCode,
        candidate: Option<usize>,
    ) -> Result<(), ClientError> {
        let path = ["cases", &code.to_string(), "proposal"];
        self.at_desk(token).act_with(&path, &Proposal { candidate }).await
    }

    /// Agrees to the proposal that was read.
    ///
    /// # Errors
    /// `second-person-needed` if it is one's own; `case-state` if it is not the present one; `not-found`; an
    /// outage.
    pub async fn approve_person_case(
        &self,
        token: &AccessToken,
        code: CaseCode,
        proposal: &str,
    ) -> Result<(), ClientError> {
        let path = ["cases", &code.to_string(), "approval"];
        self.at_desk(token).act_with(&path, &Approval { proposal }).await
    }
}
