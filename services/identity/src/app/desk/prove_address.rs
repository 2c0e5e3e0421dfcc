//! At the desk, a person reads out the code that came to the address that they stated.

use ids::Pseudonym;
use problem::Problem;

use super::{
    super::{
        Context,
        prove_contact::{self, Proof},
    },
    DeskStaff,
    known_person::known_person,
};

/// Redeems the code. Messages go to the address from then on; the former address is notified.
pub(crate) async fn prove_address(
    context: &Context,
    staff: &DeskStaff,
    pseudonym: Pseudonym,
    code: &str,
    language: &str,
) -> Result<Proof, Problem> {
    let person = known_person(context.database.connection(), staff, pseudonym).await?;
    prove_contact::prove_address(context, person, code, language).await
}
