//! An agency changes only what it posted itself; of the rest it learns nothing.

use ids::{ClientId, EntitlementId};

use super::{AppError, Engine};
use crate::{domain::Entitlement, store::entitlements};

/// The entitlement, if `client` posted it.
///
/// # Errors
/// There is none, or another agency posted it.
pub(super) async fn own_entitlement(
    engine: &Engine,
    client: &ClientId,
    id: EntitlementId,
) -> Result<Entitlement, AppError> {
    let found = entitlements::find(engine.database.connection(), id).await?;
    found.filter(|it| it.posted_by == *client).ok_or(AppError::NoSuchEntitlement)
}
