//! What has to stay as it is, or what is kept cannot be read or found again: ids and issuers of
//! providers, keys, the public log, databases.
//!
//! `changed` lists each such value; here is what its change does to people, as a finding. In which
//! file a key lies is known, not what is in it.

use serde_json::Value as Json;

use super::{
    release::{ROLES, Release},
    remark::Remarks,
    settings::whole,
};

/// A key of a service: where its settings name it, and what another key does.
type Key = (&'static str, &'static str, &'static str);

const KEYS: [Key; 7] = [
    ("identity", "keys.person", "every person becomes a stranger"),
    ("identity", "keys.data", "what is kept of persons cannot be read any more"),
    ("identity", "keys.contact", "notification cannot read e-mail addresses any more"),
    ("slot", "person_data.key", "names on appointments cannot be read any more"),
    ("slot", "log.key", "the public log cannot go on, and no draw is logged"),
    ("notification", "person_data.key", "addresses of people cannot be read any more"),
    ("notification", "contact_seal.key", "e-mail addresses of identity cannot be read any more"),
];

/// What a change does that cannot be taken back, for one release.
pub fn check(before: &Release, after: &Release, said: &mut Remarks<'_>) {
    for role in ROLES.into_iter().filter(|role| before.runs(role) && after.runs(role)) {
        let (old, new) = (whole(before, role), whole(after, role));
        let goes_on = role != "slot"
            || has_log(before, &old) && !another_log(before, after, (&old, &new), said);
        for (_, path, effect) in KEYS.into_iter().filter(|(of, ..)| *of == role) {
            // A log of another name begins with any key.
            if (goes_on || path != "log.key") && key(&old, path) != key(&new, path) {
                let problem = format!("is not what it was: unless both are the same key, {effect}");
                let remedy = "keep the key that is live";
                said.error(&format!("{role}.settings.{path}"), problem, remedy);
            }
        }
        if role == "identity" {
            providers(&old, &new, said);
        }
        databases(before, after, role, said);
    }
}

/// The value at keys with dots between them.
fn part<'a>(settings: &'a Json, path: &str) -> &'a Json {
    path.split('.').fold(settings, |value, key| &value[key])
}

/// The log without a key of its own has that of the names on appointments.
fn key<'a>(settings: &'a Json, path: &str) -> &'a Json {
    let own = part(settings, path);
    if path == "log.key" && own.is_null() { part(settings, "person_data.key") } else { own }
}

/// Whether something may stand in the public log. Only draws do, and `init` gives the log a key before there are any.
fn has_log(release: &Release, settings: &Json) -> bool {
    let catalogue = release.written.get("catalogue");
    let services = catalogue.and_then(|all| all.get("services")?.as_mapping());
    let draws = services
        .is_some_and(|services| services.iter().any(|(_, service)| service.get("draw").is_some()));
    draws || !part(settings, "log.key").is_null()
}

/// Whether the public log gets another name. Proofs and witnesses belong to the one before.
fn another_log(
    before: &Release,
    after: &Release,
    (old, new): (&Json, &Json),
    said: &mut Remarks<'_>,
) -> bool {
    let origin = |release: &Release, settings: &Json| {
        let written = part(settings, "log.origin").as_str().map(str::to_owned);
        written.or_else(|| release.authority().map(|id| format!("{id}/log")))
    };
    let (was, is) = (origin(before, old), origin(after, new));
    // An authority of another id has a finding of its own.
    if was == is || before.authority() != after.authority() {
        return false;
    }
    let problem = format!(
        "`{}` becomes `{}`: a new public log begins, without what stands in the one before, and its \
         witnesses have to be asked again",
        was.unwrap_or_default(),
        is.unwrap_or_default()
    );
    said.error("slot.settings.log.origin", problem, "keep the name that is live");
    true
}

/// Known accounts hang on the id of their provider, and what an account is called on its issuer.
fn providers(old: &Json, new: &Json, said: &mut Remarks<'_>) {
    let list = |settings: &Json| settings["providers"].as_array().cloned().unwrap_or_default();
    let (old, new) = (list(old), list(new));
    let is_staff = |provider: &Json| provider["staff"].is_object();
    for provider in &old {
        let id = provider["id"].as_str().unwrap_or_default();
        match same(provider, &new) {
            Some(now) => accounts(id, provider, now, said),
            None => {
                let is_it = |other: &&Json| {
                    same(other, &old).is_none()
                        && other["issuer"] == provider["issuer"]
                        && other["client_id"] == provider["client_id"]
                };
                gone(id, is_staff(provider), new.iter().find(is_it), said);
            }
        }
    }
    if old.iter().any(is_staff) && !new.iter().any(is_staff) {
        let problem = "no provider for staff is left: no desk can be used, by nobody";
        said.error("identity.settings.providers", problem, "keep one with `staff`");
    }
}

/// The entry of the same id.
fn same<'a>(one: &Json, list: &'a [Json]) -> Option<&'a Json> {
    list.iter().find(|other| other["id"] == one["id"])
}

/// A provider that stands under its id no longer: `renamed` is the new entry of the same one.
fn gone(id: &str, is_staff: bool, renamed: Option<&Json>, said: &mut Remarks<'_>) {
    let path = format!("identity.settings.providers.{id}");
    if let Some(other) = renamed {
        let problem = format!(
            "is called `{}` now, and known accounts hang on the id: whoever logs in there is new",
            other["id"].as_str().unwrap_or_default()
        );
        said.error(&format!("{path}.id"), problem, format!("keep the id `{id}`"));
    } else if !is_staff {
        let problem =
            "is gone: whoever logged in only there does not find their appointments again";
        said.warn(&path, problem, "keep it until those appointments are over");
    }
}

/// What tells accounts of one provider apart.
fn accounts(id: &str, old: &Json, new: &Json, said: &mut Remarks<'_>) {
    let path = format!("identity.settings.providers.{id}");
    let issuer = |provider: &Json| {
        provider["issuer"].as_str().unwrap_or_default().trim_end_matches('/').to_owned()
    };
    if issuer(old) != issuer(new) {
        let problem = format!(
            "`{}` becomes `{}`: an account of the new one counts as that of the old one if both are \
             called the same, so somebody may see a stranger's appointments",
            issuer(old),
            issuer(new)
        );
        let remedy = "give the new issuer an entry with an id of its own, unless it only moved";
        said.error(&format!("{path}.issuer"), problem, remedy);
    }
    let profile = |provider: &Json| provider["profile"].as_str().unwrap_or("standard").to_owned();
    let key = |provider: &Json| provider["claims"]["login_key"].clone();
    if profile(old) != profile(new) || key(old) != key(new) {
        let name = if profile(old) == profile(new) { "claims.login_key" } else { "profile" };
        let problem = "is not what it was: accounts are known by another claim, so whoever logs in \
                       there may be new";
        let remedy = "keep it, unless nobody has logged in there yet";
        said.error(&format!("{path}.{name}"), problem, remedy);
    }
    if old["staff"].is_object() != new["staff"].is_object() {
        let problem =
            "citizens and staff change places: the accounts of one become those of the other";
        let remedy = "give the other ones an entry with an id of its own";
        said.error(&format!("{path}.staff"), problem, remedy);
    }
}

/// A database of the chart's own begins empty.
fn databases(before: &Release, after: &Release, role: &str, said: &mut Remarks<'_>) {
    let own = |release: &Release| release.service(role)["postgres"]["enabled"] == true;
    if own(before) != own(after) {
        let path = format!("{role}.postgres.enabled");
        let problem = "another database takes over, in which nothing is of what is kept until now";
        let remedy = "move the data first: runbooks/restore.md";
        said.warn(&path, problem, remedy);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::release::releases, *};

    const PLATFORM: &str = "identity: {enabled: true, settings: {providers: [\
         {id: bundid, issuer: 'https://kc.amt.de/a', client_id: f, profile: bund-id}, \
         {id: staff, issuer: 'https://kc.amt.de/b', client_id: f, staff: {grants: {}}}]}}";
    const OFFICE: &str = "catalogue: {authority: {id: amt}}\n\
         slot: {enabled: true, settings: {log: {key: {file: /run/secrets/fairtermin/log-key}}}}";

    /// What is said if the first of each pair becomes the second, by path and first words.
    #[track_caller]
    fn told(text: &str, changes: &[(&str, &str)]) -> Vec<String> {
        let release = |text: &str| releases(&[("f", text)]).0.remove(0);
        let replace = |text: String, (from, to): &(&str, &str)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        };
        let after = changes.iter().fold(text.to_owned(), replace);
        let mut said = Remarks::on("f");
        check(&release(text), &release(&after), &mut said);
        said.found.iter().map(ToString::to_string).collect()
    }

    #[track_caller]
    fn one(text: &str, changes: &[(&str, &str)], says: &str) {
        let told = told(text, changes);
        assert!(told.len() == 1 && told[0].contains(says), "{says}: {told:?}");
    }

    #[test]
    fn what_accounts_hang_on_has_to_stay() {
        one(PLATFORM, &[("id: bundid", "id: bund")], "bundid.id: is called `bund` now");
        one(PLATFORM, &[("kc.amt.de/a", "kc.amt.de/c")], "bundid.issuer: `https://kc.amt.de/a`");
        one(PLATFORM, &[("profile: bund-id", "profile: e-id")], "bundid.profile: is not what");
        one(PLATFORM, &[("profile: bund-id", "claims: {}")], "bundid.profile: is not what");
        let key = "profile: bund-id, claims: {login_key: bpk}";
        one(PLATFORM, &[("profile: bund-id", key)], "bundid.claims.login_key: is not");
        let others = [("id: bundid", "id: eid"), ("kc.amt.de/a", "eid.amt.de")];
        one(PLATFORM, &others, "bundid: is gone: whoever logged in only there");
        let (from, to) = (PLATFORM.find(", {id: staff").unwrap(), PLATFORM.find("]}}").unwrap());
        one(PLATFORM, &[(&PLATFORM[from..to], "")], "no provider for staff is left");
        let fine = [("kc.amt.de/a", "kc.amt.de/a/"), ("client_id: f", "client_id: g")];
        assert_eq!(told(PLATFORM, &fine), [""; 0]);
    }

    #[test]
    fn keys_logs_and_databases_have_to_stay() {
        let key = "settings: {keys: {person: {file: /run/secrets/fairtermin/other}}, providers";
        one(PLATFORM, &[("settings: {providers", key)], "every person becomes a stranger");
        let same = key.replace("other", "person-key");
        assert_eq!(told(PLATFORM, &[("settings: {providers", &same)]), [""; 0]);
        let postgres = "enabled: true, postgres: {enabled: true}, settings";
        one(PLATFORM, &[("enabled: true, settings", postgres)], "another database takes over");
        let log = "log: {key: {file: /run/secrets/fairtermin/log-key}}";
        one(OFFICE, &[(log, "log: {}")], "the public log cannot go on");
        let named = |name: &str| log.replace("{key", &format!("{{origin: {name}, key"));
        one(OFFICE, &[(log, &named("a.de/log"))], "`amt/log` becomes `a.de/log`: a new public log");
        assert_eq!(told(OFFICE, &[(log, &named("amt/log"))]), [""; 0]);
        let both = named("a.de/log").replace("log-key", "other-key");
        one(OFFICE, &[(log, &both)], "a new public log begins");
        let none = OFFICE.replace(log, "log: {}");
        // Whoever has not drawn yet may still give the log a key and a name.
        assert_eq!(told(&none, &[("log: {}", &both)]), [""; 0]);
        assert_eq!(told(&none, &[("log: {}", log)]), [""; 0]);
        let draws = none.replace("{id: amt}", "{id: amt}, services: {pass: {draw: {desks: 1}}}");
        one(&draws, &[("log: {}", log)], "the public log cannot go on");
        let same = log.replace("log-key", "person-data-key");
        assert_eq!(told(&draws, &[("log: {}", &same)]), [""; 0]);
    }
}
