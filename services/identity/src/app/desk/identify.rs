//! Staff looks at a document: the same human is the same person as with a log-in.

use ::store::StoreError;
use auth::{Actor, AttendeeClaims, Level, TokenType, urn_of};
use ids::Pseudonym;

use super::{
    super::{
        Context, evidence,
        introduce::introduce_person,
        issue::sign,
        recognise::{Recognised, Sighting, recognise},
    },
    DeskError, Officer, open_case,
};
use crate::{person::Attributes, provider::Email};

/// How long the attendee token lasts: one booking at the desk.
const MINUTES: u16 = 15;

/// What the document says, and where the person can be reached.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) attributes: Attributes,
    pub(crate) email: Option<String>,
}

/// The person, for this authority.
#[derive(Debug)]
pub(crate) struct Identified {
    pub(crate) pseudonym: Pseudonym,
    /// Name and date of birth, signed, with the name of who checked them.
    pub(crate) attendee_token: String,
}

/// Finds or adds the person of a document that `officer` holds in their hands. It proves as much
/// as the online function of the same document.
pub(crate) async fn identify(
    context: &Context,
    officer: &Officer,
    document: &Document,
) -> Result<Identified, DeskError> {
    let transaction = context.database.begin().await?;
    let attributes = &document.attributes;
    // Said at the desk, to somebody who reads it back.
    let email = document.email.clone().map(|address| Email { address, vouched: true });
    let (level, seen_by) = (Level::High, officer.id.to_string());
    let email = email.as_ref();
    let sighting = Sighting { key: None, level, attributes, email, seen_by: &seen_by };
    let person = match recognise(context, &transaction, &sighting).await? {
        Recognised::Person(person) => person,
        Recognised::TooLittle => return Err(DeskError::TooLittle),
        Recognised::Unclear(record) => {
            let code = open_case(context, &transaction, record, attributes, &seen_by).await?;
            transaction.commit().await.map_err(StoreError::from)?;
            return Err(DeskError::Unclear(code));
        }
    };
    let introduced = introduce_person(context, &transaction, person, &officer.authority).await;
    introduced.map_err(DeskError::Sign)?;
    let proven =
        evidence::best(context, &transaction, person).await?.ok_or(DeskError::TooLittle)?;
    transaction.commit().await.map_err(StoreError::from)?;
    context.wake.wake();
    let pseudonym = context.secrets.pseudonym(&officer.authority, person);
    let attendee_token = attendee_token(context, officer, pseudonym, &proven)?;
    Ok(Identified { pseudonym, attendee_token })
}

fn attendee_token(
    context: &Context,
    officer: &Officer,
    pseudonym: Pseudonym,
    attributes: &Attributes,
) -> Result<String, DeskError> {
    let claims = AttendeeClaims {
        iss: context.issuer.clone(),
        sub: pseudonym,
        aud: urn_of(&officer.authority),
        exp: context.in_minutes(MINUTES).as_second(),
        iat: context.now().as_second(),
        given_name: attributes.given_names.clone(),
        family_name: attributes.family_name.clone(),
        birthdate: attributes.birth_date.clone(),
        acr: Level::High,
        act: Some(Actor { sub: officer.id }),
    };
    sign(context, TokenType::Attendee, &claims).map_err(DeskError::Sign)
}
