//! A program exchanges its code for tokens.

use auth::Thumbprint;
use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use messaging::UnitOfWork;

use super::{
    Context, OAuthError, TokenResponse, end_session_within,
    issue::{Audience, access_token, id_token},
    publish_contact::publish_contact,
    staff_grants::with_present_grants,
};
use crate::{
    secrets::Opaque,
    settings::ClientSettings,
    store::{
        codes::{self, Grant, Presented},
        refresh_tokens::{self, RefreshGrant},
        sessions::{self, Session},
    },
};

/// The parameters of the exchange.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CodeExchange<'a> {
    pub(crate) code: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) verifier: &'a str,
    pub(crate) resource: Option<&'a str>,
    /// The key that the request proves to have; the tokens are bound to it.
    pub(crate) key: Option<&'a Thumbprint>,
}

/// Exchanges a code. It works once: a second presentation means that it was stolen, and
/// ends the session that came of the first (RFC 6749 section 4.1.2).
pub(crate) async fn exchange_code(
    context: &Context,
    client: &ClientSettings,
    exchange: CodeExchange<'_>,
) -> Result<TokenResponse, OAuthError> {
    let audience = Audience::of(context, client, exchange.resource)?;
    let (mut unit, now) = (context.begin().await?, context.now());
    let code = Opaque::received(exchange.code);
    let outcome = match codes::present(unit.transaction(), &code, now).await? {
        Presented::First(grant) => {
            issue(context, &mut unit, client, &grant, &exchange, &audience).await
        }
        Presented::Again(grant) => {
            tracing::warn!(client = %client.id, "a code was presented twice; its session ends (RFC 6749 section 4.1.2)");
            end_session_within(context, &mut unit, grant.session).await?;
            Err(OAuthError::InvalidGrant("The code was used before."))
        }
        Presented::Unknown => Err(OAuthError::InvalidGrant("There is no such code.")),
    };
    // Whatever it was presented with: the code is used up.
    unit.commit().await?;
    let (session, response) = outcome?;
    publish_contact(context, &session.who, &audience).await?;
    Ok(response)
}

/// The tokens of a code that was presented for the first time.
async fn issue(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    client: &ClientSettings,
    grant: &Grant,
    exchange: &CodeExchange<'_>,
    audience: &Audience,
) -> Result<(Session, TokenResponse), OAuthError> {
    let now = context.now();
    check(grant, client, exchange, now)?;
    let ended = || OAuthError::InvalidGrant("The session has ended.");
    let session = sessions::find_live(unit.transaction(), grant.session, now).await?;
    let Some(session) = with_present_grants(context, session.ok_or_else(ended)?) else {
        end_session_within(context, unit, grant.session).await?;
        return Err(ended());
    };

    let mut response = access_token(context, &session, audience, &grant.scope, exchange.key)?;
    response.id_token = Some(id_token(context, &session, grant.nonce.as_deref())?);
    if grant.scope.split(' ').any(|scope| scope == "offline_access") {
        let token = Opaque::mint(&*context.entropy);
        let refresh = RefreshGrant {
            session: session.id,
            client: client.id.clone(),
            scope: grant.scope.clone(),
        };
        let db = unit.transaction();
        refresh_tokens::insert(db, &token, &refresh, session.expires_at).await?;
        response.refresh_token = Some(token.as_str().to_owned());
    }
    Ok((session, response))
}

fn check(
    grant: &Grant,
    client: &ClientSettings,
    exchange: &CodeExchange<'_>,
    now: jiff::Timestamp,
) -> Result<(), OAuthError> {
    let hash = digest::digest(&digest::SHA256, exchange.verifier.as_bytes());
    if grant.client != client.id {
        Err(OAuthError::InvalidGrant("The code belongs to another client."))
    } else if grant.expires_at <= now {
        Err(OAuthError::InvalidGrant("The code has expired."))
    } else if grant.redirect_uri != exchange.redirect_uri {
        Err(OAuthError::InvalidGrant("redirect_uri differs from the one of the request."))
    } else if URL_SAFE_NO_PAD.encode(hash) != grant.challenge {
        Err(OAuthError::InvalidGrant("code_verifier does not fit."))
    } else if grant.dpop_jkt.is_some() && grant.dpop_jkt.as_ref() != exchange.key {
        Err(OAuthError::InvalidGrant("The code is bound to another key than that of the proof."))
    } else {
        Ok(())
    }
}
