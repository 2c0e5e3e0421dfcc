//! What earlier epochs left behind goes: it is as big as what comes.

use std::sync::LazyLock;

use super::{
    RedisHolds,
    script::{Script, script},
};
use crate::holds::{HoldsError, Rebuild};

/// * KEYS epoch, rebuilding
/// * ARGV the epoch that is loaded, milliseconds that others wait for it, pattern of all names, what
///   names of this epoch begin with, cursor. The names follow from the pattern.
/// * Replies `done` and the next cursor, or `lost`: others are loading by now.
static CLEAR: LazyLock<Script> = script!("clear.lua", "rebuild");

impl RedisHolds {
    pub(super) async fn clear_earlier_epochs(&self, rebuild: &Rebuild) -> Result<(), HoldsError> {
        let pattern = format!("{}*", self.0.place.epochs());
        let keep = self.keys_of(rebuild).names;
        let mut cursor = "0".to_owned();
        loop {
            let call = self.while_loading(&CLEAR, rebuild, &[]);
            let reply = self.send(call.arg(&pattern).arg(&keep).arg(&cursor)).await?;
            cursor = reply.done()?.text()?;
            if cursor == "0" {
                return Ok(());
            }
        }
    }
}
