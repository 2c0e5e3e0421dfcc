//! A person wants no messages any more.

use auth::AccessClaims;
use problem::Problem;

use super::{
    Context,
    contact::keep_none,
    publish_contact::publish_contact_within,
    set_contact::{caller, internal},
};
use crate::store::{contacts, email_claims};

/// Forgets the address, and the one that waits for its proof. Every authority that knows the person forgets
/// it too, and what a provider says at the next log-in does not bring it back. Nothing is sent to the
/// former address: the person wants no message.
pub(crate) async fn clear_contact(context: &Context, claims: AccessClaims) -> Result<(), Problem> {
    let person = caller(context, &claims).await?.person;
    let mut unit = context.begin().await.map_err(internal)?;
    let db = unit.transaction();
    email_claims::settle(db, person).await.map_err(internal)?;
    keep_none(context, db, person).await.map_err(internal)?;
    for known in contacts::known_authorities(db, person).await.map_err(internal)? {
        let told = publish_contact_within(context, &mut unit, person, &known.authority).await;
        told.map_err(internal)?;
    }
    unit.commit().await.map_err(internal)
}
