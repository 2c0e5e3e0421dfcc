//! A call: what the caller says is recorded, and proves nothing.

use auth::{Actor, AttendeeClaims, TokenType};
use ids::{AuthorityId, Pseudonym};
use jiff::SignedDuration;
use serde_json::json;
use vocabulary::{TrustLevel, urn_of};

use super::{
    super::{Context, issue::sign},
    DeskError, DeskStaff,
};
use crate::person::{Attributes, fingerprint::Fingerprints};

/// How long the attendee token lasts: one booking.
const LIFETIME: SignedDuration = SignedDuration::from_mins(15);

/// A caller, for this authority.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) pseudonym: Pseudonym,
    /// What was said, signed, with the member of staff who took the call, at level `basic`.
    pub(crate) attendee_token: String,
}

/// States what a caller said. No person is found or added: at the visit the same words are found
/// again in the attendee token of the document (`phone_sub`).
pub(crate) async fn take_call(
    context: &Context,
    staff: &DeskStaff,
    said: &Attributes,
) -> Result<Caller, DeskError> {
    let said = said.as_said_by_phone();
    let pseudonym = caller(context, &staff.authority, &said).ok_or(DeskError::TooLittle)?;
    let unit = context.begin().await?;
    let details = json!({ "authority": staff.authority });
    context
        .record(unit.transaction(), &staff.actor(), "desk.call-taken", pseudonym, details)
        .await?;
    unit.commit().await?;
    let now = context.now();
    let claims = AttendeeClaims {
        iss: context.issuer.clone(),
        sub: pseudonym,
        aud: urn_of(&staff.authority),
        exp: now.as_second() + LIFETIME.as_secs(),
        iat: now.as_second(),
        given_name: said.given_names,
        family_name: said.family_name,
        birthdate: said.birth_date,
        acr: TrustLevel::Basic,
        act: Some(Actor { sub: staff.id }),
        phone_sub: None,
        email_verified: false,
    };
    let attendee_token = sign(context, TokenType::Attendee, &claims).map_err(DeskError::Sign)?;
    Ok(Caller { pseudonym, attendee_token })
}

/// The pseudonym that `authority` uses for these names and this date of birth by phone.
pub(crate) fn caller(
    context: &Context,
    authority: &AuthorityId,
    attributes: &Attributes,
) -> Option<Pseudonym> {
    let said = attributes.as_said_by_phone();
    let prints = Fingerprints::of(&said, &context.secrets.fingerprints).ok()?;
    Some(context.secrets.caller(authority, &prints.full))
}
