//! What is kept about a person, where, for how long, and which staff looked at it: to read and to
//! download.

mod fields;

use std::{borrow::Cow, collections::BTreeMap};

use actix_web::{HttpResponse, http::header};
use askama::Template;
use client::{ClientError, DataSection, OwnData, TrustLevel};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use self::fields::Field;
use super::{
    frame::Frame,
    page_error::PageError,
    recover_holds::recover_holds,
    request::{Anywhere, Authority, Person, Request},
    visit::{Name, service_names},
    visitor::Visitor,
};
use crate::directory::{Offer, Office};

#[derive(Template)]
#[template(path = "my_data.html")]
struct DataPage {
    frame: Frame,
    places: Vec<Place>,
    /// Readings by staff, the newest first.
    readings: Vec<Reading>,
    /// Some service did not answer, so there may be more readings.
    is_partial: bool,
    /// Some service tells this log-in nothing, so there may be more readings.
    is_level_low: bool,
    /// What is reserved at the moment.
    holds: Vec<HeldNow>,
}

/// A slot that is reserved for some minutes. It lies in the memory of the authority, in no table.
struct HeldNow {
    services: Vec<Name>,
    moment: Cow<'static, str>,
    until: Cow<'static, str>,
    link: String,
}

/// A service that keeps something.
struct Place {
    /// The authority; the log-in service has none.
    authority: Option<Name>,
    kept: Vec<Kept>,
    /// It did not answer.
    is_unreachable: bool,
    /// Where to log in more surely, if that is needed to read it.
    login: Option<String>,
}

/// What is kept for one purpose.
struct Kept {
    key: &'static str,
    parts: Vec<Part>,
}

/// What is kept equally long.
struct Part {
    /// For how long, in words.
    how_long: Cow<'static, str>,
    entries: Vec<Vec<Field>>,
}

impl Kept {
    /// The text that says what for.
    fn why(&self) -> String {
        format!("{}.why", self.key)
    }

    /// What is kept equally long stands together.
    fn add(&mut self, part: Part) {
        match self.parts.iter_mut().find(|known| known.how_long == part.how_long) {
            Some(same) => same.entries.extend(part.entries),
            None => self.parts.push(part),
        }
    }
}

/// That a member of staff looked at it.
struct Reading {
    at: Timestamp,
    moment: Cow<'static, str>,
    /// Whose staff it was; `None` if the log-in service does not say it.
    authority: Option<Name>,
}

/// What was answered, by the authority that was asked; the log-in service has none.
type Answers<'o> = Vec<(Option<&'o Office>, Result<OwnData, PageError>)>;

pub(crate) async fn show(
    request: Request<Person, Anywhere, ()>,
) -> Result<HttpResponse, PageError> {
    let visitor = &request.visitor;
    let answers = answers(visitor).await?;
    recover_holds(visitor).await;
    let mut readings: Vec<_> = answers
        .iter()
        .filter_map(|(office, answer)| Some((office, answer.as_ref().ok()?)))
        .flat_map(|(office, data)| readings(visitor, *office, data))
        .collect();
    readings.sort_by_key(|reading| std::cmp::Reverse(reading.at));
    let places: Vec<_> =
        answers.iter().map(|(office, answer)| place(visitor, *office, answer)).collect();
    let page = DataPage {
        frame: visitor.frame(visitor.texts.text("data-title")),
        readings,
        is_partial: places.iter().any(|place| place.is_unreachable),
        is_level_low: places.iter().any(|place| place.login.is_some()),
        places,
        holds: held_now(visitor).await,
    };
    Ok(visitor.page(&page))
}

/// What the person has reserved at the moment, as far as the authorities can be read.
async fn held_now(visitor: &Visitor) -> Vec<HeldNow> {
    let session = visitor.session.read();
    let mut held_now = Vec::new();
    for held in session.held_at(visitor.now()) {
        let Some(office) = visitor.portal.directory.get(&held.authority) else { continue };
        let Ok(Authority { offer, .. }) = Authority::of(office).await else { continue };
        held_now.push(HeldNow {
            services: service_names(visitor.texts, &offer, &held.hold.services),
            moment: visitor.texts.moment(held.hold.start),
            until: visitor.texts.time(held.hold.expires_at),
            link: visitor.links.confirm(held.hold.hold_id),
        });
    }
    held_now
}

/// Asks everybody at once.
async fn answers(visitor: &Visitor) -> Result<Answers<'_>, PageError> {
    let login = visitor.login()?;
    let offices = visitor.portal.directory.all();
    let asked = offices.iter().map(|office| at(visitor, office));
    let (own, theirs) = futures_util::future::join(
        visitor.portal.identity.own_data(&login.refresh_token),
        futures_util::future::join_all(asked),
    )
    .await;
    let own = own.map_err(|error| visitor.identity_refused(error));
    let theirs = offices.iter().map(Some).zip(theirs);
    let mut answers: Answers<'_> = [(None, own)].into_iter().chain(theirs).collect();
    // The log-in has ended meanwhile: the page has nothing to say.
    let ended =
        |answer: &Result<_, PageError>| answer.as_ref().is_err_and(PageError::is_logged_out);
    match answers.iter().position(|(_, answer)| ended(answer)) {
        Some(at) => Err(answers.swap_remove(at).1.err().unwrap_or(PageError::NotFound)),
        None => Ok(answers),
    }
}

async fn at(visitor: &Visitor, office: &Office) -> Result<OwnData, PageError> {
    if office.known().await.reachable == Some(false) {
        return Err(PageError::AuthorityDown(ClientError::TimedOut));
    }
    let token = visitor.token(&office.id).await?;
    let data = office.api.own_data(&token).await;
    data.map_err(|error| visitor.office_refused(error))
}

fn place(visitor: &Visitor, office: Option<&Office>, answer: &Result<OwnData, PageError>) -> Place {
    let needed = match answer {
        Err(PageError::LevelTooLow { needed, .. }) => Some(*needed),
        _ => None,
    };
    let (links, own_page) = (visitor.links, visitor.links.my_data());
    let login = needed.map(|level: TrustLevel| links.login_start(&own_page, Some(level)));
    let sections = answer.as_ref().map(|data| data.sections.as_slice()).unwrap_or_default();
    let offer = office.and_then(Office::offer);
    Place {
        authority: office.map(|office| Name::of(&office.name(), visitor.texts)),
        kept: kept(visitor, offer.as_deref(), sections),
        is_unreachable: answer.is_err() && login.is_none(),
        login,
    }
}

/// By purpose, each once, in the order of the tables; those that hold nothing are left out.
fn kept(visitor: &Visitor, offer: Option<&Offer>, sections: &[DataSection]) -> Vec<Kept> {
    let mut kept: Vec<Kept> = Vec::new();
    for section in sections.iter().filter(|section| !section.entries.is_empty()) {
        let how_long = match section.kept_days {
            Some(days) => visitor.texts.fill("data-kept-days", "count", days),
            None => visitor.texts.text("data-kept"),
        };
        let shown = |entry| fields::shown(visitor, offer, entry);
        let entries = section.entries.iter().map(shown).collect();
        let part = Part { how_long, entries };
        let key = purpose(&section.kind);
        match kept.iter_mut().find(|known| known.key == key) {
            Some(known) => known.add(part),
            None => kept.push(Kept { key, parts: vec![part] }),
        }
    }
    kept
}

/// What a table is for, as a text.
fn purpose(kind: &str) -> &'static str {
    match kind {
        "assigned_dates" | "bookings" | "reservations" => "data-appointments",
        "history" => "data-history",
        "waiting_declines" | "waiting_entries" | "waiting_offers" => "data-waiting",
        "draw_entries" | "draw_misses" | "draw_tickets" => "data-draws",
        "entitlements"
        | "entitlement_holders"
        | "reissued_references"
        | "entitlement_uses"
        | "claim_tries" => "data-applications",
        "evidence" | "login_keys" | "sessions" => "data-login",
        "contacts" | "email_claims" => "data-address",
        "known_authorities" => "data-authorities",
        "persons" | "name_claims" | "cases" | "doubts" | "merged_persons" | "merge_ended"
        | "merge_moves" | "merge_decisions" => "data-one-person",
        "idempotency" => "data-repeated",
        "audit" => "data-audit",
        _ => "data-other",
    }
}

/// Whether staff who did this learnt something of the person. An action that only reads ends in `.read`.
fn is_looking(action: &str) -> bool {
    const OTHERS: [&str; 5] = [
        "bookings.read_day",
        "desk-case.agreed",
        "person.decided",
        "person.merge-proposed",
        "person.recognised",
    ];
    action.ends_with(".read") || OTHERS.contains(&action)
}

/// The entries of the audit log that say that staff read something.
fn readings(visitor: &Visitor, office: Option<&Office>, data: &OwnData) -> Vec<Reading> {
    let is_reading = |entry: &&Map<String, Value>| {
        let action = entry.get("action").and_then(Value::as_str).unwrap_or_default();
        let actor = entry.get("actor").and_then(Value::as_str).unwrap_or_default();
        actor == "office" && is_looking(action)
    };
    let audit = data.sections.iter().filter(|section| section.kind == "audit");
    let found = audit.flat_map(|section| &section.entries).filter(is_reading);
    // An entry of the log-in service names the authority whose staff it was.
    let named = |entry: &Map<String, Value>| {
        let id = entry.get("authority")?.as_str()?.parse().ok()?;
        visitor.portal.directory.get(&id)
    };
    let found = found.filter_map(|entry| {
        let at = entry.get("at")?.as_str()?.parse::<Timestamp>().ok()?;
        let acting = office.or_else(|| named(entry));
        Some(Reading {
            at,
            moment: visitor.texts.moment(at),
            authority: acting.map(|office| Name::of(&office.name(), visitor.texts)),
        })
    });
    found.collect()
}

/// The file.
#[derive(Serialize)]
struct Download<'a> {
    /// The log-in service.
    identity: Answer<'a>,
    /// By the id of the authority.
    authorities: BTreeMap<&'a str, Answer<'a>>,
}

/// What a service told, or why it did not.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer<'a> {
    Data(&'a OwnData),
    Missing { missing: &'a str },
}

impl<'a> From<&'a Result<OwnData, PageError>> for Answer<'a> {
    fn from(answer: &'a Result<OwnData, PageError>) -> Self {
        match answer {
            Ok(data) => Self::Data(data),
            Err(failure) => Self::Missing { missing: failure.code() },
        }
    }
}

pub(crate) async fn download(
    request: Request<Person, Anywhere, ()>,
) -> Result<HttpResponse, PageError> {
    let answers = answers(&request.visitor).await?;
    let Some((_, own)) = answers.first() else { return Err(PageError::NotFound) };
    let theirs = answers.iter().filter_map(|(office, answer)| Some(((*office)?, answer)));
    let file = Download {
        identity: own.into(),
        authorities: theirs.map(|(office, answer)| (office.id.as_str(), answer.into())).collect(),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\""))
        .json(file))
}
