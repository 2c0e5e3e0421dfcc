//! Signs the public log and shows it to its witnesses.
//!
//! One loop signs, and each witness has a loop of its own: a dead or slow one delays no other.

use std::{sync::Arc, time::Duration};

use cluster::{Leadership, Term};
use telemetry::{Gauge, Metrics};

use super::turns::Turns;
use crate::{
    app::{
        AppError, Engine,
        log::{ask_witness::ask_witness, read_log, sign_checkpoint::sign_checkpoint},
    },
    log_settings::WitnessSettings,
};

/// How often the jobs look for work.
const TICK: Duration = Duration::from_secs(1);
/// The longest pause before a witness that does not cosign is asked again. Pauses double up to it.
const MAX_PAUSE: Duration = Duration::from_secs(60);

/// What operators see.
#[derive(Debug)]
pub struct Numbers {
    age: Gauge,
    unsigned: Gauge,
    behind: Gauge,
    stuck: Gauge,
}

impl Numbers {
    /// Registers them.
    #[must_use]
    pub fn of(metrics: &Metrics) -> Self {
        let age = "How many seconds ago the newest checkpoint of the public log was signed; 0 if another process leads";
        let unsigned = "Entries of the public log that no checkpoint has yet";
        let behind = "Witnesses that have not cosigned the newest checkpoint of the public log";
        let stuck = "1 if the last try to sign the public log failed; 0 if another process leads";
        Self {
            age: metrics.gauge("log_checkpoint_age_seconds", age),
            unsigned: metrics.gauge("log_unsigned_entries", unsigned),
            behind: metrics.gauge("log_witnesses_behind", behind),
            stuck: metrics.gauge("log_stuck", stuck),
        }
    }

    async fn show(&self, engine: &Engine) -> Result<(), AppError> {
        let state = read_log::state(engine).await?;
        self.age.set(state.checkpoint_age);
        self.unsigned.set(i64::try_from(state.unsigned).unwrap_or(i64::MAX));
        self.behind.set(i64::try_from(state.witnesses_behind).unwrap_or(i64::MAX));
        Ok(())
    }
}

/// Signs for ever, while this process leads.
pub async fn sign(engine: Arc<Engine>, leadership: Leadership, turns: Turns, numbers: Numbers) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Some(term) = leadership.term() else {
            for gauge in [&numbers.age, &numbers.unsigned, &numbers.behind, &numbers.stuck] {
                gauge.set(0);
            }
            continue;
        };
        let _turn = turns.take().await;
        match sign_checkpoint(&engine, term).await {
            Ok(()) => drop(numbers.stuck.set(0)),
            Err(error) => {
                numbers.stuck.set(1);
                tracing::error!(%error, "the public log is not signed; draws are not shown to stand in it; tried again");
            }
        }
        if let Err(error) = numbers.show(&engine).await {
            tracing::warn!(%error, "cannot read how the public log stands");
        }
    }
}

/// Asks one witness for ever, while this process leads.
pub async fn ask(engine: Arc<Engine>, leadership: Leadership, witness: WitnessSettings) {
    let mut pause = TICK;
    loop {
        tokio::time::sleep(pause).await;
        pause = match leadership.term() {
            Some(term) if !cosigns(&engine, term, &witness).await => (pause * 2).min(MAX_PAUSE),
            Some(_) | None => TICK,
        };
    }
}

/// Whether nothing is left to be cosigned.
async fn cosigns(engine: &Engine, term: Term, witness: &WitnessSettings) -> bool {
    let Err(error) = ask_witness(engine, term, witness).await else { return true };
    let name = witness.key.name();
    if error.needs_somebody() {
        tracing::error!(witness = name, %error, "a witness does not cosign the public log; draws cannot name it as theirs until that is put right");
    } else {
        tracing::warn!(witness = name, %error, "a witness has not cosigned the public log yet; it is asked again");
    }
    false
}
