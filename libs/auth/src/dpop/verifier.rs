//! Decides about the proof of a request.

use std::sync::Arc;

use actix_web::HttpRequest;
use ambient::Clock;
use jiff::Timestamp;
use problem::methods::sent_method;
use url::Url;

use super::{
    CLOCK_SKEW_SECONDS, Confirmation, DPOP_HEADER, DpopError, JtiStore, LIFETIME_SECONDS,
    Thumbprint,
    proof::{Proof, hash},
    sign::without_query,
};

/// Verifies the DPoP proofs of requests to one service (RFC 9449 section 4.3). Belongs into the
/// application's data as `web::Data`.
#[derive(Debug, Clone)]
pub struct DpopVerifier {
    base: Url,
    used: Arc<dyn JtiStore>,
    clock: Arc<dyn Clock>,
}

impl DpopVerifier {
    /// For a service that programs reach at `base`. What a request says of its host is not believed: who
    /// takes a proof off a request to another host must not get through with it here.
    #[must_use]
    pub fn new(base: Url, used: Arc<dyn JtiStore>, clock: Arc<dyn Clock>) -> Self {
        Self { base, used, clock }
    }

    /// The key that proved to have sent this request, with `token` if it carries one. Its proof is used
    /// up from now on.
    ///
    /// # Errors
    /// The first reason for which the proof is not accepted.
    pub async fn verify(
        &self,
        request: &HttpRequest,
        token: Option<&str>,
    ) -> Result<Thumbprint, DpopError> {
        let proof = self.read(request, token)?;
        self.use_up(proof).await
    }

    /// Checks that the sender of this request has the key that `token` is bound to.
    ///
    /// # Errors
    /// The first reason for which the proof is not accepted.
    pub async fn verify_bound(
        &self,
        request: &HttpRequest,
        token: &str,
        bound: &Confirmation,
    ) -> Result<(), DpopError> {
        let proof = self.read(request, Some(token))?;
        if proof.key != bound.jkt {
            return Err(DpopError::OtherKey);
        }
        self.use_up(proof).await.map(drop)
    }

    /// A proof for this request, used or not.
    fn read(&self, request: &HttpRequest, token: Option<&str>) -> Result<Proof, DpopError> {
        let mut headers = request.headers().get_all(DPOP_HEADER);
        let header = headers.next().ok_or(DpopError::Missing)?;
        if headers.next().is_some() {
            return Err(DpopError::Several);
        }
        let proof = Proof::read(header.to_str().map_err(|_| DpopError::Malformed)?)?;
        if proof.claims.htm != sent_method(request).as_str() {
            return Err(DpopError::WrongMethod);
        }
        let expected = self.address(request.path());
        if normalized(&proof.claims.htu).as_ref() != Some(&expected) {
            return Err(DpopError::WrongUrl { expected });
        }
        let now = self.clock.now().as_second();
        if proof.claims.iat < now - LIFETIME_SECONDS {
            return Err(DpopError::TooOld);
        }
        if proof.claims.iat > now + CLOCK_SKEW_SECONDS {
            return Err(DpopError::Ahead);
        }
        match token {
            Some(token) if proof.claims.ath.as_deref() != Some(&*hash(token)) => {
                Err(DpopError::OtherToken)
            }
            Some(_) | None => Ok(proof),
        }
    }

    async fn use_up(&self, proof: Proof) -> Result<Thumbprint, DpopError> {
        let until = proof.claims.iat + LIFETIME_SECONDS + CLOCK_SKEW_SECONDS;
        let until = Timestamp::from_second(until).map_err(|_| DpopError::BadClaims)?;
        match self.used.first_use(&proof.id(), until).await? {
            true => Ok(proof.key),
            false => Err(DpopError::Replayed),
        }
    }

    /// How programs address this path of ours.
    fn address(&self, path: &str) -> String {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        without_query(&url)
    }
}

/// Compared after normalisation by syntax and scheme (RFC 3986 sections 6.2.2 and 6.2.3). A query that a
/// sender left in does not count.
fn normalized(htu: &str) -> Option<String> {
    Url::parse(htu).ok().map(|url| without_query(&url))
}
