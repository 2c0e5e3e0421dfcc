//! What must be known of a person is remembered.

use std::sync::LazyLock;

use ids::{Pseudonym, ServiceId};
use jiff::Timestamp;

use super::{
    RedisHolds,
    keys::Keys,
    script::{Script, script},
};
use crate::holds::HoldsError;

/// * KEYS epoch, what exists while it is so
/// * ARGV epoch record, until when, 1 if that may be earlier than before
/// * Replies `done`.
static NOTE: LazyLock<Script> = script!("note.lua", "formats", "people");

impl RedisHolds {
    pub(in crate::holds) async fn note_history(
        &self,
        person: Pseudonym,
        until: Timestamp,
    ) -> Result<(), HoldsError> {
        self.note(|keys| keys.history(person), until, false).await
    }

    pub(in crate::holds) async fn note_entitled(
        &self,
        person: Pseudonym,
        service: &ServiceId,
        until: Timestamp,
    ) -> Result<(), HoldsError> {
        self.note(|keys| keys.entitled(person, service), until, true).await
    }

    async fn note(
        &self,
        key: impl Fn(&Keys) -> Vec<u8>,
        until: Timestamp,
        may_shorten: bool,
    ) -> Result<(), HoldsError> {
        let run = self.run(|keys| {
            NOTE.call(&[keys.epoch_key.as_bytes(), &key(keys)])
                .arg(&keys.record)
                .arg(until.as_millisecond())
                .arg(u8::from(may_shorten))
        });
        run.await?.1.done().map(drop)
    }
}
