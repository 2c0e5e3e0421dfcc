//! Why a service did not take what staff filled in, as far as staff can do something about it.

use std::borrow::Cow;

use client::ClientError;

use super::person_form::Mistake;
use crate::text::Texts;

/// Which service did not take it.
#[derive(Debug)]
pub(super) enum Refused {
    /// The identity service, which says who the person is.
    Identity(ClientError),
    /// The authority, which is asked for something for them.
    Authority(ClientError),
}

impl From<Refused> for ClientError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Identity(error) | Refused::Authority(error) => error,
        }
    }
}

/// Why the services did not take it, as far as staff can do something about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A field is wrong.
    Field(Mistake),
    /// It is unclear who the person is: a case is to be decided first.
    Unclear(String),
    /// A colleague must agree that the person is a new one.
    NewPerson(String),
    /// A colleague must agree to what is asked for the person.
    Second(String),
    /// The case is not decided, or was used up.
    CaseState,
    /// The person did it online: it is theirs alone.
    Online,
}

impl Trouble {
    /// `None` for what is explained on a page of its own.
    pub(super) fn of(refused: &Refused) -> Option<Self> {
        let (Refused::Identity(error) | Refused::Authority(error)) = refused;
        let refusal = error.refusal()?;
        let member = |name: &str| refusal.extensions.get(name).and_then(|value| value.as_str());
        let case = || member("case").unwrap_or_default().to_owned();
        Some(match refusal.code.as_str() {
            "invalid-request" => Self::Field(wrong_field(member("field")?)?),
            "person-unclear" => Self::Unclear(case()),
            "second-person-needed" => match refused {
                Refused::Identity(_) => Self::NewPerson(case()),
                Refused::Authority(_) => Self::Second(case()),
            },
            "case-state" => Self::CaseState,
            "made-online" | "online-ticket" => Self::Online,
            _ => return None,
        })
    }

    /// Title and body of what is said above the form.
    pub(super) fn words(&self, texts: Texts) -> Option<(Cow<'static, str>, Cow<'static, str>)> {
        Some(match self {
            Self::Field(_) => return None,
            Self::Unclear(case) => {
                (texts.text("desk-unclear"), texts.fill("desk-unclear-body", "case", case.as_str()))
            }
            Self::NewPerson(case) => (
                texts.text("desk-new-person"),
                texts.fill("desk-new-person-body", "case", case.as_str()),
            ),
            Self::Second(case) => {
                (texts.text("desk-second"), texts.fill("desk-second-body", "case", case.as_str()))
            }
            Self::CaseState => (texts.text("desk-case-state"), texts.text("desk-case-state-body")),
            Self::Online => (texts.text("desk-online"), texts.text("desk-online-body")),
        })
    }
}

/// The field of the page that a field of the API is.
fn wrong_field(field: &str) -> Option<Mistake> {
    Some(match field {
        "family_name" => ("family-name", "desk-wrong-name"),
        "given_names" => ("given-names", "desk-wrong-name"),
        "birth_name" => ("birth-name", "desk-wrong-name"),
        "place_of_birth" => ("place-of-birth", "desk-wrong-name"),
        "birth_date" => ("birth-date", "desk-wrong-birthdate"),
        "phone" => ("phone", "desk-wrong-phone"),
        "case" => ("case", "desk-wrong-case"),
        "wishes" | "people" => ("any", "desk-wrong-wishes"),
        other if other.ends_with("note") => ("note", "desk-wrong-note"),
        _ => return None,
    })
}
