//! One proof, and what can be said of it alone.

use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    errors::ErrorKind,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, ThumbprintHash},
};
use serde::Deserialize;
use serde_json::Value;

use super::{DpopError, PROOF_TYPE, Thumbprint};

/// A proof with a key of 4,096 bits has about 1,500 characters.
const LONGEST_PROOF: usize = 4_096;
const LONGEST_JTI: usize = 256;
/// Members of a JWK that are private or symmetric (RFC 7518 section 6, RFC 8037).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A proof with a signature that fits the key in it.
#[derive(Debug)]
pub(super) struct Proof {
    pub(super) key: Thumbprint,
    pub(super) claims: ProofClaims,
}

/// What a proof says (RFC 9449 section 4.2).
#[derive(Debug, Deserialize)]
pub(super) struct ProofClaims {
    pub(super) jti: String,
    pub(super) htm: String,
    pub(super) htu: String,
    pub(super) iat: i64,
    #[serde(default)]
    pub(super) ath: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    typ: Option<String>,
    alg: String,
    jwk: Option<Value>,
}

impl Proof {
    /// Reads a proof, whatever it is for.
    pub(super) fn read(text: &str) -> Result<Self, DpopError> {
        let header = Header::of(text)?;
        if !header.typ.is_some_and(|typ| typ.eq_ignore_ascii_case(PROOF_TYPE)) {
            return Err(DpopError::WrongType);
        }
        let algorithm = match header.alg.as_str() {
            "ES256" => Algorithm::ES256,
            "EdDSA" => Algorithm::EdDSA,
            "PS256" => Algorithm::PS256,
            _ => return Err(DpopError::WrongAlgorithm),
        };
        let jwk = public_key(header.jwk, algorithm)?;
        let key = DecodingKey::from_jwk(&jwk).map_err(|_| DpopError::WrongKey)?;
        let claims = open(text, &key, algorithm)?;
        if claims.jti.is_empty() || claims.jti.len() > LONGEST_JTI {
            return Err(DpopError::BadClaims);
        }
        let thumbprint = jwk.thumbprint(ThumbprintHash::SHA256).map_err(|_| DpopError::WrongKey)?;
        Ok(Self { key: thumbprint.parse().map_err(|_| DpopError::WrongKey)?, claims })
    }

    /// The key under which a used proof is stored: a hash, so that its length is bounded, over the
    /// sender's key too, so that two senders may choose the same `jti`.
    pub(super) fn id(&self) -> String {
        hash(&format!("{} {} {}", self.key, self.claims.htu, self.claims.jti))
    }
}

impl Header {
    fn of(text: &str) -> Result<Self, DpopError> {
        if text.len() > LONGEST_PROOF {
            return Err(DpopError::Malformed);
        }
        let (header, _) = text.split_once('.').ok_or(DpopError::Malformed)?;
        let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| DpopError::Malformed)?;
        serde_json::from_slice(&header).map_err(|_| DpopError::Malformed)
    }
}

/// The public key of the header, if it is one for the algorithm.
fn public_key(jwk: Option<Value>, algorithm: Algorithm) -> Result<Jwk, DpopError> {
    let jwk = jwk.ok_or(DpopError::WrongKey)?;
    let members = jwk.as_object().ok_or(DpopError::WrongKey)?;
    if PRIVATE.iter().any(|private| members.contains_key(*private)) {
        return Err(DpopError::WrongKey);
    }
    let jwk: Jwk = serde_json::from_value(jwk).map_err(|_| DpopError::WrongKey)?;
    let fits = match &jwk.algorithm {
        AlgorithmParameters::EllipticCurve(key) => {
            algorithm == Algorithm::ES256 && key.curve == EllipticCurve::P256
        }
        AlgorithmParameters::OctetKeyPair(key) => {
            algorithm == Algorithm::EdDSA && key.curve == EllipticCurve::Ed25519
        }
        // Below 2,048 bits no signature is accepted.
        AlgorithmParameters::RSA(_) => algorithm == Algorithm::PS256,
        _ => false,
    };
    if fits { Ok(jwk) } else { Err(DpopError::WrongKey) }
}

fn open(text: &str, key: &DecodingKey, algorithm: Algorithm) -> Result<ProofClaims, DpopError> {
    let mut signature_only = Validation::new(algorithm);
    signature_only.required_spec_claims.clear();
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    let opened = jsonwebtoken::decode(text, key, &signature_only);
    opened.map(|data| data.claims).map_err(|error| match error.kind() {
        ErrorKind::Json(_) => DpopError::BadClaims,
        _ => DpopError::BadSignature,
    })
}

/// The SHA-256 of a text, in base 64 for URLs: `ath` of an access token.
pub(super) fn hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes()))
}
