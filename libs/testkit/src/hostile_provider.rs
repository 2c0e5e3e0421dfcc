//! An OpenID provider that does everything wrong that can be done wrong.
//!
//! Without a [`Mischief`] it behaves: it logs everybody in at once as the same person. Each
//! mischief breaks one rule that a relying party must check.
//!
//! Used to prove that identity (as a client of providers) checks what OIDC Core 3.1.3.7, RFC 9207
//! and OIDC Back-Channel Logout 1.0 demand: a test picks a mischief, logs in, and expects a
//! refusal. The names of [`Mischief`] are the list of what is checked.
//!
//! It runs in the test's own process on a free port, over plain http, and on the system's clock,
//! since the service under test judges its tokens by that one.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use actix_web::{
    App, HttpResponse, HttpServer,
    http::header::{CONTENT_TYPE, LOCATION},
    web,
};
use ambient::{Clock, SeededEntropy, SystemClock};
use auth::{SigningKey, TokenType};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Deserialize;
use serde_json::{Value, json};

/// The `client_id` it knows.
pub const CLIENT_ID: &str = "identity";
/// The person whom it logs in: no log line may hold this name.
pub const FAMILY_NAME: &str = "Geheimnis";

/// One rule to break. Each variant breaks one thing and leaves all else right, so a refusal has one
/// possible reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mischief {
    /// Breaks none: everybody is logged in.
    None,
    // The ID token's claims.
    /// `iss` of another provider.
    WrongIssuer,
    /// `aud` of another client.
    WrongAudience,
    /// `aud` with us and one that we do not trust.
    FurtherAudience,
    /// `azp` of another client.
    WrongAuthorizedParty,
    /// The `nonce` of another log-in: a stolen ID token.
    WrongNonce,
    /// No `nonce` although the request had one.
    NoNonce,
    /// An `at_hash` of another access token.
    WrongAccessTokenHash,
    /// `exp` five minutes ago, beyond any skew.
    Expired,
    /// `iat` in five minutes.
    IssuedInTheFuture,
    /// No `acr`.
    NoLevel,
    /// An `acr` that no table knows.
    UnknownLevel,
    /// A lower eIDAS level than was asked for.
    LowerLevel,
    /// `auth_time` two hours ago.
    LoggedInLongAgo,
    /// No `auth_time` although it was asked for.
    NoAuthTime,
    /// A family name that is a dash, and no given name.
    NoName,
    /// No `birthdate`.
    NoBirthDate,
    /// A given name of two lines.
    NameOfTwoLines,
    /// A given name with NUL in it.
    NameWithNul,
    /// A given name that turns the direction of writing (UAX 9).
    NameThatTurns,
    /// A family name of 5,000 letters.
    LongName,
    /// Born in 2099.
    NotBornYet,
    // Its signature.
    /// `alg: none` (RFC 8725 section 2.1).
    Unsigned,
    /// HS256 with the published key as the secret (RFC 8725 section 2.1).
    SignedWithThePublicKey,
    /// A good signature by a key that is not published.
    SignedByAnUnknownKey,
    /// The `kid` of the published key over another key's signature.
    SignedByAnotherKeyOfTheSameName,
    // The answers.
    /// Tokens without an ID token.
    NoIdToken,
    /// Two megabytes.
    OversizedAnswer,
    /// The token endpoint answers after 30 seconds.
    SlowAnswer,
    /// The token endpoint redirects for ever.
    RedirectLoop,
    /// A page in HTML with status 200.
    NotJson,
    /// `iss` of another provider in the callback (RFC 9207: mix-up).
    WrongIssuerInTheBrowser,
    /// No `iss` in the callback although discovery promises it.
    NoIssuerInTheBrowser,
    /// A discovery document that names another issuer.
    DiscoveryOfAnotherIssuer,
}

/// A provider on a port of its own. Clones share its state.
#[derive(Clone)]
pub struct HostileProvider {
    /// Its address.
    pub issuer: String,
    state: Arc<Mutex<State>>,
}

struct State {
    issuer: String,
    mischief: Mischief,
    key: SigningKey,
    /// What the last authorization request asked for: one log-in at a time.
    nonce: String,
    claims: Value,
    /// What it says besides, or instead.
    also: Value,
}

impl HostileProvider {
    /// Starts it, behaving.
    ///
    /// It ends with the runtime of the test. One worker: a slow answer blocks only itself, as it
    /// sleeps.
    ///
    /// # Panics
    /// If no port is free.
    #[must_use]
    pub fn start() -> Self {
        let state = State {
            issuer: String::new(),
            mischief: Mischief::None,
            key: key(1),
            nonce: String::new(),
            claims: json!({}),
            also: json!({}),
        };
        let state = Arc::new(Mutex::new(state));
        let shared = web::Data::from(Arc::clone(&state));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .route("/.well-known/openid-configuration", web::get().to(discovery))
                .route("/jwks", web::get().to(jwks))
                .route("/authorize", web::get().to(authorize))
                .route("/token", web::post().to(token))
                .route("/loop", web::to(round_and_round))
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .expect("a port is free");
        let issuer = format!("http://{}", server.addrs()[0]);
        lock(&state).issuer.clone_from(&issuer);
        actix_web::rt::spawn(server.run());
        Self { issuer, state }
    }

    /// Breaks this rule from now on.
    pub fn does(&self, mischief: Mischief) {
        lock(&self.state).mischief = mischief;
    }

    /// States these claims from now on, on top of its own.
    ///
    /// `null` removes a claim. Counts from the next authorization request on.
    pub fn also_says(&self, claims: Value) {
        lock(&self.state).also = claims;
    }

    /// Signs with another key from now on, and publishes only that one.
    ///
    /// The same seed gives the same key.
    pub fn rotates_its_key(&self, seed: u64) {
        lock(&self.state).key = key(seed);
    }

    /// A log-out token with these claims on top of right ones.
    ///
    /// For the back channel (OIDC Back-Channel Logout 1.0 section 2.4); `null` removes a claim.
    /// Each has a `jti` of its changes, so the same token is recognised as a repetition.
    ///
    /// # Panics
    /// If signing fails.
    #[must_use]
    pub fn logout_token(&self, changed: &Value) -> String {
        let state = lock(&self.state);
        let mut claims = json!({
            "iss": state.issuer,
            "aud": CLIENT_ID,
            "iat": now(),
            "exp": now() + 120,
            "jti": format!("{changed}"),
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
            "sub": "subject",
        });
        for (name, value) in changed.as_object().into_iter().flatten() {
            match value {
                Value::Null => drop(claims.as_object_mut().and_then(|all| all.remove(name))),
                value => claims[name.as_str()] = value.clone(),
            }
        }
        state.key.sign(TokenType::Logout, &claims).expect("the key signs")
    }
}

type Shared = web::Data<Mutex<State>>;

async fn discovery(state: Shared) -> HttpResponse {
    let state = lock(&state);
    let at = |path: &str| format!("{}/{path}", state.issuer);
    let issuer = match state.mischief {
        Mischief::DiscoveryOfAnotherIssuer => "http://127.0.0.1:9/".to_owned(),
        _ => state.issuer.clone(),
    };
    HttpResponse::Ok().json(json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "jwks_uri": at("jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn jwks(state: Shared) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "keys": [lock(&state).key.public_jwk()] }))
}

#[derive(Deserialize)]
struct Asked {
    redirect_uri: url::Url,
    state: String,
    nonce: String,
}

async fn authorize(state: Shared, asked: web::Query<Asked>) -> HttpResponse {
    let mut state = lock(&state);
    state.nonce.clone_from(&asked.nonce);
    state.claims = claims(&state);
    let mut back = asked.redirect_uri.clone();
    back.query_pairs_mut().append_pair("code", "code").append_pair("state", &asked.state);
    match state.mischief {
        Mischief::NoIssuerInTheBrowser => {}
        Mischief::WrongIssuerInTheBrowser => {
            back.query_pairs_mut().append_pair("iss", "http://elsewhere.test");
        }
        _ => {
            back.query_pairs_mut().append_pair("iss", &state.issuer);
        }
    }
    HttpResponse::SeeOther().insert_header((LOCATION, back.as_str())).finish()
}

async fn token(state: Shared) -> HttpResponse {
    let mischief = lock(&state).mischief;
    match mischief {
        Mischief::SlowAnswer => tokio::time::sleep(Duration::from_secs(30)).await,
        Mischief::RedirectLoop => {
            return HttpResponse::TemporaryRedirect().insert_header((LOCATION, "/loop")).finish();
        }
        Mischief::NotJson => {
            return HttpResponse::Ok()
                .insert_header((CONTENT_TYPE, "text/html"))
                .body("<h1>Wartungsarbeiten</h1>");
        }
        _ => {}
    }
    let state = lock(&state);
    let mut answer = json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 60 });
    if mischief == Mischief::OversizedAnswer {
        answer["padding"] = "x".repeat(2_000_000).into();
    }
    if mischief != Mischief::NoIdToken {
        answer["id_token"] = signed(&state).into();
    }
    HttpResponse::Ok().json(answer)
}

/// A client that follows redirects never arrives.
async fn round_and_round() -> HttpResponse {
    HttpResponse::TemporaryRedirect().insert_header((LOCATION, "/loop")).finish()
}

/// Right claims with the mischief's change.
fn claims(state: &State) -> Value {
    let now = now();
    let mut claims = json!({
        "iss": state.issuer,
        "aud": CLIENT_ID,
        "sub": "subject",
        "sid": "provider-session",
        "iat": now,
        "exp": now + 300,
        "auth_time": now,
        "nonce": state.nonce,
        "acr": "http://eidas.europa.eu/LoA/high",
        "given_name": "Greta",
        "family_name": FAMILY_NAME,
        "birthdate": "1971-02-03",
        "place_of_birth": { "locality": "Bonn" },
    });
    let mut set = |name: &str, value: Value| claims[name] = value;
    match state.mischief {
        Mischief::WrongIssuer => set("iss", "http://elsewhere.test".into()),
        Mischief::WrongAudience => set("aud", "somebody-else".into()),
        Mischief::FurtherAudience => set("aud", json!([CLIENT_ID, "somebody-else"])),
        Mischief::WrongAuthorizedParty => set("azp", "somebody-else".into()),
        Mischief::WrongNonce => set("nonce", "another".into()),
        Mischief::NoNonce => set("nonce", Value::Null),
        Mischief::WrongAccessTokenHash => set("at_hash", "AAAAAAAAAAAAAAAAAAAAAA".into()),
        Mischief::Expired => set("exp", (now - 300).into()),
        Mischief::IssuedInTheFuture => set("iat", (now + 300).into()),
        Mischief::NoLevel => set("acr", Value::Null),
        Mischief::UnknownLevel => set("acr", "gold".into()),
        Mischief::LowerLevel => set("acr", "http://eidas.europa.eu/LoA/low".into()),
        Mischief::LoggedInLongAgo => set("auth_time", (now - 7200).into()),
        Mischief::NoAuthTime => set("auth_time", Value::Null),
        Mischief::NoName => {
            set("family_name", "-".into());
            set("given_name", Value::Null);
        }
        Mischief::NoBirthDate => set("birthdate", Value::Null),
        Mischief::NameOfTwoLines => set("given_name", "Greta\r\nBcc: a@b.test".into()),
        Mischief::NameWithNul => set("given_name", "Gre\u{0}ta".into()),
        Mischief::NameThatTurns => set("given_name", "Gre\u{202e}ta".into()),
        Mischief::LongName => set("family_name", "ä".repeat(5_000).into()),
        Mischief::NotBornYet => set("birthdate", "2099-02-03".into()),
        _ => {}
    }
    if let (Some(all), Some(also)) = (claims.as_object_mut(), state.also.as_object()) {
        all.extend(also.clone());
        all.retain(|_, value| !value.is_null());
    }
    claims
}

/// The ID token, signed as the mischief says.
fn signed(state: &State) -> String {
    let by = |key: &SigningKey| key.sign(TokenType::Id, &state.claims).expect("the key signs");
    match state.mischief {
        Mischief::Unsigned => {
            let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
            format!("{}.{}.", part(&json!({ "alg": "none" })), part(&state.claims))
        }
        Mischief::SignedWithThePublicKey => {
            let public = serde_json::to_vec(state.key.public_jwk()).expect("a key is JSON");
            let mut header = Header::new(Algorithm::HS256);
            header.kid = Some(state.key.kid().to_owned());
            let key = EncodingKey::from_secret(&public);
            jsonwebtoken::encode(&header, &state.claims, &key).expect("the key signs")
        }
        Mischief::SignedByAnUnknownKey => by(&key(99)),
        Mischief::SignedByAnotherKeyOfTheSameName => {
            let (right, wrong) = (by(&state.key), by(&key(99)));
            let head = right.rsplit_once('.').map(|(head, _)| head).unwrap_or_default();
            let signature = wrong.rsplit_once('.').map(|(_, last)| last).unwrap_or_default();
            format!("{head}.{signature}")
        }
        _ => by(&state.key),
    }
}

fn key(seed: u64) -> SigningKey {
    SigningKey::generate(&SeededEntropy::new(seed)).expect("seeds of tests give valid keys")
}

fn now() -> i64 {
    SystemClock.now().as_second()
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
