//! The store is declared lost, because it went back in time.

use std::sync::LazyLock;

use super::{
    RedisHolds,
    keys::Keys,
    script::{Script, script},
};
use crate::holds::HoldsError;

/// * KEYS epoch
/// * ARGV epoch record
/// * Replies `done`, also if another epoch has begun.
static DROP_EPOCH: LazyLock<Script> = script!("drop_epoch.lua");

impl RedisHolds {
    pub(super) async fn drop_epoch(&self, keys: &Keys) -> Result<(), HoldsError> {
        tracing::warn!(
            "the hold store went back in time, for example after a failover; it is rebuilt from the database"
        );
        self.0.keys.store(None);
        let call = DROP_EPOCH.call(&[&keys.epoch_key]).arg(&keys.record);
        self.send(call).await?;
        self.0.loss.notify_one();
        Ok(())
    }
}
