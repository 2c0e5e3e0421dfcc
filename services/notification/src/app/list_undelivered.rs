//! Staff look which messages did not reach their person.

use ids::AuthorityId;
use store::{Database, StoreError};

use crate::{notice::Undelivered, store::messages};

/// What failed, and what waits because an attempt failed; newest first.
pub(crate) async fn list_undelivered(
    database: &Database,
    authority: &AuthorityId,
) -> Result<Vec<Undelivered>, StoreError> {
    messages::undelivered(database, authority).await
}
