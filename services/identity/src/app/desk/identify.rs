//! Staff looks at a document: the same human is the same person as with a log-in.

use auth::{Actor, AttendeeClaims, TokenType};
use ids::{CaseCode, PersonId, Pseudonym};
use jiff::SignedDuration;
use messaging::{Transaction, UnitOfWork};
use serde_json::json;
use vocabulary::{TrustLevel, urn_of};

use super::{
    super::{
        Context,
        contact::address_of,
        evidence,
        issue::sign,
        publish_contact::publish_contact_within,
        recognise::{IdentityEvidence, Recognised, recognise},
        set_contact::{Reader, Stated, state_address},
    },
    DeskError, DeskStaff,
    cases::settled_for,
    note_reading::{Looked, note_reading},
    open_case::{open_case, open_proposed_case},
    take_call::caller,
};
use crate::{
    person::{Attributes, fingerprint::Fingerprint},
    store::{audit, persons},
};

/// How long the attendee token lasts: one booking at the desk.
const MINUTES: u16 = 15;
/// A clerk's day, for counting.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The audit action for the document of an unknown person.
const ADDED: &str = "desk.person-added";

/// What the document says, and where the person can be reached.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) attributes: Attributes,
    pub(crate) email: Option<String>,
    /// The language of the message that proves the address.
    pub(crate) language: Option<String>,
    /// The case in which two members of staff resolved the identity.
    pub(crate) case: Option<CaseCode>,
}

/// The person, for this authority.
#[derive(Debug)]
pub(crate) struct Identified {
    pub(crate) pseudonym: Pseudonym,
    /// Name and date of birth, signed, with the member of staff who checked them.
    pub(crate) attendee_token: String,
    /// What became of the address, if one was given.
    pub(crate) address: Option<Stated>,
}

/// Finds or adds the person of a document that `staff` holds in their hands. It proves as much
/// as the online function of the same document.
///
/// A clerk who adds more unknown persons a day than the settings allow needs a second one for each: an
/// invented person costs as much as a colluding colleague.
pub(crate) async fn identify(
    context: &Context,
    staff: &DeskStaff,
    document: &Document,
) -> Result<Identified, DeskError> {
    let mut unit = context.begin().await?;
    let attributes = &document.attributes;
    let actor = staff.actor();
    let evidence = IdentityEvidence {
        key: None,
        level: TrustLevel::High,
        attributes,
        email: None,
        attested_by: &actor,
    };
    let settled = settled_for(context, unit.transaction(), staff, document).await?;
    let mut is_known = true;
    let person = match settled {
        Some(person) => person,
        None => match recognise(context, &mut unit, &evidence).await? {
            Recognised::Person { person, is_new } => {
                if is_new && has_added_many(context, unit.transaction(), &actor).await? {
                    drop(unit);
                    return Err(second_person(context, staff, document).await?);
                }
                if is_new {
                    note_added(context, unit.transaction(), staff, person).await?;
                }
                is_known = !is_new;
                person
            }
            Recognised::TooLittle => return Err(DeskError::TooLittle),
            Recognised::Unclear(record) => {
                let db = unit.transaction();
                let code = open_case(context, db, record, attributes, staff).await?;
                unit.commit().await?;
                return Err(DeskError::Unclear(code));
            }
        },
    };
    if is_known {
        note_reading(context, unit.transaction(), staff, (Looked::Recognised, person)).await?;
    }
    let address = stated_address(context, &mut unit, staff, document, person).await?;
    let introduced = publish_contact_within(context, &mut unit, person, &staff.authority).await;
    introduced.map_err(DeskError::Sign)?;
    let proven =
        evidence::best(context, unit.transaction(), person).await?.ok_or(DeskError::TooLittle)?;
    let has_email = address_of(context, unit.transaction(), person).await?.is_some();
    unit.commit().await?;
    let pseudonym = context.secrets.pseudonym(&staff.authority, person);
    let attendee_token = attendee_token(context, staff, pseudonym, (&proven, has_email))?;
    Ok(Identified { pseudonym, attendee_token, address })
}

/// What became of the address that the document's person gave, if they gave one.
async fn stated_address(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    staff: &DeskStaff,
    document: &Document,
    person: PersonId,
) -> Result<Option<Stated>, DeskError> {
    let Some(email) = &document.email else { return Ok(None) };
    let language = document.language.as_deref().unwrap_or("de");
    let reader = Reader { person, authority: &staff.authority, language };
    let stated = state_address(context, unit, &reader, email.trim()).await;
    Ok(Some(stated.map_err(DeskError::Address)?))
}

/// Whether this human added as many strangers in the last day as one may alone.
async fn has_added_many(
    context: &Context,
    transaction: &Transaction,
    actor: &str,
) -> Result<bool, DeskError> {
    // Their requests at the same time wait for each other: otherwise none would see the others' count.
    let turn = Fingerprint::from_stored(actor.to_owned());
    persons::lock(transaction, &turn, context.now()).await?;
    let since = context.now().checked_sub(DAY).unwrap_or(context.now());
    let added = audit::count_since(transaction, (actor, ADDED), since).await?;
    Ok(added >= u64::from(context.desk.strangers_per_day))
}

async fn note_added(
    context: &Context,
    transaction: &Transaction,
    staff: &DeskStaff,
    person: PersonId,
) -> Result<(), DeskError> {
    let details = json!({ "authority": staff.authority });
    Ok(context.record(transaction, &staff.actor(), ADDED, person, details).await?)
}

/// Proposes that this is a stranger; a second member of staff approves. Nothing else is kept of the
/// attempt.
async fn second_person(
    context: &Context,
    staff: &DeskStaff,
    document: &Document,
) -> Result<DeskError, DeskError> {
    let unit = context.begin().await?;
    let db = unit.transaction();
    let code = open_proposed_case(context, db, &document.attributes, staff).await?;
    unit.commit().await?;
    Ok(DeskError::SecondPerson(code))
}

fn attendee_token(
    context: &Context,
    staff: &DeskStaff,
    pseudonym: Pseudonym,
    (attributes, has_email): (&Attributes, bool),
) -> Result<String, DeskError> {
    let claims = AttendeeClaims {
        iss: context.issuer.clone(),
        sub: pseudonym,
        aud: urn_of(&staff.authority),
        exp: context.in_minutes(MINUTES).as_second(),
        iat: context.now().as_second(),
        given_name: attributes.given_names.clone(),
        family_name: attributes.family_name.clone(),
        birthdate: attributes.birth_date.clone(),
        acr: TrustLevel::High,
        act: Some(Actor { sub: staff.id }),
        phone_sub: caller(context, &staff.authority, attributes),
        email_verified: has_email,
    };
    sign(context, TokenType::Attendee, &claims).map_err(DeskError::Sign)
}
