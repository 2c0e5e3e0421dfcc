//! At the desk, a person reads out the code that came to the address that they stated.

use ids::Pseudonym;
use problem::{Problem, types};

use super::{
    super::{
        Context,
        prove_contact::{self, Proof},
    },
    DeskStaff,
};
use crate::store::contacts;

/// Redeems the code. Messages go to the address from then on; the former address is notified.
pub(crate) async fn prove_address(
    context: &Context,
    staff: &DeskStaff,
    pseudonym: Pseudonym,
    code: &str,
    language: &str,
) -> Result<Proof, Problem> {
    let internal = |error| Problem::new(&types::INTERNAL).caused_by(error);
    let unknown = || Problem::new(&types::NOT_FOUND);
    let db = context.database.connection();
    let person = contacts::known_as(db, pseudonym).await.map_err(internal)?.ok_or_else(unknown)?;
    let known = contacts::known_authority(db, person, &staff.authority).await.map_err(internal)?;
    known.filter(|known| known.pseudonym == pseudonym).ok_or_else(unknown)?;
    prove_contact::prove_address(context, person, code, language).await
}
