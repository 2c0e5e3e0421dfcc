//! In which language a person is told of a date that they have not answered.

use ids::Pseudonym;
use vocabulary::Language;

use crate::{
    app::AppError,
    store::{Transaction, bookings},
};

/// That of the appointment which they booked last; German, the official language, for who had none yet.
///
/// # Errors
/// The statement fails.
pub(super) async fn language_of(
    transaction: &Transaction,
    person: Pseudonym,
) -> Result<String, AppError> {
    let last = bookings::last_language(transaction, person).await?;
    Ok(last.unwrap_or_else(|| Language::German.tag().to_owned()))
}
