//! A program proves that it is itself.

use auth::PublicKeys;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use ids::ClientId;
use jiff::Timestamp;
use jsonwebtoken::Algorithm;
use serde::Deserialize;
use serde_json::Value;

use super::{Context, OAuthError};
use crate::{
    secrets::Opaque,
    settings::ClientSettings,
    store::{clients, used_once},
};

/// What FAPI 2.0 allows; see `auth::FAPI_ALGORITHMS`.
const ALGORITHMS: &[Algorithm] = &[Algorithm::ES256, Algorithm::EdDSA, Algorithm::PS256];
/// How long an assertion may be valid: a stolen one soon is worth nothing.
const LONGEST_SECONDS: i64 = 300;
const CLOCK_SKEW_SECONDS: i64 = 30;

/// What a program sent to prove itself.
#[derive(Debug, Clone)]
pub(crate) enum ClientProof {
    /// `client_secret_basic` or `client_secret_post`: claimed `client_id` and secret.
    Secret { client: String, secret: String },
    /// `private_key_jwt` (RFC 7523): a token that the program signed.
    Assertion(String),
    /// Nothing that proves anything.
    None,
}

/// The claims of an assertion.
#[derive(Deserialize)]
struct Assertion {
    iss: ClientId,
    sub: ClientId,
    /// Our issuer, as a text: what is meant for others too, they could use here (FAPI 2.0 Security Profile,
    /// 5.3.2.1).
    aud: String,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    iat: Option<i64>,
    jti: String,
}

/// The program, if its proof is right.
pub(crate) async fn authenticate_client<'a>(
    context: &'a Context,
    proof: &ClientProof,
) -> Result<&'a ClientSettings, OAuthError> {
    let client = match proof {
        ClientProof::Secret { client, secret } => by_secret(context, client, secret)?,
        ClientProof::Assertion(token) => by_assertion(context, token).await?,
        ClientProof::None => {
            return Err(OAuthError::WrongProof(
                "Nothing proves the client: send `client_assertion` (RFC 7523), or a secret.",
            ));
        }
    };
    match clients::is_withdrawn(context.database.connection(), &client.id).await? {
        true => Err(OAuthError::InvalidClient),
        false => Ok(client),
    }
}

fn by_secret<'a>(
    context: &'a Context,
    id: &str,
    secret: &str,
) -> Result<&'a ClientSettings, OAuthError> {
    let id: ClientId = id.parse().map_err(|_| OAuthError::InvalidClient)?;
    let client = context.client(&id).ok_or(OAuthError::InvalidClient)?;
    let expected = client.secret.as_ref().ok_or(OAuthError::InvalidClient)?;
    verify_slices_are_equal(expected.expose().as_bytes(), secret.as_bytes())
        .map_err(|_| OAuthError::InvalidClient)?;
    Ok(client)
}

async fn by_assertion<'a>(
    context: &'a Context,
    token: &str,
) -> Result<&'a ClientSettings, OAuthError> {
    // The signature is checked with the keys of the client that the token names.
    let claimed = jsonwebtoken::dangerous::insecure_decode::<Assertion>(token);
    let claimed = claimed.map_err(|_| OAuthError::WrongProof(malformed(token)))?.claims;
    let client = context.client(&claimed.iss).ok_or(OAuthError::InvalidClient)?;
    let jwks = client.jwks.as_ref().ok_or(OAuthError::InvalidClient)?.to_string();
    let keys = PublicKeys::parse(jwks.as_bytes(), ALGORITHMS).map_err(OAuthError::server)?;
    let assertion: Assertion = keys.open(token, None).map_err(|_| OAuthError::InvalidClient)?;

    // Whoever signed with the client's key may know what is wrong with the rest.
    if let Some(mistake) = assertion.mistake(context) {
        return Err(OAuthError::WrongProof(mistake));
    }
    let once = Opaque::received(&format!("assertion/{}/{}", client.id, assertion.jti));
    let until = Timestamp::from_second(assertion.exp + CLOCK_SKEW_SECONDS);
    let until = until.map_err(|_| OAuthError::InvalidClient)?;
    match used_once::first_time(context.database.connection(), once.hash(), until).await? {
        true => Ok(client),
        false => Err(OAuthError::WrongProof(
            "The assertion was used before: make a new one, with another `jti`, for each request.",
        )),
    }
}

impl Assertion {
    /// What it says wrongly, if it does.
    fn mistake(&self, context: &Context) -> Option<&'static str> {
        let now = context.now().as_second();
        let is_ahead = |at: Option<i64>| at.is_some_and(|at| at > now + CLOCK_SKEW_SECONDS);
        if self.sub != self.iss {
            Some("`iss` and `sub` of the assertion must both be the client's id.")
        } else if self.aud != context.issuer {
            Some(
                "`aud` of the assertion must be `issuer` of this service's metadata, character by character.",
            )
        } else if self.exp <= now - CLOCK_SKEW_SECONDS {
            Some(
                "The assertion has expired, by this service's clock. `fairtermin agency assertion --now` states another time.",
            )
        } else if self.exp > now + LONGEST_SECONDS + CLOCK_SKEW_SECONDS {
            Some(
                "`exp` of the assertion is too far ahead: 5 minutes at most, by this service's clock.",
            )
        } else if is_ahead(self.nbf) || is_ahead(self.iat) {
            Some("`iat` or `nbf` of the assertion is ahead of this service's clock.")
        } else {
            None
        }
    }
}

/// Why this is no assertion at all. It says only what the sender sent.
fn malformed(token: &str) -> &'static str {
    let Ok(sent) = jsonwebtoken::dangerous::insecure_decode::<Value>(token) else {
        return "`client_assertion` must be a JWT that is signed with ES256, EdDSA or PS256.";
    };
    let claims = sent.claims;
    let is_text = |name: &str| claims[name].is_string();
    let is_time = |name: &str| claims[name].is_i64();
    if !is_text("iss") || !is_text("sub") {
        "`iss` and `sub` of the assertion must both be the client's id."
    } else if !is_text("aud") {
        "`aud` of the assertion must be `issuer` of this service's metadata, as one text."
    } else if !is_time("exp") {
        "`exp` of the assertion must be there, in whole seconds."
    } else if !is_text("jti") {
        "`jti` of the assertion must be there: a text that is new each time."
    } else {
        "`iss` and `sub` must be a client's id, `iat` and `nbf` whole seconds."
    }
}
