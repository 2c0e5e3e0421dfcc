//! The persons that an authority's staff can name.

use ids::{PersonId, Pseudonym};

use super::{DeskError, DeskStaff};
use crate::store::{Connection, contacts};

/// The person whom the staff's authority knows by this pseudonym. Pseudonyms of other authorities
/// name no person here.
pub(crate) async fn known_person(
    db: &impl Connection,
    staff: &DeskStaff,
    pseudonym: Pseudonym,
) -> Result<PersonId, DeskError> {
    let person = contacts::known_as(db, pseudonym).await?.ok_or(DeskError::NoSuchPerson)?;
    let known = contacts::known_authority(db, person, &staff.authority).await?;
    known.filter(|known| known.pseudonym == pseudonym).ok_or(DeskError::NoSuchPerson)?;
    Ok(person)
}
