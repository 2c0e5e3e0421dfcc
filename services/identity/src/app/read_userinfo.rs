//! Name and date of birth of the person who is logged in, for the token's audience.

use auth::{AccessClaims, AttendeeClaims, TokenType};
use problem::{Problem, types};
use vocabulary::authority_of;

use super::{Context, OAuthError, desk::caller, evidence, issue::sign};
use crate::store::sessions::{self, Who};

/// The signed userinfo answer: for an authority it is the attendee token. It states the best that
/// the person ever proved, and never what this log-in says by itself: a password account cannot put
/// another name on what its holder booked with the card.
pub(crate) async fn read_userinfo(
    context: &Context,
    claims: AccessClaims,
) -> Result<String, Problem> {
    let revoked = || Problem::new(&types::INVALID_TOKEN).detail("The session has ended.");
    let of_nobody = || {
        Problem::new(&types::FORBIDDEN)
            .detail("This needs a person's token: this one is a program's own.")
    };
    // Only the subject tells: such a token has an id of its own for a session, under which it is revoked.
    if claims.sub == claims.client_id.as_str() {
        return Err(of_nobody());
    }
    let session = claims.sid.ok_or_else(of_nobody)?;
    let db = context.database.connection();
    let session = sessions::find_live(db, session, context.now()).await.map_err(internal)?;
    let session = session.ok_or_else(revoked)?;
    let Who::Person(person) = session.who else {
        return Err(Problem::new(&types::FORBIDDEN).detail("Staff have no userinfo."));
    };
    let attributes = evidence::best(context, db, person).await.map_err(internal)?;
    let attributes = attributes.ok_or_else(revoked)?;
    let now = context.now().as_second();
    let authority = authority_of(&claims.aud);
    let phone_sub = authority.and_then(|authority| caller(context, &authority, &attributes));
    let attendee = AttendeeClaims {
        iss: context.issuer.clone(),
        sub: claims.sub.parse().map_err(internal)?,
        // Without an authority the answer is for the program itself (OpenID Connect Core 5.3.2).
        aud: if claims.aud == context.issuer { claims.client_id.to_string() } else { claims.aud },
        exp: claims.exp,
        iat: now,
        given_name: attributes.given_names,
        family_name: attributes.family_name,
        birthdate: attributes.birth_date,
        acr: session.level,
        act: None,
        phone_sub,
        email_verified: false,
    };
    sign(context, TokenType::Attendee, &attendee).map_err(|error: OAuthError| internal(error))
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Problem {
    Problem::new(&types::INTERNAL).caused_by(error)
}
