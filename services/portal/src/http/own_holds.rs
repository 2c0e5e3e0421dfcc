//! What a person holds at an authority; perhaps on another device.

use client::Hold;

use super::{page_error::PageError, request::Authority, visitor::Visitor};

/// The person's holds, as the authority knows them. If it does not say, what this browser knows.
///
/// # Errors
/// There is no token for it.
pub(super) async fn own_holds(
    visitor: &Visitor,
    Authority { office, .. }: &Authority,
) -> Result<Vec<Hold>, PageError> {
    let token = visitor.token(&office.id).await?;
    Ok(match office.api.own_holds(&token).await {
        Ok(holds) => holds,
        Err(error) => {
            tracing::info!(authority = %office.id, %error, "cannot list a person's holds; only those of this browser are known");
            let here = visitor.session.read().holds.into_iter();
            here.filter(|held| held.authority == office.id).map(|held| held.hold).collect()
        }
    })
}
