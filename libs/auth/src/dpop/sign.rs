//! Making proofs: what a client does.

use ambient::{Clock, Entropy};
use ids::TokenId;
use jsonwebtoken::Header;
use serde::Serialize;
use url::Url;

use super::{PROOF_TYPE, Thumbprint, proof::hash};
use crate::{KeyError, SigningKey};

/// The request that a proof is for.
#[derive(Debug, Clone, Copy)]
pub struct ProofTarget<'a> {
    /// Its method, in capitals.
    pub method: &'a str,
    /// Its URL; query and fragment do not count.
    pub url: &'a Url,
    /// The access token in it; `None` at the token endpoint.
    pub token: Option<&'a str>,
}

#[derive(Serialize)]
struct Claims<'a> {
    jti: TokenId,
    htm: &'a str,
    htu: &'a str,
    iat: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ath: Option<String>,
}

impl SigningKey {
    /// A DPoP proof (RFC 9449 section 4.2): the value of the `DPoP` header, good once and for a minute.
    ///
    /// # Errors
    /// The library refuses to sign.
    pub fn prove(
        &self,
        target: &ProofTarget<'_>,
        clock: &dyn Clock,
        entropy: &dyn Entropy,
    ) -> Result<String, KeyError> {
        let mut header = Header::new(self.algorithm());
        header.typ = Some(PROOF_TYPE.to_owned());
        let mut jwk = self.public_jwk().clone();
        (jwk.common.key_id, jwk.common.public_key_use) = (None, None);
        header.jwk = Some(jwk);
        let claims = Claims {
            jti: TokenId::mint(clock, entropy),
            htm: target.method,
            htu: &without_query(target.url),
            iat: clock.now().as_second(),
            ath: target.token.map(hash),
        };
        jsonwebtoken::encode(&header, &claims, self.encoding_key()).map_err(|_| KeyError::Invalid)
    }

    /// What tokens say that are bound to this key.
    ///
    /// # Errors
    /// The library cannot read the key.
    pub fn thumbprint(&self) -> Result<Thumbprint, KeyError> {
        let hash = jsonwebtoken::jwk::ThumbprintHash::SHA256;
        let text = self.public_jwk().thumbprint(hash).map_err(|_| KeyError::Invalid)?;
        text.parse().map_err(|_| KeyError::Invalid)
    }
}

/// What `htu` says of a URL.
pub(super) fn without_query(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}
