//! What every use case works with.

use std::{collections::BTreeSet, sync::Arc};

use ::store::{Database, StoreError};
use ambient::{Clock, Entropy};
use auth::{
    AccessClaims, AttendeeClaims, DpopVerifier, ListedAuthority, PublicKeys, SigningKey,
    TokenError, TokenType,
};
use ids::{AuthorityId, ClientId};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::Algorithm;
use messaging::{UnitOfWork, Wake};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;
use vocabulary::urn_of;

use crate::{
    Mode,
    provider::Provider,
    secrets::Secrets,
    settings::{ClientSettings, DeskSettings, ProviderId, SessionSettings},
    store::{Connection, audit},
};

/// Everything that does not change while the service runs.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) database: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// Our own address, without a slash at the end: the `iss` of everything signed here.
    pub(crate) issuer: String,
    pub(crate) base: Url,
    pub(crate) providers: Vec<Provider>,
    pub(crate) clients: Vec<ClientSettings>,
    pub(crate) authorities: Vec<ListedAuthority>,
    pub(crate) secrets: Secrets,
    pub(crate) keys: SigningKeys,
    /// Signs tickets for draws.
    pub(crate) tickets: tlog::SigningKey,
    /// Verifies who has the key that a token is bound to.
    pub(crate) dpop: DpopVerifier,
    pub(crate) session: SessionSettings,
    pub(crate) desk: DeskSettings,
    pub(crate) mode: Mode,
    /// Tells the relay that an event waits.
    pub(crate) wake: Wake,
}

impl Context {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Begins a change: its transaction, its events, and what follows the commit.
    pub(crate) async fn begin(&self) -> Result<UnitOfWork<'_>, StoreError> {
        UnitOfWork::begin(&self.database, &self.wake).await
    }

    /// Writes into the audit log. `details` holds no personal data.
    pub(crate) async fn record(
        &self,
        db: &impl Connection,
        actor: &str,
        action: &str,
        subject: impl ToString,
        details: Value,
    ) -> Result<(), StoreError> {
        let inputs = (&*self.clock, &*self.entropy);
        audit::note(db, inputs, actor, action, &subject.to_string(), details).await
    }

    /// `minutes` from now.
    pub(crate) fn in_minutes(&self, minutes: u16) -> Timestamp {
        self.in_seconds(i64::from(minutes) * 60)
    }

    /// `seconds` from now.
    pub(crate) fn in_seconds(&self, seconds: i64) -> Timestamp {
        let later = self.now().checked_add(SignedDuration::from_secs(seconds));
        later.unwrap_or(Timestamp::MAX)
    }

    pub(crate) fn provider(&self, id: &ProviderId) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.id() == id)
    }

    pub(crate) fn client(&self, id: &ClientId) -> Option<&ClientSettings> {
        self.clients.iter().find(|client| client.id == *id)
    }

    /// Where people book: the address of the first of our own programs to which they come back.
    pub(crate) fn portal(&self) -> Option<Url> {
        let own = self.clients.iter().filter(|client| !client.is_agency());
        let mut portal = own.flat_map(|client| &client.redirect_uris).next()?.clone();
        portal.set_path("/");
        portal.set_query(None);
        Some(portal)
    }

    /// Whether it is one for which we issue tokens.
    pub(crate) fn knows(&self, authority: &AuthorityId) -> bool {
        self.authorities.iter().any(|known| known.id == *authority)
    }

    /// The claims of an access token that we signed and that has not expired, whatever its
    /// audience. Its `sid` is the session's own id, not the one that the audience knows.
    pub(crate) fn own_access_token(&self, token: &str) -> Result<AccessClaims, TokenError> {
        let typ = TokenType::Access.as_str();
        let mut claims: AccessClaims = self.keys.public.open(token, Some(typ))?;
        if claims.iss != self.issuer {
            Err(TokenError::WrongIssuer)
        } else if claims.exp <= self.now().as_second() {
            Err(TokenError::Expired)
        } else {
            let session = |called| self.secrets.session_of(&claims.aud, called);
            claims.sid = claims.sid.map(session);
            Ok(claims)
        }
    }

    /// The claims of an attendee token that we signed for this authority and that has not expired.
    pub(crate) fn own_attendee_token(
        &self,
        token: &str,
        authority: &AuthorityId,
    ) -> Result<AttendeeClaims, TokenError> {
        let typ = TokenType::Attendee.as_str();
        let claims: AttendeeClaims = self.keys.public.open(token, Some(typ))?;
        if claims.iss != self.issuer {
            Err(TokenError::WrongIssuer)
        } else if claims.aud != urn_of(authority) {
            Err(TokenError::WrongAudience)
        } else if claims.exp <= self.now().as_second() {
            Err(TokenError::Expired)
        } else {
            Ok(claims)
        }
    }

    /// The claims of an ID token that we signed, however long ago.
    pub(crate) fn own_id_token<T: DeserializeOwned>(&self, token: &str) -> Option<T> {
        self.keys.public.open(token, Some("jwt")).ok()
    }
}

/// Our keys: the first one signs, all are published.
#[derive(Debug)]
pub(crate) struct SigningKeys {
    keys: Vec<SigningKey>,
    public: PublicKeys,
}

impl SigningKeys {
    /// `None` if there is no key or two have the same name.
    pub(crate) fn new(keys: Vec<SigningKey>) -> Option<Self> {
        let names: BTreeSet<&str> = keys.iter().map(SigningKey::kid).collect();
        if keys.is_empty() || names.len() != keys.len() {
            return None;
        }
        let document = jwk_set(&keys).to_string();
        let public = PublicKeys::parse(document.as_bytes(), &[Algorithm::ES256, Algorithm::EdDSA]);
        Some(Self { public: public.ok()?, keys })
    }

    /// The key that signs.
    pub(crate) fn current(&self) -> &SigningKey {
        &self.keys[0]
    }

    /// The JWK set to publish.
    pub(crate) fn jwk_set(&self) -> Value {
        jwk_set(&self.keys)
    }
}

fn jwk_set(keys: &[SigningKey]) -> Value {
    let keys: Vec<_> = keys.iter().map(SigningKey::public_jwk).collect();
    json!({ "keys": keys })
}
