//! DPoP proofs that were used (RFC 9449 section 11.1), for all processes of the authority. They outlive
//! an epoch: a rebuild must not make a proof from before it valid again.

use async_trait::async_trait;
use auth::{JtiStore, JtiStoreError};
use jiff::Timestamp;
use redis::Value;

use super::RedisHolds;

#[async_trait]
impl JtiStore for RedisHolds {
    /// One round trip. If the connection breaks in it, it may count twice: then an honest program is
    /// refused and makes another proof.
    async fn first_use(&self, id: &str, until: Timestamp) -> Result<bool, JtiStoreError> {
        let mut command = redis::cmd("SET");
        command.arg(self.0.place.proof(id)).arg("").arg("NX");
        command.arg("PXAT").arg(until.as_millisecond());
        match self.0.connection.send(&command).await {
            Ok(Value::Okay) => Ok(true),
            Ok(Value::Nil) => Ok(false),
            Ok(_) => Err(JtiStoreError::new("an answer that SET does not give")),
            Err(error) => Err(JtiStoreError::new(error)),
        }
    }
}
