//! Whether one telephone number stands for more people than a member of staff decides about alone.
//!
//! In a waiting list staff write the number down, in a draw the person states it online. Either way staff fill a place
//! by a call to it, and the seat could be sold.

use super::{AppError, Engine};
use crate::domain::{PhoneNumber, waiting::Phone};

/// Places of other people with one number that a member of staff fills alone: a family has one telephone, ten invented
/// people have one, too.
const PLACES_OF_A_NUMBER: usize = 3;
/// Places of an office that are compared, at most.
pub(super) const COMPARED: u64 = 2_000;

/// Whether as many of `others` have this number as one member of staff fills alone. Each stands beside the id for
/// which its number is encrypted.
///
/// # Errors
/// A number cannot be decrypted.
pub(super) fn is_crowded<'a, Id: ToString>(
    engine: &Engine,
    number: &str,
    others: impl Iterator<Item = (Id, &'a Phone)>,
) -> Result<bool, AppError> {
    let (number, mut same) = (PhoneNumber::behind_country(number), 0);
    for (id, phone) in others {
        let known: String = engine.draws.keys.open(&phone.number, id)?;
        same += usize::from(PhoneNumber::behind_country(&known) == number);
    }
    Ok(same >= PLACES_OF_A_NUMBER)
}
