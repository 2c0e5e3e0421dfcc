//! Decides about tokens without a call to another service.
//!
//! Three questions in this order: is the signature identity's (a look-up in the [`TokenCache`] for
//! known tokens), do the claims hold now and here, was it revoked. All three are answered from
//! memory.
//!
//! RFC 9068 section 4 lists what a resource server must check; RFC 8725 section 3.11 is why each
//! kind of token has a `typ` of its own.

use std::sync::Arc;

use ambient::Clock;
use ids::{ClientId, SessionId};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use url::Url;

use crate::{
    AccessClaims, Attendee, AttendeeClaims, MergeClaims, MergeReversalClaims, ResolutionClaims,
    RevocationList, TokenError, TokenType,
    jwks::Jwks,
    public_keys::Header,
    revoked::Revoked,
    token_cache::{TokenCache, VerifiedToken},
};

/// How far the clocks of identity and this machine may differ, either way. Tokens live this much
/// longer and may come this much early.
const CLOCK_SKEW_SECONDS: i64 = 30;

/// Verifies the identity service's tokens for one audience. Clones share the keys.
///
/// One audience per verifier: a token for another authority is refused even if everything else
/// holds. A service for several authorities has one verifier each.
#[derive(Debug, Clone)]
pub struct Verifier(Arc<Inner>);

/// What the clones of a verifier share.
#[derive(Debug)]
struct Inner {
    issuer: String,
    audience: String,
    keys: Jwks,
    token_cache: TokenCache,
    revoked: Revoked,
    clock: Arc<dyn Clock>,
}

impl Verifier {
    /// A verifier for tokens of `issuer` for `audience` (see [`urn_of`](vocabulary::urn_of)) whose
    /// keys are at `jwks_url`. Nothing is fetched yet.
    #[must_use]
    pub fn new(
        issuer: impl Into<String>,
        audience: impl Into<String>,
        jwks_url: Url,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let (issuer, audience) = (issuer.into(), audience.into());
        Self(Arc::new(Inner {
            issuer,
            audience,
            keys: Jwks::new(jwks_url),
            token_cache: TokenCache::default(),
            revoked: Revoked::default(),
            clock,
        }))
    }

    /// Whose tokens are accepted.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// Fetches the keys now and again for as long as it is polled; never returns. Without it,
    /// keys are fetched when a token first needs them.
    pub async fn keep_keys_fresh(&self) {
        self.0.keys.keep_fresh().await;
    }

    /// Whether keys were fetched at least once.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.0.keys.are_known()
    }

    /// The claims of an access token (`typ: at+jwt`). A signature that was verified before is
    /// not verified again; everything else is.
    ///
    /// Errors in this order: form, type, key and signature; issuer, expiry, not yet valid,
    /// audience; revoked. A program learns from [`WrongAudience`](TokenError::WrongAudience) only
    /// once its token is good otherwise.
    ///
    /// # Errors
    /// The first reason for which the token is not accepted.
    pub async fn verify_access(&self, token: &str) -> Result<Arc<AccessClaims>, TokenError> {
        let claims = match self.cached(token) {
            Some(claims) => claims,
            None => self.open_access(token).await?,
        };
        self.0.judge(&claims.iss, &claims.aud, claims.exp, claims.nbf.unwrap_or(claims.iat))?;
        if self.0.revoked.covers(&claims) { Err(TokenError::Revoked) } else { Ok(claims) }
    }

    /// Refuses the tokens of `session` from now on; `until` is when the last of them expires.
    /// For the event `SessionRevoked`.
    ///
    /// Safe to repeat. The entry is kept `CLOCK_SKEW_SECONDS` beyond `until`, as tokens are.
    pub fn revoke_session(&self, session: SessionId, until: Timestamp) {
        let until = until.as_second().saturating_add(CLOCK_SKEW_SECONDS);
        self.0.revoked.session(session, until, self.0.clock.now().as_second());
    }

    /// Refuses the tokens that `client` got until `at`. For the event `ClientRevoked`.
    ///
    /// Tokens signed in the very second of `at` are refused too: rather one log-in more than a
    /// revoked token.
    pub fn revoke_client(&self, client: ClientId, at: Timestamp) {
        self.0.revoked.client(client, at.as_second());
    }

    /// Whose tokens are accepted: the authority's, see [`urn_of`](vocabulary::urn_of).
    #[must_use]
    pub fn audience(&self) -> &str {
        &self.0.audience
    }

    /// Where identity's keys are.
    pub(crate) fn jwks_url(&self) -> &Url {
        self.0.keys.url()
    }

    /// Reads a list of revocations that identity signed a moment ago.
    ///
    /// It has no audience, as it is for everybody. A list that is too old is refused, so that one
    /// from before a revocation cannot be replayed.
    pub(crate) async fn verify_revocations(
        &self,
        token: &str,
    ) -> Result<RevocationList, TokenError> {
        let list: RevocationList = self.open(token, TokenType::Revocations).await?;
        let (issuer, now) = (&self.0.issuer, self.0.clock.now().as_second());
        if list.iss != *issuer {
            Err(TokenError::WrongIssuer)
        } else if now - CLOCK_SKEW_SECONDS >= list.exp {
            Err(TokenError::Expired)
        } else {
            Ok(list)
        }
    }

    /// Name and birth date from an attendee token (`typ: userinfo+jwt`).
    ///
    /// Not cached, as it is used once. It is judged like an access token, but for revocation.
    ///
    /// # Errors
    /// The first reason for which the token is not accepted.
    pub async fn verify_attendee(&self, token: &str) -> Result<Attendee, TokenError> {
        let claims: AttendeeClaims = self.open(token, TokenType::Attendee).await?;
        self.0.judge(&claims.iss, &claims.aud, claims.exp, claims.iat)?;
        Ok(claims.into())
    }

    /// Which two persons are one human, from the proof in the event `PersonMerged`.
    ///
    /// It never expires, and the event with it may come twice: applying it again must change
    /// nothing.
    ///
    /// # Errors
    /// The first reason for which it is not believed.
    pub async fn verify_merge(&self, proof: &str) -> Result<MergeClaims, TokenError> {
        let claims: MergeClaims = self.open(proof, TokenType::Merge).await?;
        self.0.judge(&claims.iss, &claims.aud, i64::MAX, claims.iat)?;
        Ok(claims)
    }

    /// Which merge was wrong, from the proof in the event `MergeReversed`.
    ///
    /// It never expires, as the proof of a merge does not.
    ///
    /// # Errors
    /// The first reason for which it is not believed.
    pub async fn verify_merge_reversal(
        &self,
        proof: &str,
    ) -> Result<MergeReversalClaims, TokenError> {
        let claims: MergeReversalClaims = self.open(proof, TokenType::MergeReversal).await?;
        self.0.judge(&claims.iss, &claims.aud, i64::MAX, claims.iat)?;
        Ok(claims)
    }

    /// The person whose doubt is over, from the proof in the event `PersonResolved`.
    ///
    /// # Errors
    /// The first reason for which it is not believed.
    pub async fn verify_resolution(&self, proof: &str) -> Result<ResolutionClaims, TokenError> {
        let claims: ResolutionClaims = self.open(proof, TokenType::Resolution).await?;
        self.0.judge(&claims.iss, &claims.aud, i64::MAX, claims.iat)?;
        Ok(claims)
    }

    /// The claims if this token was verified before, by a key that is still published.
    fn cached(&self, token: &str) -> Option<Arc<AccessClaims>> {
        let verified = self.0.token_cache.get(token)?;
        self.0.keys.is_published(&verified.kid).then_some(verified.claims)
    }

    /// Verifies signature and type and remembers the token; judges nothing else.
    async fn open_access(&self, token: &str) -> Result<Arc<AccessClaims>, TokenError> {
        let header = Header::read(token)?;
        let claims: AccessClaims = self.open_with(&header, token, TokenType::Access).await?;
        let verified = VerifiedToken { kid: header.kid.into(), claims: Arc::new(claims) };
        self.0.token_cache.insert(token, verified.clone());
        Ok(verified.claims)
    }

    /// The claims of a token of this type whose signature holds. The type is checked before any key
    /// is looked up.
    async fn open<T: DeserializeOwned>(
        &self,
        token: &str,
        typ: TokenType,
    ) -> Result<T, TokenError> {
        self.open_with(&Header::read(token)?, token, typ).await
    }

    /// The same once the token's header was read.
    async fn open_with<T: DeserializeOwned>(
        &self,
        header: &Header,
        token: &str,
        typ: TokenType,
    ) -> Result<T, TokenError> {
        header.require_type(Some(typ.as_str()))?;
        self.0.keys.key(&header.kid).await?.open(token)
    }
}

impl Inner {
    /// Issuer, expiry, start and audience, in seconds since 1970 by our clock; the first that fails
    /// is the answer.
    fn judge(&self, iss: &str, aud: &str, exp: i64, not_before: i64) -> Result<(), TokenError> {
        let now = self.clock.now().as_second();
        if iss != self.issuer {
            Err(TokenError::WrongIssuer)
        } else if now - CLOCK_SKEW_SECONDS >= exp {
            Err(TokenError::Expired)
        } else if now + CLOCK_SKEW_SECONDS < not_before {
            Err(TokenError::NotYetValid)
        } else if aud != self.audience {
            Err(TokenError::WrongAudience)
        } else {
            Ok(())
        }
    }
}
