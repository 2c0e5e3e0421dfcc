//! ZMS (eAppointment), as its API answers or as a dump of its database.
//!
//! Any mixture of answers does: owners with departments and scopes, `/source/…/`,
//! `/scope/…/availability/`, `/dayoff/…/`, and `/scope/…/process/…/` for a parallel phase. Of
//! appointments only time, scope and length are looked at.

mod appointments;
mod collect;
mod days_off;
mod dump;
mod offices;
mod opening;
mod row;
mod scope;
mod stub;
mod taken;

use std::collections::BTreeMap;

use calendar::FederalState;
use jiff::civil::Date;

pub use self::appointments::Bookings;
use self::{
    appointments::Closing,
    collect::Found,
    offices::{Key, relations, services},
    opening::Placed,
    row::{Read, Row},
    scope::Names,
    stub::{id_at, keyed_at},
};
use crate::{
    ImportError, Imported,
    encoding::tell_encoded_twice,
    json::{self, Node},
    model::{Contact, Offer, Place, Relation},
    report::Report,
};

/// How it is known that a dump is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// Its last line says so.
    Stated,
    /// Who imports it knows it, of a dump without that line.
    Known,
}

/// Reads answers of the API or a dump, each `(file name, text)`, in any order.
///
/// `department` is the id of the one that is imported; it can be left out if there is only one.
/// What ended before `today` is left out. The catalogue closes the public holidays of `state`, which ZMS
/// does not name. Appointments close time at desks that none of `bookings` has then. A dump must be
/// `whole`.
///
/// # Errors
/// A file is no JSON, a dump that was cut off or may be, an error message, or was asked for without a log-in;
/// there is no scope; there are several departments and none is chosen.
pub fn read(
    files: &[(&str, &str)],
    department: Option<&str>,
    today: Date,
    state: FederalState,
    bookings: &Bookings,
    whole: Whole,
) -> Result<Imported, ImportError> {
    let mut values = Vec::new();
    for (name, text) in files {
        values.push((*name, value(name, text)?));
    }
    let mut report = Report::default();
    for (name, text) in files {
        tell_encoded_twice(name, text, &mut report);
        if dump::is_dump(text) && !dump::is_completed(text) {
            if whole == Whole::Stated {
                return Err(ImportError::UnfinishedDump { file: (*name).to_owned() });
            }
            let problem = "no `-- Dump completed` at the end of a dump, which was said to be whole";
            report.missing(name, problem, "compare the numbers of rows with the database");
        }
    }
    let mut found = Found::default();
    for (name, value) in &values {
        found.add(&Node::root(name, value))?;
    }
    if found.scopes.is_empty() {
        let files = files.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let remedy = "add what GET /owner/?resolveReferences=4 or GET /scope/ID/?resolveReferences=2 answers";
        return Err(ImportError::Nothing { what: "scope", files, remedy });
    }
    let department = chosen(&found, department)?;
    Ok(assemble(&found, department.as_deref(), today, state, bookings, report))
}

/// An answer of the API, or a dump as if it were one.
fn value(name: &str, text: &str) -> Result<serde_json::Value, ImportError> {
    if dump::is_dump(text) {
        crate::size::bounded(name, text)?;
        let broken = |problem| ImportError::BrokenDump { file: name.to_owned(), problem };
        return dump::answers(text).map_err(broken);
    }
    json::parse(name, text)
}

/// The department that is imported. `None`: the files have none.
fn chosen(found: &Found<'_>, wanted: Option<&str>) -> Result<Option<String>, ImportError> {
    // One without a scope gives no appointments.
    let with_scopes = found
        .departments
        .iter()
        .filter(|(id, _)| found.department_of.values().any(|department| department == *id));
    let all: Vec<(&String, String)> =
        with_scopes.map(|(id, node)| (id, node.text("name").unwrap_or_default())).collect();
    let list =
        || all.iter().map(|(id, name)| format!("{id} ({name})")).collect::<Vec<_>>().join(", ");
    match (wanted, &all[..]) {
        (Some(wanted), _) if all.iter().any(|(id, _)| *id == wanted) => Ok(Some(wanted.to_owned())),
        (Some(wanted), _) => Err(ImportError::UnknownDepartment(wanted.to_owned(), list())),
        (None, []) => Ok(None),
        (None, [(id, _)]) => Ok(Some((*id).clone())),
        (None, _) => Err(ImportError::SeveralDepartments(list())),
    }
}

fn assemble(
    found: &Found<'_>,
    department: Option<&str>,
    today: Date,
    state: FederalState,
    bookings: &Bookings,
    mut report: Report,
) -> Imported {
    for (path, why) in &found.skipped {
        report.left_out(path, *why, "");
    }
    let mut offer = Offer { holidays: Some(state), ..Offer::default() };
    let mut done = Vec::<BTreeMap<Key, Relation>>::new();
    let relations = relations(found, &mut report);
    let mut rows = rows(found, today, &mut report);
    let mut names = Names::default();
    let mut placed = BTreeMap::<String, Vec<Placed>>::new();
    for (key, scope) in &found.scopes {
        if found.is_elsewhere(key, department) {
            rows.remove(key);
            continue;
        }
        let provider = keyed_at(scope, "provider");
        let node = provider.as_ref().and_then(|provider| found.providers.get(provider));
        let Some(mut place) = scope::place(scope, node, &mut names, &mut report) else { continue };
        let own_rows = rows.remove(key).unwrap_or_default();
        let opened = opening::fill(&mut place, own_rows, today, state, &mut report);
        windows(&mut place, scope, &mut report);
        let does = provider.and_then(|provider| relations.get(&provider).cloned());
        let does = does.unwrap_or_default();
        place.services = does.iter().map(|(key, relation)| (joined(key), *relation)).collect();
        placed.insert(key.clone(), opened);
        done.push(does);
        offer.places.insert(key.clone(), place);
    }
    for row in rows.values().flatten() {
        let problem = "hours of a scope that is not imported";
        let remedy = "add the answer of GET /scope/ID/, unless it is left out for another reason";
        report.left_out(&row.path, problem, remedy);
    }
    let done: Vec<&BTreeMap<Key, Relation>> = done.iter().collect();
    let services = services(found, &done, today, &mut report);
    offer.services = services.iter().map(|(key, service)| (joined(key), service.clone())).collect();
    days_off::close(&mut offer, found, department, today, state, &mut report);
    authority(&mut offer, found, department, &mut report);
    unfinished(&mut offer, &mut report);
    let closing = Closing { found, placed: &placed, bookings, department, today };
    let appointments = closing.close(&mut offer, &mut report);
    Imported { offer, report, appointments }
}

fn joined((source, id): &Key) -> String {
    format!("{source}/{id}")
}

/// Rows by scope.
fn rows(found: &Found<'_>, today: Date, report: &mut Report) -> BTreeMap<String, Vec<Row>> {
    let only = || match found.scopes.keys().collect::<Vec<_>>()[..] {
        [only] => Some(only.clone()),
        _ => None,
    };
    let mut rows = BTreeMap::<String, BTreeMap<String, Row>>::new();
    for (within, node) in &found.availabilities {
        let scope = id_at(node, "scope").or_else(|| within.clone()).or_else(only);
        let Some(scope) = scope else {
            let remedy = "ask for the hours of a scope with resolveReferences=1";
            report.left_out(node.path(), "hours that do not say whose they are", remedy);
            continue;
        };
        match row::read(node, today, report) {
            Read::Row(row) => add(rows.entry(scope).or_default(), *row, report),
            Read::Over => report.left_out(node.path(), "hours that ended before today", ""),
            Read::NotForAppointments => {
                report.left_out(node.path(), "plain hours, which give no appointments", "");
            }
            Read::Wrong => {}
        }
    }
    rows.into_iter().map(|(scope, rows)| (scope, rows.into_values().collect())).collect()
}

/// Adds a row by its id. The same answer may be in two files.
fn add(known: &mut BTreeMap<String, Row>, mut row: Row, report: &mut Report) {
    if row.id.is_empty() {
        row.id = format!("row-{}", known.len() + 1);
    }
    match known.get(&row.id) {
        Some(first) if first.is_same(&row) => {}
        Some(_) => {
            let problem = "other hours with the id of hours that were read before";
            report.left_out(&row.path, problem, "give the newer answer alone, or name it first");
        }
        None => {
            known.insert(row.id.clone(), row);
        }
    }
}

/// A window that never opens is the other way round here.
fn windows(place: &mut Place, scope: &Node<'_>, report: &mut Report) {
    let all = place.window;
    let default = calendar::Bookable::default();
    let base = calendar::Bookable {
        from_days: all.from_days.unwrap_or(default.from_days),
        to_days: all.to_days.unwrap_or(default.to_days),
        opens_at: None,
    };
    if base.from_days > base.to_days {
        let remedy = "write `bookable.fromDays` and `toDays`";
        report.changed(scope.path(), "a booking window that ends before it begins", remedy);
        place.window = crate::model::Window::default();
    }
    let base = if base.from_days > base.to_days { default } else { base };
    let weekly = place.opening.iter_mut().map(|(name, rule)| (name, &mut rule.bookable));
    let single = place.exceptions.iter_mut().map(|(name, one)| (name, &mut one.bookable));
    for (name, bookable) in weekly.chain(single) {
        let Some(own) = *bookable else { continue };
        let window = own.over(base);
        if window == base {
            *bookable = None;
        } else if window.from_days > window.to_days {
            let remedy = "write `bookable` of this rule";
            let path = format!("{} {name}", scope.path());
            report.changed(&path, "hours whose booking window ends before it begins", remedy);
            *bookable = None;
        }
    }
}

/// What departments and scopes say of the authority.
fn authority(offer: &mut Offer, found: &Found<'_>, department: Option<&str>, report: &mut Report) {
    if let Some(node) = department.and_then(|id| found.departments.get(id)) {
        offer.name = node.text("name");
        offer.contact = contact(node, report);
        let preferences = node.get("preferences").unwrap_or_else(|| node.clone());
        let minutes = node
            .small::<u32>("sendEmailReminderMinutesBefore")
            .or_else(|| preferences.small("sendEmailReminderMinutesBefore"));
        let hours =
            minutes.map(|minutes| minutes.div_ceil(60)).filter(|hours| (1..=720).contains(hours));
        for service in offer.services.values_mut() {
            service.remind_hours_before = hours;
        }
    }
    let imported = found.scopes.iter().filter(|(key, _)| offer.places.contains_key(*key));
    let settings: Vec<Node<'_>> = imported.filter_map(|(_, scope)| appointment(scope)).collect();
    let holds: Vec<(u16, &Node<'_>)> = settings
        .iter()
        .filter_map(|node| Some((node.small::<u16>("reservationDuration")?.clamp(1, 60), node)))
        .collect();
    offer.hold_minutes = holds.iter().map(|(minutes, _)| *minutes).max();
    for (_, node) in holds.iter().filter(|(minutes, _)| Some(*minutes) != offer.hold_minutes) {
        let problem = "a shorter time to decide: an authority has one, the longest of its scopes";
        report.changed(&node.below("reservationDuration"), problem, "");
    }
    for node in settings.iter().filter(|node| node.has("deallocationDuration")) {
        let problem = "a cancelled seat is free after a fixed time, which can be foretold: here after \
                       a random one of 10 to 240 minutes";
        report.changed(
            &node.below("deallocationDuration"),
            problem,
            "`release` of a service changes it",
        );
    }
}

/// The settings of a scope's appointments.
fn appointment<'a>(scope: &Node<'a>) -> Option<Node<'a>> {
    scope.get("preferences")?.get("appointment")
}

/// E-mail address and web page of the department, if they can be used.
fn contact(department: &Node<'_>, report: &mut Report) -> Contact {
    let inner = department.get("contact").unwrap_or_else(|| department.clone());
    let email = department.text("email").or_else(|| inner.text("email"));
    let is_email = |email: &String| {
        email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            && !email.contains([' ', '<', '>', ',', ';', '/', ':'])
    };
    if email.as_ref().is_some_and(|email| !is_email(email)) {
        report.left_out(&department.below("email"), "an e-mail address that reaches nobody", "");
    }
    let web = department.text("url").or_else(|| department.text("link"));
    let web = crate::dldb::web_page(web, &department.below("link"), report);
    Contact { phone: None, email: email.filter(is_email), web }
}

/// Locations without hours or services are reported. Services of a location that the offer does not
/// have are left out.
fn unfinished(offer: &mut Offer, report: &mut Report) {
    for (key, place) in &mut offer.places {
        place.services.retain(|key, _| offer.services.contains_key(key));
        let path = format!("catalogue.locations.{}", place.id);
        if place.opening.is_empty() && place.exceptions.is_empty() {
            let remedy =
                "add the answer of GET /scope/ID/availability/ and import again, or take it out";
            report.missing(&path, format!("no hours for appointments (scope {key})"), remedy);
        }
        if place.services.is_empty() {
            let remedy =
                "add the answer of GET /source/SOURCE/?resolveReferences=2 and import again";
            report.missing(&path, format!("no services (scope {key})"), remedy);
        }
    }
}
