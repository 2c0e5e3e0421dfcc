//! A person proves that they read mail at the address that they stated.

use auth::AccessClaims;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use ids::PersonId;
use problem::Problem;

use super::{
    Context,
    contact::{address_of, claimed_address, keep_address, tell_former},
    email_code::MAX_TRIES,
    publish_contact::publish_contact_within,
    set_contact::{caller, internal},
};
use crate::store::{
    contacts,
    email_claims::{self, EmailClaim},
};

/// What a code proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// Messages go to the address from now on.
    Proven,
    /// It was not the code. With nothing left to try, only a new code helps.
    Wrong {
        /// How often it can be tried again.
        tries_left: i64,
    },
}

/// Redeems the code. Every authority that knows the person gets the address. The message to the former
/// address is in `language`, else in that of the log-in.
pub(crate) async fn prove_contact(
    context: &Context,
    claims: AccessClaims,
    code: &str,
    language: Option<&str>,
) -> Result<Proof, Problem> {
    let caller = caller(context, &claims).await?;
    let language = language.unwrap_or(&caller.session.language);
    prove_address(context, caller.person, code, language).await
}

/// The same without a session: the code proves access to the mailbox.
pub(super) async fn prove_address(
    context: &Context,
    person: PersonId,
    code: &str,
    language: &str,
) -> Result<Proof, Problem> {
    let db = context.database.connection();
    // By itself, so that a try counts whatever becomes of the rest.
    let counted = email_claims::count_try(db, person, MAX_TRIES, context.now()).await;
    if !counted.map_err(internal)? {
        return Ok(Proof::Wrong { tries_left: 0 });
    }
    let claim = email_claims::find(db, person).await.map_err(internal)?;
    let address = claimed_address(context, person, claim.as_ref()).map_err(internal)?;
    let (Some(claim), Some(address)) = (claim, address) else {
        return Ok(Proof::Wrong { tries_left: 0 });
    };
    if !is_code(context, person, &claim, code) {
        return Ok(Proof::Wrong { tries_left: (MAX_TRIES - claim.tries).max(0) });
    }
    keep(context, person, &address, language).await?;
    Ok(Proof::Proven)
}

fn is_code(context: &Context, person: PersonId, claim: &EmailClaim, code: &str) -> bool {
    let tried = context.secrets.email_code(person, &digits_of(code));
    let sent = claim.code_mac.as_deref();
    sent.is_some_and(|sent| verify_slices_are_equal(sent.as_bytes(), tried.as_bytes()).is_ok())
}

/// How many digits a code has.
const DIGITS: usize = 6;

/// The digits of what was typed, on a keyboard of whichever language: people copy blanks and words along, and
/// type an O for a 0.
fn digits_of(code: &str) -> String {
    let code = texts::plain_digits(code);
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= DIGITS {
        return digits;
    }
    let read = |typed: char| match typed {
        'O' | 'o' => Some('0'),
        'I' | 'i' | 'l' | '|' => Some('1'),
        digit => digit.is_ascii_digit().then_some(digit),
    };
    code.chars().filter_map(read).collect()
}

async fn keep(
    context: &Context,
    person: PersonId,
    address: &str,
    language: &str,
) -> Result<(), Problem> {
    let mut unit = context.begin().await.map_err(internal)?;
    let db = unit.transaction();
    let former = address_of(context, db, person).await.map_err(internal)?;
    keep_address(context, db, person, address, true).await.map_err(internal)?;
    email_claims::settle(db, person).await.map_err(internal)?;
    if let Some(former) = former.filter(|it| it != address) {
        tell_former(context, &mut unit, person, &former, language).await.map_err(internal)?;
    }
    let known_to = contacts::known_authorities(unit.transaction(), person).await;
    for known in known_to.map_err(internal)? {
        let introduced = publish_contact_within(context, &mut unit, person, &known.authority).await;
        introduced.map_err(internal)?;
    }
    unit.commit().await.map_err(internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_with_blanks_words_and_letters_for_digits() {
        for (typed, digits) in [
            ("120 450", "120450"),
            ("Ihr Code: 120450", "120450"),
            ("12O 45o", "120450"),
            ("١٢٠٤٥٠", "120450"),
            ("۱۲۰ ۴۵۰", "120450"),
            ("l2O4S0", "12040"),
            ("", ""),
        ] {
            assert_eq!(digits_of(typed), digits, "{typed}");
        }
    }
}
