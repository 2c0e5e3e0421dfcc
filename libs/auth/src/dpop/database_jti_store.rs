//! Used proofs in a service's own database, for services that few programs call.

use async_trait::async_trait;
use jiff::Timestamp;
use store::{Database, used_once};

use super::{JtiStore, JtiStoreError};

/// Remembers proofs in the table `used_once`; a job of the service deletes what has expired.
#[derive(Debug)]
pub struct DatabaseJtiStore(pub Database);

#[async_trait]
impl JtiStore for DatabaseJtiStore {
    async fn first_use(&self, id: &str, until: Timestamp) -> Result<bool, JtiStoreError> {
        let db = self.0.connection();
        used_once::first_time(db, id.to_owned(), until).await.map_err(JtiStoreError::new)
    }
}
