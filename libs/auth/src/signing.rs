//! Signing tokens.
//!
//! One type for all private signature keys of the house: identity's own, the one with which it
//! proves itself to a provider, and those of agencies' programs. Keys are read from settings and
//! named by `kid`, so that a rotation is two keys for a while: [`SigningKey::parse_all`].

use ambient::Entropy;
use aws_lc_rs::{
    agreement::{ECDH_P256, PrivateKey},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, PublicKeyUse, ThumbprintHash},
};
use serde::{Deserialize, Serialize};

/// A private key for ES256 or EdDSA with its public half.
///
/// Clones share the key. `Debug` shows the `kid`; nothing writes the private half but
/// [`generate_private_jwk`](Self::generate_private_jwk).
#[derive(Clone)]
pub struct SigningKey {
    kid: String,
    algorithm: Algorithm,
    key: EncodingKey,
    public: Jwk,
}

/// The `typ` header: what kind of token it is, so that none is taken for another.
///
/// Explicit typing (RFC 8725 section 3.11). A verifier asks for one type; a token of another is
/// refused though its signature holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenType {
    /// `at+jwt` (RFC 9068).
    Access,
    /// `userinfo+jwt`: name and birth date for one authority.
    Attendee,
    /// `JWT`: an OpenID Connect ID token or a client assertion.
    Id,
    /// `logout+jwt` (OpenID Connect Back-Channel Logout 1.0).
    Logout,
    /// `fairtermin-authorities+jwt`: which authorities there are.
    Authorities,
    /// `fairtermin-revocations+jwt`: what ended in the last minutes.
    Revocations,
    /// `fairtermin-merge+jwt`: two persons turned out to be one human.
    Merge,
    /// `fairtermin-merge-reversal+jwt`: they are two humans after all.
    MergeReversal,
    /// `fairtermin-resolution+jwt`: the doubt about a person's identity is over.
    Resolution,
}

/// A private key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Not PKCS#8 PEM and not a JWK of the two kinds.
    #[error(
        "a signing key must be a PKCS#8 PEM or a private JWK, for P-256 (ES256) or Ed25519 (EdDSA)"
    )]
    Unsupported,
    /// The cryptography library refuses it.
    #[error("the signing key is not a valid private key")]
    Invalid,
}

/// The members of a private JWK (RFC 7518 section 6.2.2, RFC 8037) that matter: the public half
/// is computed.
#[derive(Deserialize)]
struct PrivateJwk {
    crv: String,
    d: String,
    kid: Option<String>,
}

impl TokenType {
    /// The header's value.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Access => "at+jwt",
            Self::Attendee => "userinfo+jwt",
            Self::Id => "JWT",
            Self::Logout => "logout+jwt",
            Self::Authorities => "fairtermin-authorities+jwt",
            Self::Revocations => "fairtermin-revocations+jwt",
            Self::Merge => "fairtermin-merge+jwt",
            Self::MergeReversal => "fairtermin-merge-reversal+jwt",
            Self::Resolution => "fairtermin-resolution+jwt",
        }
    }
}

impl SigningKey {
    /// A fresh ES256 key.
    ///
    /// For tests and the demo: such a key ends with the process.
    ///
    /// # Errors
    /// The random number is not a valid scalar (chance below 2^-32).
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, KeyError> {
        let pkcs8 = p256_pkcs8(&entropy.bytes::<32>())?;
        Self::from_parts(EncodingKey::from_ec_der(&pkcs8), Algorithm::ES256, None)
    }

    /// A fresh ES256 key as a private JWK, for the settings of the service that signs.
    ///
    /// Print it once and keep it as a secret: it is the private key.
    ///
    /// # Errors
    /// As for [`generate`](Self::generate).
    pub fn generate_private_jwk(entropy: &dyn Entropy) -> Result<String, KeyError> {
        let scalar = entropy.bytes::<32>();
        let key = EncodingKey::from_ec_der(&p256_pkcs8(&scalar)?);
        let key = Self::from_parts(key, Algorithm::ES256, None)?;
        let mut jwk = serde_json::to_value(&key.public).map_err(|_| KeyError::Invalid)?;
        jwk["d"] = URL_SAFE_NO_PAD.encode(scalar).into();
        Ok(jwk.to_string())
    }

    /// Reads a key from settings: PKCS#8 PEM, or a private JWK as JSON. The `kid` is the JWK's,
    /// else the thumbprint after RFC 7638.
    ///
    /// # Errors
    /// It is of neither form, or not valid.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if text.trim_start().starts_with('{') {
            return Self::from_jwk(text);
        }
        if let Ok(key) = EncodingKey::from_ec_pem(text.as_bytes()) {
            return Self::from_parts(key, Algorithm::ES256, None);
        }
        let key = EncodingKey::from_ed_pem(text.as_bytes()).map_err(|_| KeyError::Unsupported)?;
        Self::from_parts(key, Algorithm::EdDSA, None)
    }

    /// Reads the keys of one settings entry: a single key as for [`parse`](Self::parse), or a JWK
    /// set (RFC 7517 section 5) of private keys, in its order.
    ///
    /// The order matters to the caller, which signs with one and publishes all.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse), for any of them.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, KeyError> {
        #[derive(serde::Deserialize)]
        struct Set {
            keys: Vec<serde_json::Value>,
        }
        match serde_json::from_str::<Set>(text) {
            Ok(set) => set.keys.iter().map(|key| Self::parse(&key.to_string())).collect(),
            Err(_) => Self::parse(text).map(|key| vec![key]),
        }
    }

    /// `kty` and the public half of the JWK are not read: curve and private number decide, and the
    /// rest follows from them.
    fn from_jwk(text: &str) -> Result<Self, KeyError> {
        let jwk: PrivateJwk = serde_json::from_str(text).map_err(|_| KeyError::Unsupported)?;
        let secret = URL_SAFE_NO_PAD.decode(jwk.d).map_err(|_| KeyError::Invalid)?;
        match jwk.crv.as_str() {
            "P-256" => {
                let key = EncodingKey::from_ec_der(&p256_pkcs8(&secret)?);
                Self::from_parts(key, Algorithm::ES256, jwk.kid)
            }
            "Ed25519" => {
                let key = EncodingKey::from_ed_der(&ed25519_pkcs8(&secret)?);
                Self::from_parts(key, Algorithm::EdDSA, jwk.kid)
            }
            _ => Err(KeyError::Unsupported),
        }
    }

    /// `kid` is the thumbprint (RFC 7638, SHA-256) if the key has no name, so the same key always
    /// has the same one.
    fn from_parts(
        key: EncodingKey,
        algorithm: Algorithm,
        kid: Option<String>,
    ) -> Result<Self, KeyError> {
        let mut public = Jwk::from_encoding_key(&key, algorithm).map_err(|_| KeyError::Invalid)?;
        let thumbprint =
            public.thumbprint(ThumbprintHash::SHA256).map_err(|_| KeyError::Invalid)?;
        let kid = kid.unwrap_or(thumbprint);
        public.common.key_id = Some(kid.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { kid, algorithm, key, public })
    }

    /// The key's name.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half, as it appears in a JWK set.
    #[must_use]
    pub fn public_jwk(&self) -> &Jwk {
        &self.public
    }

    /// ES256 or EdDSA.
    pub(crate) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// For proofs of the key (RFC 9449), which this crate signs itself.
    pub(crate) fn encoding_key(&self) -> &EncodingKey {
        &self.key
    }

    /// `ES256` or `EdDSA`.
    #[must_use]
    pub fn algorithm_name(&self) -> &'static str {
        if self.algorithm == Algorithm::ES256 { "ES256" } else { "EdDSA" }
    }

    /// A signed token with these claims.
    ///
    /// The claims are written as they are: what they must contain each caller knows.
    ///
    /// # Errors
    /// The claims cannot be written as JSON, or the library refuses to sign.
    pub fn sign<T: Serialize>(&self, typ: TokenType, claims: &T) -> Result<String, KeyError> {
        let mut header = Header::new(self.algorithm);
        header.typ = Some(typ.as_str().to_owned());
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.key).map_err(|_| KeyError::Invalid)
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// The PKCS#8 form (RFC 5915, RFC 5208) that the library wants; the public half is computed, so a
/// JWK with a wrong one does no harm.
fn p256_pkcs8(scalar: &[u8]) -> Result<Vec<u8>, KeyError> {
    let private =
        PrivateKey::from_private_key(&ECDH_P256, scalar).map_err(|_| KeyError::Invalid)?;
    let public = private.compute_public_key().map_err(|_| KeyError::Invalid)?;
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    EcdsaKeyPair::from_private_key_and_public_key(algorithm, scalar, public.as_ref())
        .map_err(|_| KeyError::Invalid)?
        .to_pkcs8v1()
        .map(|document| document.as_ref().to_vec())
        .map_err(|_| KeyError::Invalid)
}

/// The same for Ed25519, RFC 8410.
fn ed25519_pkcs8(seed: &[u8]) -> Result<Vec<u8>, KeyError> {
    Ed25519KeyPair::from_seed_unchecked(seed)
        .map_err(|_| KeyError::Invalid)?
        .to_pkcs8v1()
        .map(|document| document.as_ref().to_vec())
        .map_err(|_| KeyError::Invalid)
}
