//! A set of public keys, each for one algorithm.
//!
//! Which algorithm is used is a property of the key and never of the token: a token cannot ask for
//! `none`, or for HMAC with the public key as the secret (RFC 8725 sections 2.1 and 3.1). Used for
//! identity's own keys and, by identity, for those of providers and clients.

use std::{collections::HashMap, sync::Arc};

use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    jwk::{Jwk, JwkSet, PublicKeyUse},
};
use serde::de::DeserializeOwned;

use crate::TokenError;

/// Public signature keys by their `kid`. A key decides the algorithm, never the token.
///
/// Two keys with one `kid`: the later one counts.
#[derive(Debug, Clone, Default)]
pub struct PublicKeys(HashMap<String, Arc<PublicKey>>);

/// A key that verifies signatures of one algorithm.
#[derive(Debug)]
pub(crate) struct PublicKey {
    /// The only one that it verifies.
    algorithm: Algorithm,
    key: DecodingKey,
}

impl PublicKeys {
    /// Reads a JWK set (RFC 7517). Keys without `kid`, for encryption, or for an algorithm that
    /// is not in `allowed`, are left out.
    ///
    /// # Errors
    /// The document is not a JWK set.
    pub fn parse(document: &[u8], allowed: &[Algorithm]) -> Result<Self, serde_json::Error> {
        let set: JwkSet = serde_json::from_slice(document)?;
        let keys = set.keys.iter().filter_map(|jwk| {
            let kid = jwk.common.key_id.clone()?;
            Some((kid, Arc::new(PublicKey::read(jwk, allowed)?)))
        });
        Ok(Self(keys.collect()))
    }

    /// Whether there is no usable key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The claims of `token` if one of these keys signed it and its `typ` is `typ` (compared
    /// as RFC 9068 section 4 says: with or without `application/`, without regard to case).
    /// With `None`, `typ` is not looked at. Claims are not judged here.
    ///
    /// # Errors
    /// The token is malformed, of another type, or not signed by one of these keys.
    pub fn open<T: DeserializeOwned>(
        &self,
        token: &str,
        typ: Option<&str>,
    ) -> Result<T, TokenError> {
        let header = Header::read(token)?;
        header.require_type(typ)?;
        let key = self.find(&header.kid).ok_or(TokenError::UnknownKey)?;
        key.open(token)
    }

    /// Whether there is a key of this name.
    pub(crate) fn contains(&self, kid: &str) -> bool {
        self.0.contains_key(kid)
    }

    /// By its exact name; `kid` has no structure (RFC 7517, section 4.5).
    pub(crate) fn find(&self, kid: &str) -> Option<Arc<PublicKey>> {
        self.0.get(kid).cloned()
    }
}

impl PublicKey {
    /// `None` for a key that is for encryption, of an algorithm that is not allowed, or whose curve
    /// does not fit its `alg`.
    fn read(jwk: &Jwk, allowed: &[Algorithm]) -> Option<Self> {
        if matches!(jwk.common.public_key_use, Some(PublicKeyUse::Encryption)) {
            return None;
        }
        let algorithm = match jwk.common.key_algorithm {
            Some(algorithm) => algorithm.to_string().parse().ok()?,
            None => usual_algorithm(jwk)?,
        };
        let key = DecodingKey::from_jwk(jwk).ok()?;
        let fits = key.family().algorithms().contains(&algorithm);
        (fits && allowed.contains(&algorithm)).then_some(Self { algorithm, key })
    }

    /// Signature only. `exp`, `aud` and the like are judged by our own code, which has our clock.
    pub(crate) fn open<T: DeserializeOwned>(&self, token: &str) -> Result<T, TokenError> {
        let mut signature_only = Validation::new(self.algorithm);
        signature_only.required_spec_claims.clear();
        signature_only.validate_exp = false;
        signature_only.validate_aud = false;
        jsonwebtoken::decode(token, &self.key, &signature_only)
            .map(|data| data.claims)
            .map_err(|error| reason(&error))
    }
}

/// `alg` is optional in a JWK (RFC 7517 section 4.4): what such a key is usually for.
fn usual_algorithm(jwk: &Jwk) -> Option<Algorithm> {
    use jsonwebtoken::jwk::{AlgorithmParameters as Parameters, EllipticCurve as Curve};
    match &jwk.algorithm {
        Parameters::EllipticCurve(key) if key.curve == Curve::P256 => Some(Algorithm::ES256),
        Parameters::EllipticCurve(key) if key.curve == Curve::P384 => Some(Algorithm::ES384),
        Parameters::OctetKeyPair(key) if key.curve == Curve::Ed25519 => Some(Algorithm::EdDSA),
        Parameters::RSA(_) => Some(Algorithm::RS256),
        _ => None,
    }
}

/// The library's reasons as ours; everything about form is `Malformed`.
fn reason(error: &jsonwebtoken::errors::Error) -> TokenError {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidAlgorithm => TokenError::WrongAlgorithm,
        ErrorKind::InvalidSignature => TokenError::BadSignature,
        ErrorKind::Json(_) => TokenError::BadClaims,
        _ => TokenError::Malformed,
    }
}

/// The two members of a JOSE header (RFC 7515 section 4.1) that matter. `alg` is not read: see
/// above.
pub(crate) struct Header {
    pub(crate) kid: String,
    typ: Option<String>,
}

impl Header {
    /// Nothing here is trusted yet: it only says which key to try.
    ///
    /// # Errors
    /// It is no JWS, or names no key: without `kid` we would have to try all.
    pub(crate) fn read(token: &str) -> Result<Self, TokenError> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenError::Malformed)?;
        Ok(Self { kid: header.kid.ok_or(TokenError::UnknownKey)?, typ: header.typ })
    }

    /// `None` accepts any type: for providers whose ID tokens have none.
    pub(crate) fn require_type(&self, expected: Option<&str>) -> Result<(), TokenError> {
        let Some(expected) = expected else {
            return Ok(());
        };
        let given = self.typ.as_deref().unwrap_or_default().to_ascii_lowercase();
        let given = given.strip_prefix("application/").unwrap_or(&given);
        if given == expected { Ok(()) } else { Err(TokenError::WrongType) }
    }
}
