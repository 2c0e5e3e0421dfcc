//! Tokens that are bound to a key (RFC 9449), and what a thief can do with one.

use std::sync::Arc;

use actix_web::{App, HttpResponse, http::header::AUTHORIZATION, test, web};
use ambient::{Clock as _, SeededEntropy, SystemEntropy};
use async_trait::async_trait;
use auth::{
    AccessClaims, Citizen, DpopVerifier, JtiStore, JtiStoreError, MemoryJtiStore, ProofTarget,
    SigningKey, Thumbprint,
};
use aws_lc_rs::{
    digest,
    encoding::{AsDer as _, Pkcs8V1Der},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, ThumbprintHash},
};
use serde_json::{Value, json};
use url::Url;

use crate::identity::{Identity, key};

const BASE: &str = "https://termin.test/lea/";
const URL: &str = "https://termin.test/lea/v1/bookings";

/// A service with its memory of proofs, and a token that is bound to a key.
struct World {
    identity: Identity,
    used: Arc<dyn JtiStore>,
    key: SigningKey,
    token: String,
}

/// A request: what of it is not as it should be.
struct Sent {
    scheme: &'static str,
    token: String,
    proofs: Vec<String>,
}

impl World {
    async fn new() -> Self {
        let identity = Identity::start().await;
        let used = Arc::new(MemoryJtiStore::new(Arc::new(identity.clock.clone())));
        let key = key(9);
        let token = identity.sign(&bound(identity.claims(), &key));
        Self { identity, used, key, token }
    }

    fn proof(&self) -> String {
        self.proof_by(&self.key, "GET", URL, Some(&self.token))
    }

    fn proof_by(&self, key: &SigningKey, method: &str, url: &str, token: Option<&str>) -> String {
        let url: Url = url.parse().unwrap();
        let target = ProofTarget { method, url: &url, token };
        key.prove(&target, &self.identity.clock, &SystemEntropy).unwrap()
    }

    /// A proof whose claims and header are changed; `null` leaves one out.
    fn forged(&self, header: &Value, claims: &Value) -> String {
        let mut head = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": self.key.public_jwk() });
        let iat = self.identity.clock.now().as_second();
        let ath = hash(&self.token);
        let mut body = json!({ "jti": "once", "htm": "GET", "htu": URL, "iat": iat, "ath": ath });
        change(&mut head, header);
        change(&mut body, claims);
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&head), part(&body));
        format!("{signed}.{}", sign(&signed))
    }

    fn with(&self, proof: String) -> Sent {
        Sent { scheme: "DPoP", token: self.token.clone(), proofs: vec![proof] }
    }

    /// Status, challenge and document.
    async fn answer(&self, sent: Sent) -> (u16, String, Value) {
        let base: Url = BASE.parse().unwrap();
        let clock = Arc::new(self.identity.clock.clone());
        let verifier = DpopVerifier::new(base, Arc::clone(&self.used), clock);
        let app = App::new()
            .app_data(web::Data::new(self.identity.verifier()))
            .app_data(web::Data::new(verifier))
            .route("/v1/bookings", web::get().to(async |_: Citizen| HttpResponse::Ok()));
        let app = test::init_service(app).await;
        let mut request = test::TestRequest::get()
            .uri("/v1/bookings?status=confirmed")
            .insert_header((AUTHORIZATION, format!("{} {}", sent.scheme, sent.token)));
        for proof in sent.proofs {
            request = request.append_header(("DPoP", proof));
        }
        let response = test::call_service(&app, request.to_request()).await;
        let header = response.headers().get("www-authenticate");
        let challenge = header.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let status = response.status().as_u16();
        let body = test::read_body(response).await;
        (status, challenge, serde_json::from_slice(&body).unwrap_or_default())
    }

    async fn refused(&self, sent: Sent, code: &str, why: &str) {
        let (status, challenge, body) = self.answer(sent).await;
        assert_eq!((status, &body["code"]), (401, &code.into()), "{why}: {body}");
        assert!(body["detail"].as_str().unwrap().contains(why), "{why}: {body}");
        let error = if code == "invalid-token" { "invalid_token" } else { "invalid_dpop_proof" };
        let expected = format!("DPoP error=\"{error}\", algs=\"ES256 EdDSA PS256\"");
        assert_eq!(challenge, expected, "{why}");
    }
}

fn bound(claims: AccessClaims, key: &SigningKey) -> AccessClaims {
    AccessClaims { cnf: Some(key.thumbprint().unwrap().into()), ..claims }
}

fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, token.as_bytes()))
}

fn change(whole: &mut Value, changes: &Value) {
    for (name, value) in changes.as_object().unwrap() {
        whole[name.as_str()] = value.clone();
    }
    whole.as_object_mut().unwrap().retain(|_, value| !value.is_null());
}

/// The private half of the world's key.
fn private_jwk() -> Value {
    let text = SigningKey::generate_private_jwk(&SeededEntropy::new(9)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Signs as a JWS does: for headers that no library writes.
fn sign(text: &str) -> String {
    let private = private_jwk();
    let part = |name: &str| URL_SAFE_NO_PAD.decode(private[name].as_str().unwrap()).unwrap();
    let point = [vec![4], part("x"), part("y")].concat();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let pair = EcdsaKeyPair::from_private_key_and_public_key(algorithm, &part("d"), &point);
    let signature = pair.unwrap().sign(&SystemRandom::new(), text.as_bytes()).unwrap();
    URL_SAFE_NO_PAD.encode(signature)
}

#[actix_web::test]
async fn whoever_has_the_key_may_use_the_token_once_with_each_proof() {
    let world = World::new().await;
    let proof = world.proof();
    assert_eq!(world.answer(world.with(proof.clone())).await.0, 200);
    world.refused(world.with(proof), "invalid-dpop-proof", "used before").await;
    assert_eq!(world.answer(world.with(world.proof())).await.0, 200);
    // A query in `htu`, capitals in the host and the usual port say the same.
    let url = "HTTPS://TERMIN.test:443/lea/v1/./bookings?x=1";
    assert_eq!(
        world.answer(world.with(world.forged(&json!({}), &json!({"htu": url})))).await.0,
        200
    );
}

#[actix_web::test]
async fn a_stolen_token_is_worth_nothing() {
    let world = World::new().await;
    let (thief, mine) = (key(10), Some(world.token.as_str()));
    let none = || Sent { scheme: "DPoP", token: world.token.clone(), proofs: Vec::new() };
    world.refused(none(), "invalid-dpop-proof", "`DPoP` header is missing").await;
    let bearer = || Sent { scheme: "Bearer", ..none() };
    world.refused(bearer(), "invalid-token", "bound to a key").await;
    let with_proof = Sent { proofs: vec![world.proof()], ..bearer() };
    world.refused(with_proof, "invalid-token", "bound to a key").await;
    let twice = Sent { proofs: vec![world.proof(), world.proof()], ..none() };
    world.refused(twice, "invalid-dpop-proof", "not several").await;
    for (proof, why) in [
        (world.proof_by(&thief, "GET", URL, mine), "another key"),
        (world.proof_by(&world.key, "POST", URL, mine), "another method"),
        (
            world.proof_by(&world.key, "GET", "https://other.test/lea/v1/bookings", mine),
            "another URL",
        ),
        (world.proof_by(&world.key, "GET", "https://termin.test/v1/bookings", mine), "another URL"),
        (world.proof_by(&world.key, "GET", URL, None), "`ath`"),
        (world.proof_by(&world.key, "GET", URL, Some("another token")), "`ath`"),
    ] {
        world.refused(world.with(proof), "invalid-dpop-proof", why).await;
    }
    // A token that is bound to nothing is no DPoP token.
    let claims = world.identity.claims();
    let unbound = world.identity.sign(&claims);
    let proof = world.proof_by(&world.key, "GET", URL, Some(&unbound));
    let sent = Sent { scheme: "DPoP", token: unbound, proofs: vec![proof] };
    world.refused(sent, "invalid-token", "bound to no key").await;
    // A session that ended has ended, with the key too.
    let old = bound(AccessClaims { exp: claims.iat - 60, ..claims }, &world.key);
    let old = world.identity.sign(&old);
    let proof = world.proof_by(&world.key, "GET", URL, Some(&old));
    let sent = Sent { scheme: "DPoP", token: old, proofs: vec![proof] };
    world.refused(sent, "invalid-token", "expired").await;
}

#[actix_web::test]
async fn a_proof_is_as_the_rfc_wants_it() {
    let world = World::new().await;
    let now = world.identity.clock.now().as_second();
    let same = json!({});
    for (header, claims, why) in [
        (json!({"typ": "JWT"}), same.clone(), "`typ`"),
        (json!({"typ": null}), same.clone(), "`typ`"),
        (json!({"alg": "none"}), same.clone(), "signed with"),
        (json!({"alg": "HS256"}), same.clone(), "signed with"),
        (json!({"alg": "RS256"}), same.clone(), "signed with"),
        (json!({"alg": "PS256"}), same.clone(), "public key"),
        (json!({"jwk": null}), same.clone(), "public key"),
        (json!({"jwk": private_jwk()}), same.clone(), "public key"),
        (json!({"jwk": {"kty": "oct", "k": "AAAA"}}), same.clone(), "public key"),
        (json!({"jwk": key(10).public_jwk()}), same.clone(), "does not fit its key"),
        (same.clone(), json!({"jti": null}), "must have"),
        (same.clone(), json!({"jti": ""}), "must have"),
        (same.clone(), json!({"jti": "x".repeat(257)}), "must have"),
        (same.clone(), json!({"htm": null}), "must have"),
        (same.clone(), json!({"htm": "get"}), "another method"),
        (same.clone(), json!({"htu": "nowhere"}), "another URL"),
        (same.clone(), json!({"iat": null}), "must have"),
        (same.clone(), json!({"iat": "now"}), "must have"),
        (same.clone(), json!({"iat": now - 61}), "older than a minute"),
        (same.clone(), json!({"iat": now + 61}), "lies ahead"),
        (same.clone(), json!({"ath": null}), "`ath`"),
    ] {
        let sent = world.with(world.forged(&header, &claims));
        world.refused(sent, "invalid-dpop-proof", why).await;
    }
    for text in ["", "a", "a.b.c", &"a".repeat(5_000)] {
        world.refused(world.with(text.to_owned()), "invalid-dpop-proof", "malformed").await;
    }
    // Clocks differ (FAPI 2.0, 5.3.2.1): ten seconds ahead are accepted.
    for (jti, iat) in [("ahead", now + 10), ("old", now - 59)] {
        let proof = world.forged(&json!({}), &json!({"jti": jti, "iat": iat}));
        assert_eq!(world.answer(world.with(proof)).await.0, 200, "{jti}");
    }
}

#[actix_web::test]
async fn proofs_are_remembered_until_they_are_too_old() {
    let world = World::new().await;
    let proof =
        world.forged(&json!({}), &json!({"iat": world.identity.clock.now().as_second() + 30}));
    assert_eq!(world.answer(world.with(proof.clone())).await.0, 200);
    for seconds in [1, 30, 59] {
        world.identity.clock.advance(SignedDuration::from_secs(seconds));
        world.refused(world.with(proof.clone()), "invalid-dpop-proof", "used before").await;
    }
    world.identity.clock.advance(SignedDuration::from_secs(1));
    world.refused(world.with(proof), "invalid-dpop-proof", "older than a minute").await;
}

#[actix_web::test]
async fn eddsa_proves_too() {
    let world = World::new().await;
    // RFC 8037 appendix A.1.
    let ed25519 =
        r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#;
    let ed25519 = SigningKey::parse(ed25519).unwrap();
    let token = world.identity.sign(&bound(world.identity.claims(), &ed25519));
    let proof = world.proof_by(&ed25519, "GET", URL, Some(&token));
    let sent = Sent { scheme: "DPoP", token, proofs: vec![proof] };
    assert_eq!(world.answer(sent).await.0, 200);
}

#[actix_web::test]
async fn ps256_proves_too() {
    let world = World::new().await;
    let pair = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let rsa = EncodingKey::from_rsa_pem(pem(der.as_ref()).as_bytes()).unwrap();
    let jwk = Jwk::from_encoding_key(&rsa, Algorithm::PS256).unwrap();
    let thumbprint: Thumbprint = jwk.thumbprint(ThumbprintHash::SHA256).unwrap().parse().unwrap();
    let cnf = Some(thumbprint.into());
    let token = world.identity.sign(&AccessClaims { cnf, ..world.identity.claims() });
    let iat = world.identity.clock.now().as_second();
    let mut header = Header::new(Algorithm::PS256);
    (header.typ, header.jwk) = (Some("dpop+jwt".to_owned()), Some(jwk));
    let claims = json!({ "jti": "rsa", "htm": "GET", "htu": URL, "iat": iat, "ath": hash(&token) });
    let proof = jsonwebtoken::encode(&header, &claims, &rsa).unwrap();
    let sent = Sent { scheme: "DPoP", token, proofs: vec![proof] };
    assert_eq!(world.answer(sent).await.0, 200);
}

fn pem(der: &[u8]) -> String {
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n")
}

/// A store that does not answer.
#[derive(Debug)]
struct Away;

#[async_trait]
impl JtiStore for Away {
    async fn first_use(&self, _: &str, _: Timestamp) -> Result<bool, JtiStoreError> {
        Err(JtiStoreError::new("away"))
    }
}

#[actix_web::test]
async fn without_memory_nothing_is_believed() {
    let world = World { used: Arc::new(Away), ..World::new().await };
    let (status, _, body) = world.answer(world.with(world.proof())).await;
    assert_eq!((status, &body["code"]), (503, &"unavailable".into()));
}
