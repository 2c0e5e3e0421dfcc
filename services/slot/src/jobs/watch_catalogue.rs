//! Applies changes of the catalogue while the service runs: from the file, or, in a Kubernetes
//! cluster, from the ConfigMap itself, which arrives at once (the mounted file follows a minute
//! later). A catalogue with a mistake is refused, and the last good one stays in force. One that
//! something booked or held is in the way of is tried again until it fits.

use std::{sync::Arc, time::Duration};

use cluster::{Cluster, Report, Severity, WatchedText};
use jiff::Timestamp;
use tokio::time::Instant;

use crate::{
    app::{CatalogueFile, Engine, NotApplied, apply_catalogue, follow_catalogue::follow_catalogue},
    settings::ClusterSettings,
};

/// How often the file is looked at. A mounted ConfigMap changes by exchanging links, of which file
/// notifications tell little; reading a small file costs nothing.
const EVERY: Duration = Duration::from_secs(2);

/// How soon a process follows a catalogue that another one put into force: within a second, with the way there.
const FOLLOW_EVERY: Duration = Duration::from_millis(800);

/// How often it is tried again to put into force what was refused because of what is booked or held.
const AGAIN_EVERY: Duration = Duration::from_secs(10);

/// Follows, for ever, what another process of the authority put into force: an edit reaches them at
/// different moments. Until then the database refuses what this process decides by the old one. So it waits for
/// no turn of its neighbours.
pub async fn follow(engine: Arc<Engine>) {
    let mut ticks = tokio::time::interval(FOLLOW_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = follow_catalogue(&engine).await {
            tracing::debug!(%error, "the catalogue in force cannot be followed now");
        }
    }
}

/// What was refused because of what is booked or held, which goes away by itself.
#[derive(Debug)]
struct Refused {
    /// What was in force then. Once that is another one, an admin decided anew.
    before: Timestamp,
    again: Instant,
}

impl Refused {
    fn of(engine: &Engine, applied: &Result<String, NotApplied>) -> Option<Self> {
        let refused = applied.as_ref().err()?;
        refused.is_worth_another_try.then(|| Self::now(engine))
    }

    fn now(engine: &Engine) -> Self {
        Self { before: engine.catalogue_state.since(), again: Instant::now() + AGAIN_EVERY }
    }

    fn is_outdated(&self, engine: &Engine) -> bool {
        self.before != engine.catalogue_state.since()
    }
}

/// Watches the file for ever.
pub async fn in_file(engine: Arc<Engine>, mut file: CatalogueFile) {
    let name = file.path.display().to_string();
    let mut refused = (!file.accepted).then(|| Refused::now(&engine));
    loop {
        tokio::time::sleep(EVERY).await;
        refused.take_if(|refused| refused.is_outdated(&engine));
        let is_due = refused.as_ref().is_some_and(|refused| refused.again <= Instant::now());
        match std::fs::read_to_string(&file.path) {
            Ok(read) if read == file.text && !is_due => {}
            Ok(read) => {
                // The log says why it was refused.
                let applied = apply_catalogue(&engine, &name, &read).await;
                refused = Refused::of(&engine, &applied);
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
    let mut refused: Option<(Refused, WatchedText, String)> = None;
    loop {
        refused.take_if(|(refused, ..)| refused.is_outdated(&engine));
        let again = refused.as_ref().map(|(refused, ..)| refused.again);
        let found = tokio::select! {
            found = watch.next() => Some(found),
            () = until(again) => None,
        };
        let (found, known) = match found {
            Some(found) if last.as_ref() == Some(&found.text) => continue,
            Some(found) => (found, None),
            None => match refused.take() {
                Some((refused, ..)) if refused.is_outdated(&engine) => continue,
                Some((_, found, mistakes)) => (found, Some(mistakes)),
                None => continue,
            },
        };
        let applied = apply_catalogue(&engine, &settings.key, &found.text).await;
        let mistakes = applied.as_ref().err().map(|refused| refused.mistakes.clone());
        // The admin is told again only if something else is in the way.
        if known.is_none() || mistakes != known {
            report(&cluster, &found, &applied).await;
        }
        last = Some(found.text.clone());
        refused = Refused::of(&engine, &applied)
            .map(|refused| (refused, found, mistakes.unwrap_or_default()));
    }
}

/// Never, if there is nothing to wait for.
async fn until(instant: Option<Instant>) {
    match instant {
        Some(instant) => tokio::time::sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

async fn report(cluster: &Cluster, found: &WatchedText, applied: &Result<String, NotApplied>) {
    let (severity, reason, note) = match applied {
        Ok(told) => (Severity::Normal, "CatalogueApplied", told.clone()),
        Err(NotApplied { mistakes, .. }) => (
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
