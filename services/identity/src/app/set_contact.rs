//! A person says where they can be reached, and gets a code there.

use auth::{AccessClaims, scope};
use ids::{AuthorityId, PersonId, SessionId};
use jiff::Timestamp;
use messaging::{Event, UnitOfWork};
use problem::{Problem, types};
use prost::Message as _;
use proto::person::v1::{AddressCode, ContactStated};
use vocabulary::authority_of;

use super::{
    Context,
    contact::{address_of, claimed_address, seal},
    email_address::EmailAddress,
    email_code::{CodeStanding, MINUTES, another_code, next_at},
    evidence::proven_level,
};
use crate::store::{
    email_claims::{self, EmailClaim},
    sessions::{self, Session, Who},
};

/// The person's address, for themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OwnContact {
    /// Where messages go.
    pub(crate) email: Option<String>,
    /// Stated, but not proven yet.
    pub(crate) unproven: Option<String>,
    /// How it stands with the code for `unproven`, and from when on another one can be sent.
    pub(crate) code: Option<(CodeStanding, Timestamp)>,
}

/// What became of an address that a person stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stated {
    /// It is the one that messages go to already.
    Known,
    /// A code is on its way to it.
    CodeSent {
        /// From when on another one can be sent.
        next_at: Timestamp,
    },
    /// The last code went there a moment ago and still counts: no other one is sent.
    CodeWaits {
        /// From when on another one can be sent.
        next_at: Timestamp,
    },
}

/// The person's address, for themselves.
pub(crate) async fn read_contact(
    context: &Context,
    claims: AccessClaims,
) -> Result<OwnContact, Problem> {
    let caller = caller(context, &claims).await?;
    let unit = context.begin().await.map_err(internal)?;
    let db = unit.transaction();
    let claim = email_claims::find(db, caller.person).await.map_err(internal)?;
    let email = address_of(context, db, caller.person).await.map_err(internal)?;
    let unproven = claimed_address(context, caller.person, claim.as_ref()).map_err(internal)?;
    let now = context.now();
    let code = claim.filter(|_| unproven.is_some());
    let code = code.map(|claim| (CodeStanding::of(&claim, now), next_at(&claim, now)));
    Ok(OwnContact { email, unproven, code })
}

/// Sends a code to an address that is not the person's proven one. Until it is proven, messages
/// go where they went before.
pub(crate) async fn set_contact(
    context: &Context,
    claims: AccessClaims,
    email: &str,
    language: Option<&str>,
) -> Result<Stated, Problem> {
    let caller = caller(context, &claims).await?;
    let mut unit = context.begin().await.map_err(internal)?;
    let language = language.unwrap_or(&caller.session.language);
    let reader = Reader { person: caller.person, authority: &caller.authority, language };
    let stated = state_address(context, &mut unit, &reader, email).await?;
    unit.commit().await.map_err(internal)?;
    Ok(stated)
}

/// The person whose address is stated, the authority that writes to them, and the language.
pub(super) struct Reader<'a> {
    pub(super) person: PersonId,
    pub(super) authority: &'a AuthorityId,
    pub(super) language: &'a str,
}

/// The same within the caller's unit of work.
pub(super) async fn state_address(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    reader: &Reader<'_>,
    email: &str,
) -> Result<Stated, Problem> {
    let address = EmailAddress::parse(email).map_err(|why| {
        Problem::new(&types::INVALID_REQUEST).detail(why.detail()).with("reason", why.reason())
    })?;
    let email = address.as_str();
    let person = reader.person;
    let known = address_of(context, unit.transaction(), person).await.map_err(internal)?;
    if known.as_deref() == Some(email) {
        email_claims::settle(unit.transaction(), person).await.map_err(internal)?;
        return Ok(Stated::Known);
    }
    // Of requests at the same time one sends its code. The others are judged anew, with that one
    // counted, so those above the limit are refused; each round costs one of the day's codes.
    loop {
        let before = email_claims::find(unit.transaction(), person).await.map_err(internal)?;
        let claimed = claimed_address(context, person, before.as_ref()).map_err(internal)?;
        let is_same = claimed.as_deref() == Some(email);
        let counted = another_code(context.now(), before.as_ref(), is_same)?;
        let Some((sent, window_began_at)) = counted else {
            let next_at = before.map_or(context.now(), |before| next_at(&before, context.now()));
            return Ok(Stated::CodeWaits { next_at });
        };
        let code = format!("{:06}", context.entropy.below(1_000_000));
        let claim = EmailClaim {
            sealed_email: Some(seal(context, person, email).map_err(internal)?),
            code_mac: Some(context.secrets.email_code(person, &code)),
            expires_at: context.in_minutes(MINUTES),
            tries: 0,
            sent,
            sent_at: context.now(),
            window_began_at,
        };
        let db = unit.transaction();
        let is_first = email_claims::replace(db, person, before.as_ref(), &claim).await;
        if is_first.map_err(internal)? {
            let message = AddressCode { email: email.to_owned(), code };
            send(context, unit, reader, &message, claim.expires_at).await?;
            return Ok(Stated::CodeSent { next_at: next_at(&claim, context.now()) });
        }
    }
}

async fn send(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    reader: &Reader<'_>,
    code: &AddressCode,
    expires_at: Timestamp,
) -> Result<(), Problem> {
    let pseudonym = context.secrets.pseudonym(reader.authority, reader.person).to_string();
    let (clock, entropy) = (&*context.clock, &*context.entropy);
    let sealed_code = context.secrets.contact.seal(&code.encode_to_vec(), &pseudonym, entropy);
    let message = ContactStated {
        pseudonym: pseudonym.clone(),
        sealed_code: sealed_code.map_err(internal)?,
        language: reader.language.to_owned(),
        expires_at_ms: expires_at.as_millisecond(),
    };
    let event = Event::new(reader.authority, pseudonym, &message, clock, entropy);
    unit.publish(&event).await.map_err(internal)
}

/// A person with a session that has not ended.
pub(super) struct Caller {
    pub(super) person: PersonId,
    pub(super) session: Session,
    /// The authority that writes to them: the token's audience, else any.
    pub(super) authority: AuthorityId,
}

/// The person behind the token, if their log-in is as sure as the one by which they were proven: a
/// log-in by password neither reads nor redirects the mail of a person who has shown a card.
pub(super) async fn caller(context: &Context, claims: &AccessClaims) -> Result<Caller, Problem> {
    // A program that a person lets book for them does not decide where notifications go.
    if !claims.has_scope(scope::BOOKINGS) {
        return Err(Problem::new(&types::FORBIDDEN).detail("This needs the scope `bookings`."));
    }
    logged_in(context, claims).await
}

/// The same, whatever the token is for.
pub(super) async fn logged_in(context: &Context, claims: &AccessClaims) -> Result<Caller, Problem> {
    let ended = || Problem::new(&types::INVALID_TOKEN).detail("The session has ended.");
    let session: SessionId = claims.sid.ok_or_else(ended)?;
    let db = context.database.connection();
    let session = sessions::find_live(db, session, context.now()).await.map_err(internal)?;
    let session = session.ok_or_else(ended)?;
    let any = || context.authorities.first().map(|authority| authority.id.clone());
    let authority = authority_of(&claims.aud).or_else(any).ok_or_else(ended)?;
    match session.who {
        Who::Person(person) => {
            let required = proven_level(db, person).await.map_err(internal)?;
            if session.level < required {
                let problem = Problem::new(&types::LEVEL_TOO_LOW);
                return Err(problem.with("required_level", required.as_str()));
            }
            Ok(Caller { person, session, authority })
        }
        Who::Staff(_) => {
            Err(Problem::new(&types::FORBIDDEN).detail("This needs a person's token."))
        }
    }
}

pub(super) fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Problem {
    Problem::new(&types::INTERNAL).caused_by(error)
}
