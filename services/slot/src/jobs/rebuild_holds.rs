//! Loads the holds from the database when they are empty: at the first start, and after Redis lost
//! its memory. Until then nobody can hold, and no booking is in danger.

use std::{sync::Arc, time::Duration};

use telemetry::Part;

use crate::{
    app::{AppError, Engine},
    store::queries::Occupancy,
};

/// How often the holds are asked whether they are loaded. Short, since nobody can hold meanwhile.
const LOOK: Duration = Duration::from_millis(200);

/// Rebuilds for ever.
pub async fn run(engine: Arc<Engine>, readiness: Part) {
    let mut working = true;
    loop {
        match rebuild_if_lost(&engine).await {
            Ok(rebuilt) => {
                if engine.availability.is_loaded() {
                    readiness.ready();
                }
                if let Some(claims) = rebuilt {
                    tracing::info!(claims, "the holds were loaded from the database");
                }
                working = true;
            }
            // A service that was ready stays so: without holds it still confirms, cancels and
            // shows, and taking it off the network would end that as well.
            Err(error) => {
                if working {
                    tracing::warn!(%error, "the holds cannot be reached or loaded");
                }
                working = false;
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// How many claims were loaded, if it was necessary.
async fn rebuild_if_lost(engine: &Engine) -> Result<Option<usize>, AppError> {
    let Some(rebuild) = engine.holds.begin_rebuild().await? else { return Ok(None) };
    let now = engine.now();
    let occupancy = Occupancy::since(engine.local_date(now), now);
    let claims = occupancy.read(engine.database.connection()).await?;
    engine.holds.finish_rebuild(rebuild, &claims).await?;
    Ok(Some(claims.len()))
}
