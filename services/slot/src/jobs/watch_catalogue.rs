//! Applies changes of the catalogue while the service runs: from the file, or, in a Kubernetes
//! cluster, from the ConfigMap itself, which arrives at once (the mounted file follows a minute
//! later). A catalogue with a mistake is refused, and the last good one stays in force.

use std::{sync::Arc, time::Duration};

use cluster::{Cluster, Report, Severity, WatchedText};

use crate::{
    app::{CatalogueFile, Engine, apply_catalogue},
    settings::ClusterSettings,
    store::good_catalogue,
};

/// How often the file is looked at. A mounted ConfigMap changes by exchanging links, of which file
/// notifications tell little; reading a small file costs nothing.
const EVERY: Duration = Duration::from_secs(2);

/// How soon a process follows a catalogue that another one put into force.
const FOLLOW_EVERY: Duration = Duration::from_secs(1);

/// Follows, for ever, what another process of the authority put into force: an edit reaches them at
/// different moments, and they must not sell by two catalogues.
pub async fn follow(engine: Arc<Engine>) {
    let mut ticks = tokio::time::interval(FOLLOW_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut refused = None;
    loop {
        ticks.tick().await;
        match good_catalogue::find(engine.database.connection()).await {
            Ok(Some(text))
                if !engine.catalogue_state.is(&text) && refused.as_ref() != Some(&text) =>
            {
                // The log says why it was refused; then this process is of another version.
                let name = "the catalogue of another process";
                refused = apply_catalogue(&engine, name, &text).await.err().map(|_| text);
            }
            Ok(_) => {}
            Err(error) => {
                tracing::debug!(%error, "cannot read the catalogue in force; the present one stays")
            }
        }
    }
}

/// Watches the file for ever.
pub async fn in_file(engine: Arc<Engine>, mut file: CatalogueFile) {
    let name = file.path.display().to_string();
    loop {
        tokio::time::sleep(EVERY).await;
        match std::fs::read_to_string(&file.path) {
            Ok(read) if read == file.text => {}
            Ok(read) => {
                // The log says why it was refused.
                let _ = apply_catalogue(&engine, &name, &read).await;
                file.text = read;
            }
            Err(error) => {
                tracing::warn!(%error, "cannot read the catalogue file; the present catalogue stays in force")
            }
        }
    }
}

/// Watches the ConfigMap for ever, and answers each change with an Event for the admin who made
/// it. A `file` whose text was not accepted at the start is answered as well.
pub async fn in_cluster(
    engine: Arc<Engine>,
    cluster: Cluster,
    settings: ClusterSettings,
    file: Option<CatalogueFile>,
) {
    let mut watch = cluster.watch(&settings.config_map, &settings.key);
    let mut last = file.filter(|file| file.accepted).map(|file| file.text);
    loop {
        let found = watch.next().await;
        if last.as_ref() != Some(&found.text) {
            let applied = apply_catalogue(&engine, &settings.key, &found.text).await;
            report(&cluster, &found, applied).await;
            last = Some(found.text);
        }
    }
}

async fn report(cluster: &Cluster, found: &WatchedText, applied: Result<String, String>) {
    let (severity, reason, note) = match applied {
        Ok(told) => (Severity::Normal, "CatalogueApplied", told),
        Err(mistakes) => (
            Severity::Warning,
            "CatalogueRefused",
            format!("The last good catalogue stays in force. {mistakes}"),
        ),
    };
    let report =
        Report { about: &found.source, severity, action: "ApplyCatalogue", reason, note: &note };
    if let Err(error) = cluster.report(&report).await {
        tracing::warn!(%error, "cannot publish the Kubernetes Event; the admin sees no report of the change");
    }
}
