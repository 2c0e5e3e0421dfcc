//! Making tokens.

use std::collections::BTreeSet;

use auth::{AccessClaims, ActingAgency, KeyError, Reach, Role, Thumbprint, TokenType, scope};
use ids::{AuthorityId, DoubtId, PersonId, SessionId, TokenId};
use serde::Serialize;
use serde_json::json;
use vocabulary::{authority_of, urn_of};

use super::{Context, OAuthError};
use crate::{
    settings::{ClientSettings, Grant},
    store::sessions::{Session, Who},
};

/// The longest lifetime of a token to act for a person.
const ACTING_MINUTES: u16 = 10;

/// What RFC 8693 section 3 calls an access token.
pub(crate) const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// The answer of the token endpoint (RFC 6749 section 5.1, RFC 8693 section 2.2.1).
#[derive(Debug, Serialize)]
pub(crate) struct TokenResponse {
    pub(crate) access_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) issued_token_type: Option<&'static str>,
    pub(crate) token_type: &'static str,
    pub(crate) expires_in: i64,
    pub(crate) scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id_token: Option<String>,
}

/// The audience of an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Ourselves: for userinfo about the log-in itself.
    Identity,
    /// One authority.
    Authority(AuthorityId),
}

impl Audience {
    /// Reads a `resource` parameter (RFC 8707): an authority that this client may reach.
    pub(crate) fn of(
        context: &Context,
        client: &ClientSettings,
        resource: Option<&str>,
    ) -> Result<Self, OAuthError> {
        let Some(resource) = resource else { return Ok(Self::Identity) };
        let authority =
            authority_of(resource).filter(|id| context.knows(id) && client.may_reach(id));
        authority.map(Self::Authority).ok_or(OAuthError::InvalidTarget)
    }
}

/// An access token of `session` for `audience`, bound to `key` if there is one.
pub(crate) fn access_token(
    context: &Context,
    session: &Session,
    audience: &Audience,
    scope: &str,
    key: Option<&Thumbprint>,
) -> Result<TokenResponse, OAuthError> {
    let now = context.now().as_second();
    // A token never outlives its session.
    let lifetime = i64::from(context.session.token_minutes) * 60;
    let exp = (now + lifetime).min(session.expires_at.as_second());
    let bearer = Bearer::of(context, session, audience)?;
    let session_there = context.secrets.session_for(&bearer.audience, session.id);
    // An authority needs to know how, not when: the second of a log-in would let two authorities
    // match their persons.
    let auth_time = matches!(audience, Audience::Identity).then(|| session.auth_time.as_second());
    let claims = AccessClaims {
        iss: context.issuer.clone(),
        sub: bearer.subject,
        aud: bearer.audience,
        exp,
        iat: now,
        nbf: None,
        jti: TokenId::mint(&*context.clock, &*context.entropy),
        client_id: session.client.clone(),
        scope: scope.to_owned(),
        acr: Some(session.level),
        auth_time,
        sid: Some(session_there),
        roles: bearer.roles,
        locations: bearer.reach,
        act: None,
        doubt: bearer.doubt,
        cnf: key.cloned().map(Into::into),
    };
    respond(context, &claims)
}

/// Subject and audience of a token.
struct Bearer {
    subject: String,
    audience: String,
    roles: Vec<Role>,
    reach: Reach,
    doubt: Option<DoubtId>,
}

impl Bearer {
    fn of(context: &Context, session: &Session, resource: &Audience) -> Result<Self, OAuthError> {
        let secrets = &context.secrets;
        let nothing = (Vec::new(), Reach::default());
        let (subject, audience, (roles, reach)) = match (resource, &session.who) {
            (Audience::Identity, _) => {
                (client_subject(context, session), context.issuer.clone(), nothing)
            }
            (Audience::Authority(authority), Who::Person(person)) => {
                let pseudonym = secrets.pseudonym(authority, *person).to_string();
                (pseudonym, urn_of(authority), nothing)
            }
            (Audience::Authority(authority), Who::Staff(staff)) => {
                let id = secrets.staff_id(authority, &staff.account).to_string();
                (id, urn_of(authority), granted(&staff.grants, authority)?)
            }
        };
        let doubt = match resource {
            Audience::Identity => None,
            Audience::Authority(authority) => doubt_at(context, session, authority),
        };
        Ok(Self { subject, audience, roles, reach, doubt })
    }
}

/// What `authority` knows the doubt by, if it is unresolved who logged in.
fn doubt_at(context: &Context, session: &Session, authority: &AuthorityId) -> Option<DoubtId> {
    let case = session.open_case.as_ref()?;
    Some(context.secrets.doubt(authority, case.doubt))
}

/// All roles and locations granted at `authority`.
fn granted(grants: &[Grant], authority: &AuthorityId) -> Result<(Vec<Role>, Reach), OAuthError> {
    let here = || grants.iter().filter(|grant| grant.authority == *authority);
    if here().next().is_none() {
        return Err(OAuthError::InvalidTarget);
    }
    let roles: BTreeSet<Role> = here().map(|grant| grant.role).collect();
    let mut locations = Vec::new();
    for grant in here() {
        match &grant.locations {
            Reach::Everywhere => return Ok((roles.into_iter().collect(), Reach::Everywhere)),
            Reach::Only(some) => locations.extend(some.iter().cloned()),
        }
    }
    Ok((roles.into_iter().collect(), Reach::Only(locations)))
}

/// The subject that the client of the log-in sees.
fn client_subject(context: &Context, session: &Session) -> String {
    let who = match &session.who {
        Who::Person(person) => person.to_string(),
        Who::Staff(staff) => staff.account.clone(),
    };
    context.secrets.client_subject(&session.client, &who).to_string()
}

/// An access token for an agency's program in its own name (RFC 6749 section 4.4).
pub(crate) fn agency_token(
    context: &Context,
    client: &ClientSettings,
    audience: &Audience,
    scope: &str,
    key: Option<&Thumbprint>,
) -> Result<TokenResponse, OAuthError> {
    let Audience::Authority(authority) = audience else { return Err(OAuthError::InvalidTarget) };
    let now = context.now().as_second();
    let lifetime = i64::from(context.session.token_minutes) * 60;
    let audience = urn_of(authority);
    // Of no log-in: by this id the token alone can be given back.
    let token = SessionId::mint(&*context.clock, &*context.entropy);
    let claims = AccessClaims {
        iss: context.issuer.clone(),
        sub: client.id.to_string(),
        sid: Some(context.secrets.session_for(&audience, token)),
        aud: audience,
        exp: now + lifetime,
        iat: now,
        nbf: None,
        jti: TokenId::mint(&*context.clock, &*context.entropy),
        client_id: client.id.clone(),
        scope: scope.to_owned(),
        acr: None,
        auth_time: None,
        roles: Vec::new(),
        locations: Reach::default(),
        act: None,
        doubt: None,
        cnf: key.cloned().map(Into::into),
    };
    respond(context, &claims)
}

/// An access token for `agency` to act for `person` at `authority`. It ends with the token
/// `subject` that it was exchanged for, is bound to the same key, and says nothing better of the log-in than that one.
pub(crate) fn acting_token(
    context: &Context,
    subject: &AccessClaims,
    agency: ActingAgency,
    authority: &AuthorityId,
    (session, person): (&Session, PersonId),
) -> Result<TokenResponse, OAuthError> {
    let now = context.now().as_second();
    let lifetime = i64::from(context.session.token_minutes.min(ACTING_MINUTES)) * 60;
    let audience = urn_of(authority);
    let claims = AccessClaims {
        iss: context.issuer.clone(),
        sub: context.secrets.pseudonym(authority, person).to_string(),
        sid: subject.sid.map(|session| context.secrets.session_for(&audience, session)),
        aud: audience,
        exp: subject.exp.min(now + lifetime),
        iat: now,
        nbf: None,
        jti: TokenId::mint(&*context.clock, &*context.entropy),
        client_id: agency.client.clone(),
        scope: scope::BOOKINGS_WRITE_ON_BEHALF.to_owned(),
        acr: subject.acr,
        auth_time: None,
        roles: Vec::new(),
        locations: Reach::default(),
        act: Some(agency),
        doubt: doubt_at(context, session, authority),
        cnf: subject.cnf.clone(),
    };
    let response = respond(context, &claims)?;
    Ok(TokenResponse { issued_token_type: Some(ACCESS_TOKEN), ..response })
}

fn respond(context: &Context, claims: &AccessClaims) -> Result<TokenResponse, OAuthError> {
    Ok(TokenResponse {
        access_token: sign(context, TokenType::Access, claims)?,
        issued_token_type: None,
        token_type: if claims.cnf.is_some() { "DPoP" } else { "Bearer" },
        expires_in: claims.exp - claims.iat,
        scope: claims.scope.clone(),
        refresh_token: None,
        id_token: None,
    })
}

/// An ID token for the program that asked for the log-in. It holds no name.
pub(crate) fn id_token(
    context: &Context,
    session: &Session,
    nonce: Option<&str>,
) -> Result<String, OAuthError> {
    let now = context.now().as_second();
    let mut claims = json!({
        "iss": context.issuer,
        "sub": client_subject(context, session),
        "aud": session.client,
        "exp": now + i64::from(context.session.token_minutes) * 60,
        "iat": now,
        "auth_time": session.auth_time.as_second(),
        "acr": session.level,
        "sid": session.id,
    });
    if let Some(nonce) = nonce {
        claims["nonce"] = nonce.into();
    }
    // The program tells the person what it means for them, and what to say at the desk.
    if let Some(case) = &session.open_case {
        claims["case"] = json!(case.code);
    }
    sign(context, TokenType::Id, &claims)
}

pub(crate) fn sign<T: Serialize>(
    context: &Context,
    typ: TokenType,
    claims: &T,
) -> Result<String, OAuthError> {
    context.keys.current().sign(typ, claims).map_err(|error: KeyError| OAuthError::server(error))
}
