//! What there is to look at: from addresses, values files and settings files.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::Path,
};

use ::service::{BusSettings, TrustedIssuerSettings};
use ::slot::{
    CatalogueSettings,
    holds::{HoldSettings, RedisSettings},
};
use serde_json::Value as Json;
use settings::Secret;
use url::Url;

use super::stated::{self, Stated};
use crate::{
    address::web_address,
    arguments::Doctor,
    check::{Release, manifest_kind, releases, way_in},
    command_error::CommandError,
    files,
    serve::{self, Config},
};

/// Everything that is looked at.
#[derive(Debug, Default)]
pub struct Installation {
    pub services: BTreeSet<Url>,
    /// What values files say of services, by their addresses.
    pub stated: BTreeMap<Url, Stated>,
    /// By issuer, where services fetch its keys.
    pub key_sets: BTreeMap<String, BTreeSet<Url>>,
    pub providers: Vec<Provider>,
    pub metrics: Vec<Url>,
    pub databases: Vec<DatabaseOf>,
    pub queues: Vec<QueueOf>,
    pub redis: Vec<RedisSettings>,
}

/// Where people log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    pub id: String,
    pub issuer: Url,
}

/// A database, with the rights of its service.
#[derive(Debug)]
pub struct DatabaseOf {
    pub role: Keeper,
    pub url: Secret,
    /// Of a slot service, if its catalogue is here.
    pub authority: Option<String>,
}

/// A service that has a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    Slot,
    Identity,
    Notification,
}

/// A queue at a broker.
#[derive(Debug)]
pub struct QueueOf {
    pub url: Secret,
    pub namespace: String,
    pub name: String,
}

impl fmt::Display for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Slot => "slot",
            Self::Identity => "identity",
            Self::Notification => "notification",
        })
    }
}

impl Installation {
    /// Reads the files.
    ///
    /// # Errors
    /// A file cannot be read, or there is nothing to look at.
    pub fn gather(arguments: &Doctor) -> Result<Self, CommandError> {
        let mut all = Self::default();
        for text in &arguments.metrics {
            all.metrics.push(web_address(text)?);
        }
        for text in &arguments.services {
            all.services.insert(web_address(text)?);
        }
        let mut texts = files::read_all(&arguments.values)?;
        let passed_over = only_values(&mut texts)?;
        for release in releases(&files::borrowed(&texts)).0 {
            all.add_release(&release);
        }
        for file in &arguments.config {
            all.add_config(file)?;
        }
        let Self { services, providers, metrics, databases, .. } = &all;
        if services.is_empty() && providers.is_empty() && metrics.is_empty() && databases.is_empty()
        {
            let advice = "Give an address of a service, --values FILES as for check, or --config SETTINGS \
                          where the engines can be reached.";
            let why = passed_over.iter().map(|why| format!(": {why}")).collect::<String>();
            let error = CommandError::new(format!("there is nothing to look at{why}"));
            return Err(error.advice(advice).exit(files::UNREADABLE));
        }
        Ok(all)
    }

    /// Addresses as people reach them, and providers. Authorities are named by identity.
    fn add_release(&mut self, release: &Release) {
        let platform = release.value("platform");
        let places = [
            ("identity", "identityUrl", stated::IDENTITY),
            ("portal", "portalUrl", stated::PORTAL),
        ];
        for (_, key, service) in places.into_iter().filter(|(role, ..)| release.runs(role)) {
            let url: Option<Url> = platform[key].as_str().and_then(|url| url.parse().ok());
            if let Some(url) = url {
                self.state(url, service);
            }
        }
        // An authority's file alone names where its people log in.
        let written = release.written.get("platform").and_then(|all| all.get("identityUrl"));
        let written = written.and_then(|url| url.as_str()?.parse::<Url>().ok());
        let authority = release.authority().map(str::to_owned);
        if let Some(url) = written.filter(|_| release.runs("slot")) {
            self.state(url, stated::IDENTITY).authorities.extend(authority.clone());
        }
        for (role, service) in [("slot", stated::SLOT), ("notification", stated::NOTIFICATION)] {
            let way = release.runs(role).then(|| way_in(release, role)).flatten();
            let url: Option<Url> = way.and_then(|(_, host)| format!("https://{host}").parse().ok());
            let Some(url) = url else { continue };
            let known = self.state(url, service);
            if role == "slot" {
                known.authorities.extend(authority.clone());
                // What an admin wrote wins over what the chart makes of the platform's address.
                let own = release.settings("slot")["identity"]["issuer"].as_str();
                known.issuer = own.or(platform["identityUrl"].as_str()).map(str::to_owned);
            }
        }
        if let Some(url) = platform["identityUrl"].as_str().and_then(|url| url.parse().ok())
            && release.runs("identity")
        {
            let listed = release.settings("identity")["authorities"].as_array();
            let ids = listed.into_iter().flatten();
            let ids = ids.filter_map(|one| one.as_str().or_else(|| one["id"].as_str()));
            self.state(url, stated::IDENTITY).authorities.extend(ids.map(str::to_owned));
        }
        let providers = release.settings("identity")["providers"].as_array();
        for provider in providers.into_iter().flatten() {
            let text = |key: &str| provider[key].as_str().unwrap_or_default();
            if let Ok(issuer) = text("issuer").parse() {
                self.providers.push(Provider { id: text("id").to_owned(), issuer });
            }
        }
    }

    /// A service at its address. Where identity is, is its issuer, too.
    fn state(&mut self, url: Url, service: &'static str) -> &mut Stated {
        self.services.insert(url.clone());
        let issuer = (service == stated::IDENTITY).then(|| url.to_string());
        let new = || Stated { issuer, ..Stated::new(service) };
        self.stated.entry(url).or_insert_with(new)
    }

    /// What a service's own settings lead to.
    fn add_config(&mut self, file: &Path) -> Result<(), CommandError> {
        let Config { slot, identity, notification, .. } = serve::config(file)?;
        if let Some(slot) = slot {
            let authority = authority_of(&slot.catalogue);
            self.add_queue(&slot.bus, authority.as_ref().map(|id| format!("slot.{id}")));
            self.databases.push(DatabaseOf {
                role: Keeper::Slot,
                url: slot.database.url,
                authority,
            });
            self.add_key_set(slot.identity);
            if let HoldSettings::Redis(redis) = slot.holds {
                self.redis.push(redis);
            }
        }
        if let Some(identity) = identity {
            self.services.extend(identity.http.public_url);
            self.add_database(Keeper::Identity, identity.database.url);
            let providers = identity.providers.into_iter();
            self.providers.extend(
                providers.map(|provider| Provider {
                    id: provider.id.to_string(),
                    issuer: provider.issuer,
                }),
            );
        }
        if let Some(notification) = notification {
            self.add_queue(&notification.bus, Some("notification".to_owned()));
            self.add_database(Keeper::Notification, notification.database.url);
            if let Some(webhooks) = notification.webhooks {
                self.add_key_set(webhooks.identity);
            }
        }
        Ok(())
    }

    fn add_database(&mut self, role: Keeper, url: Secret) {
        self.databases.push(DatabaseOf { role, url, authority: None });
    }

    fn add_key_set(&mut self, trusted: TrustedIssuerSettings) {
        let TrustedIssuerSettings { issuer, jwks_url } = trusted;
        self.key_sets.entry(issuer).or_default().insert(jwks_url);
    }

    fn add_queue(&mut self, bus: &BusSettings, name: Option<String>) {
        if let (Some(url), Some(name)) = (&bus.url, name) {
            let namespace = bus.namespace.clone();
            self.queues.push(QueueOf { url: url.clone(), namespace, name });
        }
    }
}

/// Takes out files for Kubernetes; which those were. One that is broken is no file without services.
fn only_values(texts: &mut Vec<(String, String)>) -> Result<Vec<String>, CommandError> {
    let mut passed_over = Vec::new();
    for (name, text) in &*texts {
        if let Some(kind) = manifest_kind(text) {
            passed_over
                .push(format!("{name} is for Kubernetes (`kind: {kind}`) and no values file"));
            continue;
        }
        let unusable =
            |finding| CommandError::new(format!("{name}: {}", catalogue::line(&finding)));
        catalogue::read(text).map_err(|finding| unusable(finding).exit(files::UNREADABLE))?;
    }
    texts.retain(|(_, text)| manifest_kind(text).is_none());
    Ok(passed_over)
}

/// The authority whose catalogue it is. `None` if the file is not here.
fn authority_of(catalogue: &CatalogueSettings) -> Option<String> {
    let text = match catalogue {
        CatalogueSettings::File(file) => std::fs::read_to_string(file).ok()?,
        CatalogueSettings::Text(text) => text.clone(),
    };
    let values: Json = catalogue::json(&catalogue::read(&text).ok()?);
    values["catalogue"]["authority"]["id"].as_str().map(str::to_owned)
}
