//! A member of staff reads what a colleague asks them to agree to, and agrees.
//!
//! A code is of a case of the authority, about something that is done for a person, or of one of the identity
//! service, about who a person is. A colleague says the code only, so both are asked.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{AccessToken, ClientError, DeskCase, DeskCaseState, DeskReason};
use ids::{AuthorityId, CaseCode};
use jiff::{ToSpan as _, civil::Date};

use super::{
    fields::{is_unsent, looks_like_code},
    person_case::{NEW, PersonCasePart},
    reason_form::reason_key,
    written::birth_date_shown,
};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        person_name::name_of,
        request::{Authority, Request, Staff},
        visit::{LocationSummary, Name, service_names},
        visitor::go_to,
        waiting_list::words,
    },
    text::Texts,
};

#[derive(Template)]
#[template(path = "desk_case.html")]
struct CasePage {
    frame: Frame,
    authority: AuthorityId,
    /// What stands in the field.
    typed: String,
    /// What is wrong with it, or why the member of staff cannot agree.
    mistake: Option<Cow<'static, str>>,
    case: Option<CasePart>,
    person_case: Option<PersonCasePart>,
}

/// The text that says that the member of staff asked for it themselves.
pub(super) const OWN: &str = "desk-case-own";

/// Whose case it is.
enum Found {
    /// The authority's.
    Deed(Box<CasePart>),
    /// The identity service's.
    Person(PersonCasePart),
}

/// The case in words.
struct CasePart {
    code: CaseCode,
    deed: Cow<'static, str>,
    services: Vec<Name>,
    place: String,
    /// Empty if the case is about no person.
    person: String,
    birthdate: String,
    /// When the appointment is, or the week whose appointments are drawn.
    when: Option<Cow<'static, str>>,
    people: Option<Cow<'static, str>>,
    wishes: Vec<String>,
    reason: Option<String>,
    /// The text that says where it stands.
    state: &'static str,
    is_open: bool,
}

impl CasePart {
    fn new(texts: Texts, offer: &Offer, case: DeskCase) -> Self {
        let deed = deed(&case);
        let person = case.attendee.unwrap_or_default();
        let later = case.later_seat;
        let wishes = later.iter().flat_map(|later| &later.wishes);
        let week = later.as_ref().and_then(|later| later.week);
        let people = later.as_ref().map(|later| later.people).filter(|people| *people > 1);
        Self {
            code: case.code,
            deed: texts.text(deed),
            services: service_names(texts, offer, &case.services),
            place: LocationSummary::find(offer, &case.location, texts).name.text,
            person: name_of(&person.given_name, &person.family_name),
            birthdate: birth_date_shown(&person.birthdate),
            when: case.start.map(|at| texts.moment(at)).or(week.map(|day| in_week(texts, day))),
            people: people.map(|people| texts.fill("visit-people", "count", people)),
            wishes: wishes.map(|wish| words::in_words(texts, offer, wish)).collect(),
            reason: case.reason.map(|reason| why(texts, &reason)),
            state: match case.state {
                Some(DeskCaseState::Proposed) if case.is_own => OWN,
                Some(DeskCaseState::Proposed) => "desk-case-open",
                Some(DeskCaseState::Approved) => "desk-case-approved",
                Some(DeskCaseState::Done) | None => "desk-case-done",
            },
            is_open: case.state == Some(DeskCaseState::Proposed) && !case.is_own,
        }
    }
}

/// The text that says what the colleague wants to do.
fn deed(case: &DeskCase) -> &'static str {
    match case.later_seat.as_ref().map(|later| later.what.as_str()) {
        Some("enter-draw") => "desk-draw-title",
        Some("join-waiting-list") => "desk-list-title",
        // What was drawn has a time; an entry has none yet.
        Some("withdraw-from-draw") if case.start.is_some() => "desk-case-decline",
        Some("withdraw-from-draw") => "desk-case-withdraw",
        Some("leave-waiting-list") => "desk-case-leave",
        _ => match case.act.as_str() {
            "booked_with_card" | "booked_vouched" | "booked_by_phone" => "desk-case-book",
            "lifted_limits" => "desk-case-limits",
            "jumped_queue" => "desk-case-queue",
            "accepted_name" => "desk-case-name",
            _ => "desk-case-other",
        },
    }
}

/// From Monday to Sunday.
fn in_week(texts: Texts, monday: Date) -> Cow<'static, str> {
    let (first, last) = (texts.date(monday), texts.date(monday.saturating_add(6.days())));
    texts.fill_all("draw-week", &[("first", &*first), ("last", &*last)])
}

fn why(texts: Texts, reason: &DeskReason) -> String {
    let code = texts.text(reason_key(&reason.code));
    match &reason.note {
        Some(note) => format!("{code}: {note}"),
        None => code.into_owned(),
    }
}

/// The code, as it was typed.
pub(crate) struct Query {
    typed: String,
    /// It only went along into another language.
    is_unsent: bool,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let typed = texts::plain_digits(asked.trimmed("code"));
        Ok(Self { typed, is_unsent: is_unsent(asked) })
    }
}

pub(crate) async fn show(
    request: Request<Staff, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Query { typed, is_unsent } = &request.asked;
    let Ok(code) = typed.parse::<CaseCode>() else {
        if typed.is_empty() || *is_unsent {
            return Ok(page(&request, StatusCode::OK, typed.clone(), None, None));
        }
        let (status, mistake) = if looks_like_code(typed) {
            (StatusCode::NOT_FOUND, "desk-case-unknown")
        } else {
            (StatusCode::UNPROCESSABLE_ENTITY, "desk-wrong-case")
        };
        return Ok(page(&request, status, typed.clone(), Some(mistake), None));
    };
    with_case(&request, &token, code, StatusCode::OK, None).await
}

/// The page with this case, and why the member of staff cannot agree to it.
async fn with_case<A: What>(
    request: &Request<Staff, Authority, A>,
    token: &AccessToken,
    code: CaseCode,
    status: StatusCode,
    mistake: Option<&'static str>,
) -> Result<HttpResponse, PageError> {
    let Some(found) = find(request, token, code).await? else {
        let unknown = Some("desk-case-unknown");
        return Ok(page(request, StatusCode::NOT_FOUND, code.to_string(), unknown, None));
    };
    Ok(page(request, status, code.to_string(), mistake, Some(found)))
}

async fn find<A: What>(
    request: &Request<Staff, Authority, A>,
    token: &AccessToken,
    code: CaseCode,
) -> Result<Option<Found>, ClientError> {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    if let Some(case) = unless_unknown(office.api.desk_case(token, code).await)? {
        return Ok(Some(Found::Deed(Box::new(CasePart::new(visitor.texts, offer, case)))));
    }
    let case = unless_unknown(visitor.portal.identity.person_case(token, code).await)?;
    Ok(case.map(|case| Found::Person(PersonCasePart::new(visitor.texts, case))))
}

/// `None` if the service has no such case.
fn unless_unknown<T>(answer: Result<T, ClientError>) -> Result<Option<T>, ClientError> {
    match answer {
        Ok(case) => Ok(Some(case)),
        Err(error) if error.code() == Some("not-found") => Ok(None),
        Err(error) => Err(error),
    }
}

fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    status: StatusCode,
    typed: String,
    mistake: Option<&'static str>,
    found: Option<Found>,
) -> HttpResponse {
    // To one's own case nobody can agree: the button would be refused again.
    let is_own = mistake == Some(OWN);
    let (case, person_case) = match found {
        Some(Found::Deed(mut case)) => {
            case.is_open &= !is_own;
            (Some(*case), None)
        }
        Some(Found::Person(case)) => {
            let proposal = case.proposal.clone().filter(|_| !is_own);
            (None, Some(PersonCasePart { proposal, ..case }))
        }
        None => (None, None),
    };
    let Request { visitor, authority, .. } = request;
    let frame = visitor.frame(visitor.texts.text("desk-agree"));
    let page = CasePage {
        frame: if mistake.is_some() { frame.of_error() } else { frame },
        authority: authority.office.id.clone(),
        typed,
        mistake: mistake.map(|key| visitor.texts.text(key)),
        case,
        person_case,
    };
    visitor.page_with_status(status, &page)
}

/// A form of the page.
pub(crate) struct Form {
    code: CaseCode,
    step: Step,
}

/// What its button does.
enum Step {
    /// Agrees to what a colleague wants to do for a person.
    AgreeToDeed,
    /// Agrees to the proposal about a person that the page showed.
    AgreeToPerson(String),
    /// Proposes who a person is: the known one with this number, or a new one.
    ProposePerson(Option<usize>),
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let step = match (asked.field("proposal"), asked.field("person")) {
            (_, Some(NEW)) => Step::ProposePerson(None),
            (_, Some(_)) => Step::ProposePerson(Some(asked.required("person")?)),
            (Some(proposal), None) => Step::AgreeToPerson(proposal.to_owned()),
            (None, None) => Step::AgreeToDeed,
        };
        Ok(Self { code: asked.required("code")?, step })
    }
}

pub(crate) async fn agree(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked, .. } = &request;
    let (Form { code, step }, identity) = (asked, &visitor.portal.identity);
    let done = match step {
        Step::AgreeToDeed => office.api.approve_desk_case(&token, *code).await,
        Step::AgreeToPerson(read) => identity.approve_person_case(&token, *code, read).await,
        Step::ProposePerson(known) => identity.propose_person(&token, *code, *known).await,
    };
    match done {
        Ok(()) => Ok(go_to(format!("{}?code={code}", visitor.links.desk_cases(&office.id)))),
        Err(error) => match error.code() {
            Some("second-person-needed") => {
                with_case(&request, &token, *code, StatusCode::FORBIDDEN, Some(OWN)).await
            }
            // A colleague was faster, or the case is gone: the page says how it stands.
            Some("case-state" | "not-found") => {
                let changed = match step {
                    Step::AgreeToDeed => None,
                    Step::AgreeToPerson(_) | Step::ProposePerson(_) => Some("desk-case-changed"),
                };
                with_case(&request, &token, *code, StatusCode::CONFLICT, changed).await
            }
            _ => Err(error.into()),
        },
    }
}
