//! Applies changes of the catalogue file while the service runs. A catalogue with a mistake is
//! refused, and the last good one stays in force.

use std::{path::PathBuf, sync::Arc, time::Duration};

use catalogue::Catalogue;

use crate::app::Engine;

/// How often the file is looked at. A mounted ConfigMap changes by exchanging links, of which file
/// notifications tell little; reading a small file costs nothing.
const EVERY: Duration = Duration::from_secs(2);

/// Watches for ever. `text` is what was read at the start.
pub async fn run(engine: Arc<Engine>, file: PathBuf, mut text: String) {
    loop {
        tokio::time::sleep(EVERY).await;
        match std::fs::read_to_string(&file) {
            Ok(read) if read == text => {}
            Ok(read) => {
                apply(&engine, &file.display().to_string(), &read);
                text = read;
            }
            Err(error) => tracing::warn!(%error, "the catalogue file cannot be read"),
        }
    }
}

fn apply(engine: &Engine, name: &str, text: &str) {
    match Catalogue::parse(name, text) {
        Ok(new) if new.authority.id != engine.catalogue().authority.id => {
            tracing::error!(
                "the catalogue is of another authority; the last good catalogue stays in force"
            );
        }
        Ok(new) => {
            engine.catalogue.store(Arc::new(new));
            tracing::info!("the changed catalogue is in force");
        }
        Err(error) => {
            tracing::error!(%error, "the last good catalogue stays in force");
        }
    }
}
