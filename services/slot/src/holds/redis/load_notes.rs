//! What must be known of people is loaded.

use std::sync::LazyLock;

use ids::{Pseudonym, ServiceId};
use jiff::Timestamp;

use super::{
    RedisHolds,
    keys::{entitled_name, history_name},
    script::{Script, script},
};
use crate::holds::{HoldsError, Rebuild};

/// * KEYS epoch, rebuilding
/// * ARGV the epoch that is loaded, milliseconds that others wait for it, what names begin with, the
///   notes (each packed: until when i64, with its length u8 the rest of its name)
/// * Replies `done`, or `lost`: others are loading by now.
static LOAD_NOTES: LazyLock<Script> = script!("load_notes.lua", "rebuild");

/// Most notes in one call. Redis does nothing else while it runs, about a millisecond.
const LARGEST_BATCH: usize = 500;

impl RedisHolds {
    pub(in crate::holds) async fn load_history(
        &self,
        rebuild: &Rebuild,
        people: &[(Pseudonym, Timestamp)],
    ) -> Result<(), HoldsError> {
        let notes = people.iter().map(|(person, until)| (history_name(*person), *until));
        self.load_notes(rebuild, notes).await
    }

    pub(in crate::holds) async fn load_entitled(
        &self,
        rebuild: &Rebuild,
        people: &[(Pseudonym, ServiceId, Timestamp)],
    ) -> Result<(), HoldsError> {
        let notes =
            people.iter().map(|(person, service, until)| (entitled_name(*person, service), *until));
        self.load_notes(rebuild, notes).await
    }

    async fn load_notes(
        &self,
        rebuild: &Rebuild,
        mut notes: impl Iterator<Item = (Vec<u8>, Timestamp)>,
    ) -> Result<(), HoldsError> {
        let names = self.keys_of(rebuild).names;
        loop {
            let mut packed = Vec::new();
            for (name, until) in notes.by_ref().take(LARGEST_BATCH) {
                packed.extend(until.as_millisecond().max(0).to_le_bytes());
                packed.push(u8::try_from(name.len()).expect("names are short"));
                packed.extend(name);
            }
            if packed.is_empty() {
                return Ok(());
            }
            let call = self.while_loading(&LOAD_NOTES, rebuild, &[]).arg(&names).arg(packed);
            self.send(call).await?.done()?;
        }
    }
}
