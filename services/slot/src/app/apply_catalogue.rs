//! An admin changes what the authority offers.
//!
//! What is booked is time at a desk and stays that, whatever the new catalogue says. A change that
//! would take a booking's desk, location, service or group away is carried out for the bookings in
//! one transaction where the catalogue says how (`formerly`, `formerGroup`, `keepsBookings`), and
//! is refused otherwise, with the list of what stands in the way.

use std::sync::{Arc, mpsc};

use catalogue::{Catalogue, Impact, conflicts};
use jiff::Timestamp;

use self::carry_out::{Change, NotCarriedOut};
use super::{AppError, Engine, follow_catalogue::follow};
use crate::store::{
    good_catalogue,
    queries::{Occupancy, ReservedOn},
};

mod carry_out;

/// How often a change begins again because another process was faster.
const TRIES: u32 = 3;

/// A catalogue was not put into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotApplied {
    /// Why, one reason a line.
    pub mistakes: String,
    /// Whether the same catalogue may come into force later: what is in the way goes away by
    /// itself, and a database answers again.
    pub is_worth_another_try: bool,
}

/// Puts `text`, read from `name`, into force and tells what that did to bookings, or says why not.
pub async fn apply_catalogue(
    engine: &Engine,
    name: &str,
    text: &str,
) -> Result<String, NotApplied> {
    let _alone = engine.catalogue_state.change().await;
    let applied = match acceptable(&engine.catalogue(), name, text) {
        // Boxed: the future is large, and would make that of each caller as large.
        Ok(new) => Box::pin(put_into_force(engine, Arc::new(new), name, text)).await,
        Err(mistakes) => Err(NotApplied { mistakes, is_worth_another_try: false }),
    };
    match &applied {
        Ok(report) => {
            engine.catalogue_state.affects(report.clone());
            tracing::info!(
                report,
                "the changed catalogue is in force; the report names affected bookings"
            );
        }
        Err(NotApplied { mistakes, .. }) => {
            // A further try with the same result is no news.
            if engine.catalogue_state.refused(mistakes, engine.now()) {
                tracing::error!(
                    error = mistakes,
                    "the changed catalogue is refused; the last good one stays in force"
                );
            }
        }
    }
    applied.map(|report| {
        let parts = ["It is in force."].into_iter().chain(report.as_deref());
        parts.collect::<Vec<_>>().join(" ")
    })
}

/// The catalogue in `text`, if `present` may become that one.
pub(super) fn acceptable(present: &Catalogue, name: &str, text: &str) -> Result<Catalogue, String> {
    let new = Catalogue::parse(name, text).map_err(|error| error.to_string())?;
    if new.authority.id == present.authority.id {
        return Ok(new);
    }
    Err(format!("{name}: catalogue.authority.id: this service is of another authority"))
}

/// What it does to bookings, if anything, or why it must not be.
async fn put_into_force(
    engine: &Engine,
    new: Arc<Catalogue>,
    name: &str,
    text: &str,
) -> Result<Option<String>, NotApplied> {
    let failed = |error: AppError| {
        tracing::warn!(%error, cause = ?error, "cannot compute affected bookings; the changed catalogue is not in force, tried again");
        let mistakes =
            format!("{name}: catalogue: the bookings cannot be read now; it is tried again");
        NotApplied { mistakes, is_worth_another_try: true }
    };
    let in_the_way = |what: String| {
        let lines: Vec<_> = what.lines().map(|line| format!("{name}: {line}")).collect();
        NotApplied { mistakes: lines.join("\n"), is_worth_another_try: true }
    };
    let mut overtaken = None;
    for _ in 0..TRIES {
        let kept = good_catalogue::find(engine.database.connection()).await;
        let kept = kept.map_err(|error| failed(error.into()))?;
        if let Some(kept) = &kept {
            // Another process may have gone ahead: what it carried out is where we begin. What this
            // version cannot read is replaced.
            let _ = follow(engine, kept).await;
            if kept.text == text {
                engine.catalogue_state.in_force(kept, engine.now());
                return Ok(None);
            }
        }
        let before = engine.catalogue();
        let began = engine.now();
        let impact = impact(engine, &before, &new).await.map_err(failed)?;
        if !impact.in_the_way.is_empty() {
            return Err(in_the_way(impact.report()));
        }
        let since = kept.map_or(Timestamp::UNIX_EPOCH, |kept| kept.since);
        let change = Change { engine, before: &before, after: &new, text, since, began };
        match change.carry_out(&impact).await {
            Ok(()) => {
                let report = impact.report();
                let report = report.trim();
                return Ok((!report.is_empty()).then(|| report.replace('\n', "; ")));
            }
            Err(NotCarriedOut::InTheWay(what)) => return Err(in_the_way(what)),
            Err(NotCarriedOut::Failed(error)) => return Err(failed(error)),
            Err(NotCarriedOut::Overtaken(error)) => overtaken = Some(error),
        }
    }
    Err(failed(overtaken.unwrap_or(AppError::CatalogueChanged)))
}

/// What the change does to everything reserved from today on. Read day by day, and compared by a
/// thread of its own, so that it takes neither memory nor the time of request threads.
async fn impact(
    engine: &Engine,
    before: &Arc<Catalogue>,
    after: &Arc<Catalogue>,
) -> Result<Impact, AppError> {
    let (sender, reserved) = mpsc::sync_channel(1);
    let (before, after) = (Arc::clone(before), Arc::clone(after));
    let compared = tokio::task::spawn_blocking(move || {
        conflicts(&before, &after, reserved.into_iter().flatten())
    });
    let db = engine.database.connection();
    let mut next = Some(engine.local_date(engine.now()));
    while let Some(date) = next {
        let day = ReservedOn(date).read(db).await?;
        // The thread reads them as fast as they come; a full channel waits for it.
        let sender = sender.clone();
        let sent = tokio::task::spawn_blocking(move || sender.send(day)).await;
        if !matches!(sent, Ok(Ok(()))) {
            break;
        }
        next = Occupancy::next_date(db, date).await?;
    }
    drop(sender);
    compared.await.map_err(|panicked| AppError::Internal(panicked.into()))
}
