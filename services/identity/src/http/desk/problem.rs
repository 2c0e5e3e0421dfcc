//! Problem documents of the desk.

use problem::{Problem, types};

use crate::{app::desk::DeskError, person::case::CaseError};

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Unclear(code) | DeskError::CaseOpen(code) => {
                Self::new(&types::PERSON_UNCLEAR).with("case", code.to_string())
            }
            DeskError::SecondPerson(code) => {
                Self::new(&types::SECOND_PERSON_NEEDED).with("case", code.to_string())
            }
            DeskError::Address(problem) => problem,
            DeskError::TooLittle => Self::new(&types::INVALID_REQUEST)
                .detail("family_name and birth_date must be those of the document."),
            DeskError::NoSuchCase | DeskError::NoSuchPerson => Self::new(&types::NOT_FOUND),
            DeskError::ResolutionMismatch => Self::new(&types::INVALID_REQUEST)
                .detail("`candidate` must be a number of the case, or null for somebody else."),
            DeskError::Case(CaseError::SecondPersonNeeded) => {
                Self::new(&types::SECOND_PERSON_NEEDED)
            }
            DeskError::Case(CaseError::WrongState) => Self::new(&types::CASE_STATE),
            DeskError::Case(CaseError::AnotherProposal) => Self::new(&types::CASE_STATE).detail(
                "This is not the id of the present proposal as you read it. Read the case and \
                 compare what is proposed now.",
            ),
            DeskError::Case(CaseError::PersonsChanged) => Self::new(&types::CASE_STATE).detail(
                "One of these persons was merged or split meanwhile. Look at both again and \
                 propose it anew if it still holds.",
            ),
            DeskError::Store(error) => Self::new(&types::INTERNAL).caused_by(error),
            DeskError::Seal(error) => Self::new(&types::INTERNAL).caused_by(error),
            DeskError::Sign(error) => Self::new(&types::INTERNAL).caused_by(error),
            DeskError::Contact(error) => Self::new(&types::INTERNAL).caused_by(error),
            DeskError::Evidence(error) => Self::new(&types::INTERNAL).caused_by(error),
            DeskError::Recognise(error) => Self::new(&types::INTERNAL).caused_by(error),
        }
    }
}
