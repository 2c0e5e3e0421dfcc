//! Applies changes of the catalogue while the service runs: from the file, or, in a Kubernetes
//! cluster, from the ConfigMap itself, which arrives at once (the mounted file follows a minute
//! later). A catalogue with a mistake is refused, and the last good one stays in force.

use std::{path::PathBuf, sync::Arc, time::Duration};

use catalogue::Catalogue;
use cluster::{Cluster, Found, Report, Severity};

use crate::{app::Engine, settings::ClusterSettings};

/// How often the file is looked at. A mounted ConfigMap changes by exchanging links, of which file
/// notifications tell little; reading a small file costs nothing.
const EVERY: Duration = Duration::from_secs(2);

/// Watches the file for ever. `text` is what was read at the start.
pub async fn in_file(engine: Arc<Engine>, file: PathBuf, mut text: String) {
    loop {
        tokio::time::sleep(EVERY).await;
        match std::fs::read_to_string(&file) {
            Ok(read) if read == text => {}
            Ok(read) => {
                let _ = apply(&engine, &file.display().to_string(), &read);
                text = read;
            }
            Err(error) => tracing::warn!(%error, "the catalogue file cannot be read"),
        }
    }
}

/// Watches the ConfigMap for ever, and answers each change with an Event for the admin who made
/// it. `text` is what was read at the start.
pub async fn in_cluster(
    engine: Arc<Engine>,
    cluster: Cluster,
    settings: ClusterSettings,
    text: String,
) {
    let mut watch = cluster.watch(&settings.config_map, &settings.key);
    let mut last = text;
    loop {
        let found = watch.next().await;
        if found.text != last {
            let applied = apply(&engine, &settings.key, &found.text);
            report(&cluster, &found, applied).await;
            last = found.text;
        }
    }
}

async fn report(cluster: &Cluster, found: &Found, applied: Result<(), String>) {
    let (severity, reason, note) = match applied {
        Ok(()) => (Severity::Normal, "CatalogueApplied", "It is in force.".to_owned()),
        Err(mistakes) => (
            Severity::Warning,
            "CatalogueRefused",
            format!("The last good catalogue stays in force. {mistakes}"),
        ),
    };
    let report =
        Report { about: &found.source, severity, action: "ApplyCatalogue", reason, note: &note };
    if let Err(error) = cluster.report(&report).await {
        tracing::warn!(%error, "the Event could not be published");
    }
}

/// Puts the catalogue in `text` into force, or says why not.
fn apply(engine: &Engine, name: &str, text: &str) -> Result<(), String> {
    let refused = match Catalogue::parse(name, text) {
        Ok(new) if new.authority.id != engine.catalogue().authority.id => {
            format!("{name}: catalogue.authority.id: this service is of another authority")
        }
        Ok(new) => {
            engine.catalogue.store(Arc::new(new));
            tracing::info!("the changed catalogue is in force");
            return Ok(());
        }
        Err(error) => error.to_string(),
    };
    tracing::error!(error = refused, "the last good catalogue stays in force");
    Err(refused)
}
