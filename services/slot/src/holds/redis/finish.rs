//! The store is open for holds again.

use std::sync::LazyLock;

use super::{
    RedisHolds,
    script::{Script, script},
    watch::{LIFE, milliseconds},
};
use crate::holds::{HoldsError, Rebuild};

/// * KEYS epoch, rebuilding, returning
/// * ARGV the epoch that was loaded, milliseconds that others wait for it, its record, milliseconds
///   that it lives without being looked after
/// * Replies `done`, or `lost`: others are loading by now, or this is another server.
static FINISH: LazyLock<Script> = script!("finish.lua", "formats", "rebuild");

impl RedisHolds {
    pub(in crate::holds) async fn finish_rebuild(
        &self,
        rebuild: Rebuild,
    ) -> Result<(), HoldsError> {
        let keys = self.keys_of(&rebuild);
        let call = self.while_loading(&FINISH, &rebuild, &[keys.returning()]);
        self.send(call.arg(&keys.record).arg(milliseconds(LIFE))).await?.done()?;
        self.look_up_epoch().await.map(drop)
    }
}
