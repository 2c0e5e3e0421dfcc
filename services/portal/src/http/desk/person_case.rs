//! A case of the identity service in words: the persons to whom a document or log-in may belong, and
//! what is proposed.

use std::borrow::Cow;

use client::{
    Agreement, Agreements, PersonCase, PersonCaseState, PersonData, PersonEffect, PersonProposal,
};
use ids::CaseCode;

use super::{cases::OWN, written::birth_date_shown};
use crate::{http::person_name::name_of, text::Texts};

/// The value of the button that says: this is a new person.
pub(super) const NEW: &str = "new";

/// The case in words.
pub(super) struct PersonCasePart {
    pub(super) code: CaseCode,
    /// What happens if the colleague agrees, or what is to be decided.
    pub(super) deed: Cow<'static, str>,
    /// The text that says where it stands.
    pub(super) state: &'static str,
    /// All persons of the case, to be compared with the document.
    pub(super) people: Vec<Compared>,
    /// The proposal, if it can be agreed to.
    pub(super) proposal: Option<String>,
    /// What can be proposed: the value of the button, and its text.
    pub(super) choices: Vec<(String, Cow<'static, str>)>,
}

/// One of the people of a case.
pub(super) struct Compared {
    /// Which of the persons of the case it is.
    pub(super) heading: Cow<'static, str>,
    /// What was stated of them, or how what is known agrees with it, each with the text that says what it is; empty if
    /// it was deleted.
    pub(super) facts: Vec<(&'static str, String)>,
    /// The text that says why it is unclear though nothing differs.
    pub(super) note: Option<&'static str>,
}

impl PersonCasePart {
    pub(super) fn new(texts: Texts, case: PersonCase) -> Self {
        let choices = choices(texts, &case);
        let is_own = case.proposal.as_ref().is_some_and(|proposal| proposal.is_own);
        Self {
            code: case.code,
            deed: deed(texts, case.proposal.as_ref()),
            state: if is_own { OWN } else { state(&case) },
            people: people(texts, &case),
            proposal: case
                .proposal
                .filter(|proposal| !is_own && is_understood(proposal))
                .map(|proposal| proposal.id),
            choices,
        }
    }
}

/// The persons who can be proposed, without the one who is proposed now: another proposal takes the place of one
/// that a colleague disagrees with.
fn choices(texts: Texts, case: &PersonCase) -> Vec<(String, Cow<'static, str>)> {
    if !is_undecided(case) || case.person.is_none() {
        return Vec::new();
    }
    let numbers = case.candidates.iter().map(|candidate| candidate.number.to_string());
    let known = numbers.map(|number| {
        let text = texts.fill("desk-case-is-known", "number", number.as_str());
        (number, text)
    });
    let new = (NEW.to_owned(), texts.text("desk-case-is-new"));
    let proposed = case.proposal.as_ref().and_then(|proposal| match proposal.effect? {
        PersonEffect::Candidate => proposal.candidate.map(|number| number.to_string()),
        PersonEffect::AnotherPerson => Some(NEW.to_owned()),
        PersonEffect::Merge | PersonEffect::Reversal => None,
    });
    let all = known.chain(std::iter::once(new));
    all.filter(|(value, _)| Some(value) != proposed.as_ref()).collect()
}

/// Whether nobody knows yet who the person is.
fn is_undecided(case: &PersonCase) -> bool {
    matches!(case.state, Some(PersonCaseState::Open | PersonCaseState::Proposed))
}

/// Whether the page can say what an agreement would do. What cannot be read must not be agreed to.
fn is_understood(proposal: &PersonProposal) -> bool {
    match proposal.effect {
        Some(PersonEffect::Candidate) => proposal.candidate.is_some(),
        Some(PersonEffect::AnotherPerson | PersonEffect::Merge | PersonEffect::Reversal) => true,
        None => false,
    }
}

fn deed(texts: Texts, proposal: Option<&PersonProposal>) -> Cow<'static, str> {
    let Some(proposal) = proposal else { return texts.text("desk-case-who") };
    match (proposal.effect, proposal.candidate) {
        (Some(PersonEffect::Candidate), Some(number)) => {
            texts.fill("desk-case-known", "number", number.to_string())
        }
        (Some(PersonEffect::AnotherPerson), _) => texts.text("desk-case-new"),
        (Some(PersonEffect::Merge), _) => texts.text("desk-case-merge"),
        (Some(PersonEffect::Reversal), _) => texts.text("desk-case-undo"),
        (Some(PersonEffect::Candidate) | None, _) => texts.text("desk-case-other"),
    }
}

fn state(case: &PersonCase) -> &'static str {
    match case.state {
        Some(PersonCaseState::Open) => "desk-case-unsaid",
        Some(PersonCaseState::Proposed | PersonCaseState::ReversalProposed) => "desk-case-open",
        // No clerk asked: the person did, by a login.
        Some(PersonCaseState::Settled) if case.is_of_log_in => "desk-case-login-settled",
        // Once two colleagues have settled it, the clerk who asked for the person sends the same
        // form again.
        Some(PersonCaseState::Settled) if case.merge.is_none() => "desk-case-approved",
        Some(PersonCaseState::Settled | PersonCaseState::Reversed) | None => "desk-case-done",
    }
}

fn people(texts: Texts, case: &PersonCase) -> Vec<Compared> {
    let part = |heading, person: Option<&PersonData>| Compared {
        heading,
        facts: facts(person),
        note: None,
    };
    let mut people = Vec::new();
    if let Some(person) = &case.person {
        people.push(part(texts.text("desk-case-document"), Some(person)));
    }
    people.extend(case.candidates.iter().map(|candidate| {
        let number = candidate.number.to_string();
        let heading = texts.fill("desk-case-candidate", "number", number.as_str());
        let known = candidate.agreement.as_ref();
        let is_unclear = is_undecided(case) && known.is_some_and(is_alike);
        let note = is_unclear.then_some("desk-case-alike");
        Compared { heading, facts: agreements(texts, known), note }
    }));
    if let Some(merge) = &case.merge {
        people.push(part(texts.text("desk-case-kept"), merge.kept.person.as_ref()));
        people.push(part(texts.text("desk-case-dissolved"), merge.dissolved.person.as_ref()));
    }
    people
}

/// Whether no part that can be compared differs: names agree however they are written, so the page shows no reason why
/// somebody must decide.
fn is_alike(known: &Agreements) -> bool {
    let all = [
        known.family_name,
        known.given_names,
        known.birth_name,
        known.birth_date,
        known.place_of_birth,
    ];
    all.iter().all(|part| matches!(part, Some(Agreement::Same | Agreement::Unknown)))
}

/// How the parts of what was stated agree with a known person. What the person has besides is not said.
fn agreements(texts: Texts, known: Option<&Agreements>) -> Vec<(&'static str, String)> {
    let Some(known) = known else { return Vec::new() };
    let all = [
        ("desk-family-name", known.family_name),
        ("desk-given-names", known.given_names),
        ("desk-case-name-at-birth", known.birth_name),
        ("desk-birthdate", known.birth_date),
        ("desk-place-of-birth", known.place_of_birth),
    ];
    let in_words = |agreement| match agreement {
        Some(Agreement::Same) => "desk-agrees",
        Some(Agreement::Partly) => "desk-agrees-partly",
        Some(Agreement::OtherName) => "desk-agrees-other",
        Some(Agreement::Different) => "desk-agrees-not",
        Some(Agreement::Unknown) | None => "desk-agrees-unknown",
    };
    all.map(|(key, part)| (key, texts.text(in_words(part)).into_owned())).into()
}

fn facts(person: Option<&PersonData>) -> Vec<(&'static str, String)> {
    let Some(person) = person else { return Vec::new() };
    let given = person.given_names.as_deref().unwrap_or_default();
    let birth_name = person.birth_name.as_deref().map(|name| name_of("", name));
    let all = [
        ("desk-case-name-now", Some(name_of(given, &person.family_name))),
        ("desk-case-name-at-birth", birth_name),
        ("desk-birthdate", Some(birth_date_shown(&person.birth_date))),
        ("desk-place-of-birth", person.place_of_birth.clone()),
    ];
    let stated = all.into_iter().filter_map(|(key, value)| Some((key, value?)));
    stated.filter(|(_, value)| !value.is_empty()).collect()
}
