//! An agency's program asks for a token to act for a person (RFC 8693).
//!
//! The person allowed it when they logged in for this very program: the page on which they chose how
//! to log in named the program and what it may do. The token of that log-in is what the program
//! exchanges here, at one authority after the other. It is worth nothing there by itself.

use auth::{AccessClaims, ActingAgency, Thumbprint, TokenError, scope};
use ids::AuthorityId;
use serde_json::json;

use super::{
    Context, OAuthError, TokenResponse,
    issue::{Audience, acting_token},
    publish_contact::publish_contact,
};
use crate::{
    scope_name::ScopeName,
    settings::ClientSettings,
    store::sessions::{self, Session, Who},
};

/// The parameters of the exchange that matter beyond their form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenExchange<'a> {
    pub(crate) subject_token: &'a str,
    pub(crate) resource: Option<&'a str>,
    pub(crate) scope: Option<&'a str>,
    /// The key that the request proves to have.
    pub(crate) key: Option<&'a Thumbprint>,
}

/// A token for one authority that names the person and who acts for them. A subject token that will
/// not do is an invalid request (RFC 8693 section 2.2.2).
pub(crate) async fn act_for_person(
    context: &Context,
    client: &ClientSettings,
    exchange: TokenExchange<'_>,
) -> Result<TokenResponse, OAuthError> {
    let agency = agency(client)?;
    if let Some(scope) = something_else(exchange.scope) {
        return Err(OAuthError::InvalidScope(ScopeName::of(scope)));
    }
    let audience = Audience::of(context, client, exchange.resource)?;
    let Audience::Authority(authority) = &audience else { return Err(OAuthError::InvalidTarget) };
    let subject = subject(context, client, &exchange)?;
    let session = live_session(context, &subject).await?;
    let Who::Person(person) = session.who else {
        return Err(OAuthError::InvalidRequest("The subject token is not a citizen's."));
    };
    note(context, client, authority, &session, &person.to_string()).await?;
    publish_contact(context, &session.who, &audience).await?;
    acting_token(context, &subject, agency, authority, (&session, person))
}

/// The program as people know it, if it is registered to act for them and proves itself by a key of
/// its own: a shared secret does not authenticate one party.
fn agency(client: &ClientSettings) -> Result<ActingAgency, OAuthError> {
    match &client.name {
        Some(name) if client.acts_for_people() && client.is_agency() => {
            Ok(ActingAgency { client: client.id.clone(), name: name.clone() })
        }
        _ => Err(OAuthError::UnauthorizedClient),
    }
}

/// What is asked for besides the one scope that an exchange gives.
fn something_else(asked: Option<&str>) -> Option<&str> {
    let mut asked = asked.unwrap_or_default().split_whitespace();
    asked.find(|asked| *asked != scope::BOOKINGS_WRITE_ON_BEHALF)
}

/// The claims of a token by which a person allowed this program to act.
fn subject(
    context: &Context,
    client: &ClientSettings,
    exchange: &TokenExchange<'_>,
) -> Result<AccessClaims, OAuthError> {
    let claims = context.own_access_token(exchange.subject_token).map_err(|error| {
        OAuthError::InvalidRequest(match error {
            TokenError::Expired => "The subject token has expired.",
            _ => "The subject token is not an access token of ours.",
        })
    })?;
    let refused = if claims.act.is_some() {
        "The subject token was exchanged itself; exchange the one that came with the log-in."
    } else if claims.aud != context.issuer {
        "The subject token is for an authority; ask for one without `resource`."
    } else if claims.client_id != client.id {
        "The subject token was issued to another client."
    } else if claims.cnf.as_ref().map(|bound| &bound.jkt) != exchange.key {
        "The subject token is bound to another key than that of the proof."
    } else if !claims.has_scope(scope::BOOKINGS_WRITE_ON_BEHALF) {
        "The person did not allow this at log-in: the subject token lacks the scope."
    } else {
        return Ok(claims);
    };
    Err(OAuthError::InvalidRequest(refused))
}

async fn live_session(context: &Context, claims: &AccessClaims) -> Result<Session, OAuthError> {
    let ended = || OAuthError::InvalidRequest("The log-in of the subject token has ended.");
    let session = claims.sid.ok_or_else(ended)?;
    let db = context.database.connection();
    sessions::find_live(db, session, context.now()).await?.ok_or_else(ended)
}

/// Records the delegation in the audit table before the token leaves.
async fn note(
    context: &Context,
    client: &ClientSettings,
    authority: &AuthorityId,
    session: &Session,
    person: &str,
) -> Result<(), OAuthError> {
    let details = json!({ "authority": authority, "session": session.id });
    let actor = format!("agency:{}", client.id);
    let db = context.database.connection();
    Ok(context.record(db, &actor, "person.acted-for", person, details).await?)
}
