//! A scope with its provider becomes a location.

use std::collections::BTreeSet;

use super::{offices::text, row::days_ahead};
use crate::{
    dldb,
    json::Node,
    model::{Address, Place, Window},
    report::Report,
    slug::Ids,
    words::{german, paragraph},
};

/// Switches of a scope that have no counterpart, with the reason. Their values are not told.
const NO_PLACE: [(&[&str], &str); 15] = [
    (
        &["client", "appointmentsPerMail"],
        "a limit for each e-mail address: here limits are for each person",
    ),
    (
        &["client", "whitelistedMails"],
        "e-mail addresses without a limit: staff book for those who need more",
    ),
    (&["client", "captchaActivatedRequired"], "a captcha: a log-in takes its place"),
    (&["client", "amendmentActivated"], "a field for free text"),
    (&["client", "customTextfieldActivated"], "a field for free text"),
    (&["client", "customTextfield2Activated"], "a field for free text"),
    (&["client", "telephoneActivated"], "a telephone number: people are reached by their account"),
    (&["client", "adminMailOnAppointment"], "an e-mail to the office for each appointment"),
    (&["client", "adminMailOnDeleted"], "an e-mail to the office for each cancellation"),
    (
        &["client", "slotsPerAppointment"],
        "the most slots of a visit: write `rules.servicesPerVisit`",
    ),
    (&["notifications", "enabled"], "text messages"),
    (&["pickup", "isDefault"], "a counter for collection: a service of its own does that"),
    (&["queue", "callDisplayText"], "the display of called numbers"),
    (&["survey", "enabled"], "a survey"),
    (&["workstation", "emergencyEnabled"], "the button for emergencies at a desk"),
];

/// Reads a scope, without hours and services. `None` without a provider or an address, which is
/// reported.
pub(super) fn place(
    scope: &Node<'_>,
    provider: Option<&Node<'_>>,
    names: &mut Names,
    report: &mut Report,
) -> Option<Place> {
    let Some(provider) = provider else {
        let remedy =
            "add the answer of GET /source/SOURCE/?resolveReferences=2, or name a provider in ZMS";
        report.left_out(scope.path(), "a scope without a provider", remedy);
        return None;
    };
    let address = provider.get("contact").and_then(|contact| address(&contact));
    let Some(address) = address.or_else(|| one_line(scope.get("contact")?, report)) else {
        let remedy = "complete the provider's address in its source and import again";
        report.left_out(provider.path(), "a place without an address", remedy);
        return None;
    };
    for (path, why) in NO_PLACE {
        no_place(scope, path, why, report);
    }
    let (id, name) = names.take(scope, provider, report);
    let contact = provider.get("contact");
    let record = provider.get("data");
    let geo = record.as_ref().and_then(|record| record.get("geo"));
    let position = [contact, geo].into_iter().flatten().find_map(|at| dldb::position(&at));
    let access = record.and_then(|record| text(&record.get("accessibility")?, "note"));
    Some(Place {
        id,
        number: names.number(provider, report),
        name: german(name),
        address: Some(address),
        hint: text(scope, "hint"),
        access,
        position,
        window: window(scope, report),
        notes: vec![note(scope, provider)],
        ..Place::default()
    })
}

fn note(scope: &Node<'_>, provider: &Node<'_>) -> String {
    let id = |node: &Node<'_>| super::stub::id(node).unwrap_or_default();
    format!("ZMS scope {}, provider {}", id(scope), id(provider))
}

/// With street, number, postal code and city in fields of their own.
fn address(contact: &Node<'_>) -> Option<Address> {
    let street = contact.text("street")?;
    let street = match contact.text("streetNumber") {
        Some(number) if !street.ends_with(&number) => format!("{street} {number}"),
        _ => street,
    };
    let postal_code = dldb::postal_code(&contact.text("postalCode")?)?;
    Some(Address { street, postal_code, city: contact.text("city")? })
}

/// A scope has its whole address in `street`: `Am Hafen 3, 01067 Musterstadt`.
fn one_line(contact: Node<'_>, report: &mut Report) -> Option<Address> {
    let line = contact.text("street")?;
    let (street, rest) = line.rsplit_once(',')?;
    let (code, city) = rest.trim().split_once(' ')?;
    let postal_code = dldb::postal_code(code).filter(|padded| padded == code)?;
    report.changed(contact.path(), "an address in one line, taken apart", "read it once more");
    Some(Address { street: street.trim().to_owned(), postal_code, city: city.trim().to_owned() })
}

fn window(scope: &Node<'_>, report: &mut Report) -> Window {
    let preferences = scope.get("preferences").and_then(|all| all.get("appointment"));
    let Some(preferences) = preferences else { return Window::default() };
    let from = days_ahead(&preferences, "startInDaysDefault", 365, report);
    let to = days_ahead(&preferences, "endInDaysDefault", 730, report);
    // Zero ahead at most and zero at least is how a form says that nothing is stated.
    match (from, to) {
        (from, Some(0)) if from.unwrap_or(0) > 0 => Window { from_days: from, to_days: None },
        (from_days, to_days) => Window { from_days, to_days },
    }
}

fn no_place(scope: &Node<'_>, path: &[&str], why: &str, report: &mut Report) {
    let Some((key, groups)) = path.split_last() else { return };
    let preferences = scope.get("preferences");
    let group = groups.iter().fold(preferences, |at, group| at?.get(group));
    let Some(group) = group else { return };
    if group.flag(key) == Some(true) {
        report.left_out(&group.below(key), why, "");
    }
}

/// Ids, names and numbers of places, each once.
#[derive(Debug, Default)]
pub(super) struct Names {
    ids: Ids,
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

impl Names {
    /// Several scopes of one provider differ by their short names.
    fn take(
        &mut self,
        scope: &Node<'_>,
        provider: &Node<'_>,
        report: &mut Report,
    ) -> (String, String) {
        let plain = |key: &str| provider.text(key).and_then(|name| paragraph(&name));
        let short = scope.text("shortName").and_then(|name| paragraph(&name));
        let plain = plain("displayName").or_else(|| plain("name")).or_else(|| short.clone());
        let plain = plain.unwrap_or_else(|| "Standort".to_owned());
        let mut name = plain.clone();
        if self.names.contains(&name) {
            report.changed(
                scope.path(),
                "a second scope of one name",
                "give each a name that people understand",
            );
            name = format!("{plain} ({})", short.unwrap_or_else(|| "2".to_owned()));
        }
        let mut number = 2_u32;
        while !self.names.insert(name.clone()) {
            number += 1;
            name = format!("{plain} ({number})");
        }
        (self.ids.take(&name, "standort"), name)
    }

    /// Two places cannot have one number.
    fn number(&mut self, provider: &Node<'_>, report: &mut Report) -> Option<String> {
        let number = dldb::number(provider)?;
        if self.numbers.insert(number.clone()) {
            return Some(number);
        }
        report.changed(provider.path(), "the number of a place that another one has", "");
        None
    }
}
