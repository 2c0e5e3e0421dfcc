//! Agencies' programs by the FAPI 2.0 Security Profile: requests that are pushed (RFC 9126), and codes and
//! tokens that are bound to a key (RFC 9449).

use ambient::{Clock as _, SeededEntropy, SystemEntropy};
use auth::{ProofTarget, SigningKey};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    act_for_person::{another, ask, log_in},
    agency,
    browser::{Browser, PORTAL},
    world::{VERIFIER, World, agency_key},
};

const LEA: &str = "urn:fairtermin:authority:lea";
const ACTING: &str = "bookings:write:onbehalf";

type Parameters = Vec<(String, String)>;

/// What the acting program asks for, with `scope` beside openid.
pub(crate) fn parameters(world: &World, scope: &str) -> Parameters {
    let url: url::Url = world.authorize("").parse().unwrap();
    let mut all: Parameters = url.query_pairs().into_owned().collect();
    let redirect = format!("{PORTAL}/zab");
    for (name, value) in &mut all {
        match name.as_str() {
            "client_id" => *value = "zab".to_owned(),
            "redirect_uri" => value.clone_from(&redirect),
            "scope" => *value = format!("openid {scope}").trim().to_owned(),
            _ => (),
        }
    }
    all
}

/// The same with other parameters; an empty value leaves one out.
fn changed(mut all: Parameters, changes: &[(&str, &str)]) -> Parameters {
    for (name, value) in changes {
        all.retain(|(known, _)| known != name);
        if !value.is_empty() {
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    all
}

/// Pushes as the acting program, with these proofs; status and document.
async fn pushed(world: &World, parameters: &Parameters, proofs: &[&str]) -> (u16, Value) {
    let jti = format!("push {}", another());
    let assertion = agency::assertion(world, json!({"iss": "zab", "sub": "zab", "jti": jti}));
    let mut form: Vec<(&str, &str)> = vec![
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", &assertion),
    ];
    form.extend(parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    world.post_with("/par", &form, proofs).await
}

/// Where the browser is sent after these parameters were pushed.
pub(crate) async fn push(world: &World, parameters: &Parameters) -> String {
    let (status, answer) = pushed(world, parameters, &[]).await;
    assert_eq!(status, 201, "{answer}");
    address(world, &answer)
}

fn address(world: &World, answer: &Value) -> String {
    let request_uri = answer["request_uri"].as_str().unwrap();
    format!("{}/authorize?client_id=zab&request_uri={request_uri}", world.issuer)
}

/// A key that is not the agency's.
fn other_key() -> SigningKey {
    SigningKey::generate(&SeededEntropy::new(78)).unwrap()
}

fn proof_by(key: &SigningKey, world: &World, path: &str) -> String {
    let url = format!("{}{path}", world.issuer).parse().unwrap();
    let target = ProofTarget { method: "POST", url: &url, token: None };
    key.prove(&target, &world.clock, &SystemEntropy).unwrap()
}

/// Redeems a code with these proofs; status and document.
async fn redeem(world: &World, code: &str, proofs: &[&str]) -> (u16, Value) {
    let jti = format!("redeem {}", another());
    let assertion = agency::assertion(world, json!({"iss": "zab", "sub": "zab", "jti": jti}));
    let redirect = format!("{PORTAL}/zab");
    let form = [
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion.as_str()),
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &redirect),
        ("code_verifier", VERIFIER),
    ];
    world.post_with("/token", &form, proofs).await
}

#[actix_web::test]
async fn a_pushed_request_serves_one_log_in_and_its_tokens_are_bound() {
    let world = World::start().await;
    let (status, answer) = pushed(&world, &parameters(&world, ACTING), &[]).await;
    assert_eq!((status, &answer["expires_in"]), (201, &120.into()));
    let url = address(&world, &answer);
    // Pages are reloaded, and somebody else may have begun.
    let mut slow = Browser::new();
    let choice = slow.open(&url).await;
    let page = log_in(&url).await;
    assert_eq!(page.parameter("iss"), Some(world.issuer.clone()), "RFC 9207");
    assert_eq!(page.parameter("state").as_deref(), Some("portal-state"));
    let code = page.parameter("code").unwrap();
    let (status, tokens) = redeem(&world, &code, &[&world.proof("POST", "/token", None)]).await;
    assert_eq!((status, &tokens["token_type"]), (200, &"DPoP".into()), "{tokens}");
    let token = tokens["access_token"].as_str().unwrap();
    assert_eq!(world.get_bound("/userinfo", token).await.status(), 200);

    // It serves no second log-in: neither one that begins now nor one that began before.
    let again = Browser::new().open(&url).await;
    assert_eq!(again.status, 400, "{}", again.text);
    let cards = slow.follow(&choice, &["provider=eid"]).await;
    let start = cards.link(&["/choose?"]);
    let start = start.split("&citizen=").next().unwrap();
    let late = slow.open(&format!("{start}&citizen=marlene&means=online-id")).await;
    assert_eq!(late.status, 400, "{}", late.text);
    assert!(late.url.as_str().starts_with(&world.issuer), "{}", late.url);
}

#[actix_web::test]
async fn a_push_without_a_language_is_read_in_the_browsers() {
    let world = World::start().await;
    let open = |url: String| async move {
        let request = reqwest::Client::new().get(url).header("accept-language", "tr, en;q=0.5");
        request.send().await.unwrap().text().await.unwrap()
    };
    let silent = changed(parameters(&world, ACTING), &[("ui_locales", "")]);
    let url = push(&world, &silent).await;
    assert!(open(url.clone()).await.contains(r#"<html lang="tr""#), "the browser's language");
    // The page offers others by the same address.
    assert!(open(format!("{url}&ui_locales=uk")).await.contains(r#"<html lang="uk""#));
    let unknown = changed(parameters(&world, ACTING), &[("ui_locales", "fr")]);
    assert!(open(push(&world, &unknown).await).await.contains(r#"<html lang="tr""#));
    // What the program names stays.
    let url = push(&world, &parameters(&world, ACTING)).await;
    assert!(open(format!("{url}&ui_locales=uk")).await.contains(r#"<html lang="en""#));
}

#[actix_web::test]
async fn a_browser_is_sent_nowhere_for_a_request_that_nobody_pushed() {
    let world = World::start().await;
    let url = push(&world, &parameters(&world, ACTING)).await;
    for wrong in [
        url.replace("client_id=zab", "client_id=portal"),
        url.replace("client_id=zab", "client_id=nobody"),
        format!("{url}x"),
        url.replace("urn:ietf:params:oauth:request_uri:", "https://elsewhere.test/"),
        // What stands beside it does not count.
        format!("{url}x&redirect_uri={PORTAL}/zab&response_type=code&scope=openid"),
    ] {
        let page = Browser::new().open(&wrong).await;
        assert_eq!(page.status, 400, "{wrong}");
        assert!(page.url.as_str().starts_with(&world.issuer), "{wrong}");
    }
    world.clock.advance(SignedDuration::from_secs(119));
    assert_eq!(Browser::new().open(&url).await.status, 200);
    world.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(Browser::new().open(&url).await.status, 400);
}

#[actix_web::test]
async fn an_agency_that_does_not_push_is_sent_back() {
    let world = World::start().await;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters(&world, ACTING))
        .finish();
    let page = Browser::new().open(&format!("{}/authorize?{query}", world.issuer)).await;
    assert_eq!(page.parameter("error").as_deref(), Some("invalid_request"));
    assert!(page.parameter("error_description").unwrap().contains("RFC 9126"));
    assert_eq!(page.parameter("iss"), Some(world.issuer.clone()), "RFC 9207");
    // The portal is ours and need not.
    assert_eq!(Browser::new().open(&world.authorize("")).await.status, 200);
}

#[actix_web::test]
async fn what_is_wrong_with_a_push_is_said_at_once() {
    let world = World::start().await;
    for (changes, error) in [
        (vec![("redirect_uri", "")], "invalid_request"),
        (vec![("redirect_uri", "http://portal.test/zab/")], "invalid_request"),
        (vec![("redirect_uri", "http://portal.test/login/callback")], "invalid_request"),
        (vec![("request_uri", "urn:ietf:params:oauth:request_uri:x")], "invalid_request"),
        (vec![("request", "x")], "invalid_request"),
        (vec![("response_type", "")], "unsupported_response_type"),
        (vec![("response_type", "token")], "unsupported_response_type"),
        (vec![("code_challenge", "")], "invalid_request"),
        (vec![("code_challenge", "too-short")], "invalid_request"),
        (vec![("code_challenge_method", "")], "invalid_request"),
        (vec![("code_challenge_method", "plain")], "invalid_request"),
        (vec![("response_mode", "fragment")], "invalid_request"),
        (vec![("max_age", "soon")], "invalid_request"),
        (vec![("dpop_jkt", "x")], "invalid_request"),
        (vec![("scope", ACTING)], "invalid_scope"),
        (vec![("scope", "openid bookings")], "invalid_scope"),
        (vec![("scope", "openid profile")], "invalid_scope"),
        (vec![("scope", "openid bookings:write:onbehalf events:subscribe")], "invalid_scope"),
        (vec![("prompt", "none")], "login_required"),
    ] {
        let wrong = changed(parameters(&world, ACTING), &changes);
        let (status, refused) = pushed(&world, &wrong, &[]).await;
        assert_eq!((status, &refused["error"]), (400, &error.into()), "{changes:?}: {refused}");
    }
    // The scope that is refused is named, and nothing else is.
    for (scope, says) in [
        ("openid bookings:write:onbehalf events:subscribe", "the scope `events:subscribe`"),
        (ACTING, "`scope` must have `openid`"),
    ] {
        let wrong = changed(parameters(&world, ACTING), &[("scope", scope)]);
        let (_, refused) = pushed(&world, &wrong, &[]).await;
        let told = refused["error_description"].as_str().unwrap();
        assert!(told.contains(says) && !told.contains("PKCE"), "{told}");
    }
    let others = changed(parameters(&world, ACTING), &[("client_id", "portal")]);
    let (status, refused) = pushed(&world, &others, &[]).await;
    assert_eq!((status, &refused["error"]), (401, &"invalid_client".into()), "{refused}");
    let right =
        changed(parameters(&world, ACTING), &[("max_age", "600"), ("nonce", &"n".repeat(64))]);
    assert_eq!(pushed(&world, &right, &[]).await.0, 201, "FAPI 2.0, 5.3.2.2: 64 characters");
    let form: Vec<_> = right.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (status, refused) = world.post_with("/par", &form, &[]).await;
    assert_eq!((status, &refused["error"]), (401, &"invalid_client".into()));
}

#[actix_web::test]
async fn a_code_is_redeemed_with_the_key_that_was_named() {
    let world = World::start().await;
    let named = agency_key().thumbprint().unwrap().to_string();
    let by_name = changed(parameters(&world, ACTING), &[("dpop_jkt", &named)]);
    let proof = proof_by(&agency_key(), &world, "/par");
    let (status, by_proof) = pushed(&world, &parameters(&world, ACTING), &[&proof]).await;
    assert_eq!(status, 201, "{by_proof}");
    for url in [push(&world, &by_name).await, address(&world, &by_proof)] {
        let code = log_in(&url).await.parameter("code").unwrap();
        let stolen = redeem(&world, &code, &[&proof_by(&other_key(), &world, "/token")]).await;
        assert_eq!((stolen.0, &stolen.1["error"]), (400, &"invalid_grant".into()), "{}", stolen.1);
    }
    let url = push(&world, &by_name).await;
    let code = log_in(&url).await.parameter("code").unwrap();
    assert_eq!(redeem(&world, &code, &[&world.proof("POST", "/token", None)]).await.0, 200);
    // A name and a proof that contradict each other.
    let proof = proof_by(&other_key(), &world, "/par");
    let (status, refused) = pushed(&world, &by_name, &[&proof]).await;
    assert_eq!((status, &refused["error"]), (400, &"invalid_request".into()));
}

#[actix_web::test]
async fn an_agency_gets_no_token_without_a_good_proof() {
    let world = World::start().await;
    let right = world.proof("POST", "/token", None);
    let own = async |proofs: &[&str]| {
        let assertion = agency::assertion(&world, json!({"jti": format!("own {}", another())}));
        let form = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.as_str()),
            ("resource", LEA),
        ];
        world.post_with("/token", &form, proofs).await
    };
    let (status, answer) = own(&[&right]).await;
    assert_eq!((status, &answer["token_type"]), (200, &"DPoP".into()));
    let claims = answer["access_token"].as_str().unwrap();
    let claims = world.verifier("lea").verify_access(claims).await.unwrap();
    assert_eq!(claims.cnf.as_ref().unwrap().jkt, agency_key().thumbprint().unwrap());
    let elsewhere = world.proof("POST", "/par", None);
    let get = world.proof("GET", "/token", None);
    let (one, two) = (world.proof("POST", "/token", None), world.proof("POST", "/token", None));
    for (proofs, why) in [
        (vec![], "missing"),
        (vec![right.as_str()], "used before"),
        (vec![elsewhere.as_str()], "another URL"),
        (vec![get.as_str()], "another method"),
        (vec![one.as_str(), two.as_str()], "not several"),
        (vec!["nonsense"], "malformed"),
    ] {
        let (status, refused) = own(&proofs).await;
        assert_eq!((status, &refused["error"]), (400, &"invalid_dpop_proof".into()), "{why}");
        let said = refused["error_description"].as_str().unwrap();
        assert!(said.contains(why), "{why}: {said}");
    }
}

#[actix_web::test]
async fn a_stolen_token_of_an_agency_is_worth_nothing_here() {
    let world = World::start().await;
    let url = push(&world, &parameters(&world, ACTING)).await;
    let code = log_in(&url).await.parameter("code").unwrap();
    let (_, tokens) = redeem(&world, &code, &[&world.proof("POST", "/token", None)]).await;
    let token = tokens["access_token"].as_str().unwrap();
    let used = world.proof("GET", "/userinfo", Some(token));
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/userinfo", world.issuer);
    for (scheme, proof, expected) in [
        ("DPoP", Some(used.as_str()), 200),
        ("DPoP", Some(used.as_str()), 401),
        ("DPoP", None, 401),
        ("Bearer", None, 401),
        ("Bearer", Some(world.proof("GET", "/userinfo", Some(token)).as_str()), 401),
        ("DPoP", Some(world.proof("GET", "/contact", Some(token)).as_str()), 401),
        ("DPoP", Some(world.proof("GET", "/userinfo", None).as_str()), 401),
    ] {
        let mut request = http.get(&url).header("authorization", format!("{scheme} {token}"));
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), expected, "{scheme} {proof:?}");
        if expected == 401 {
            let challenge = response.headers()["www-authenticate"].to_str().unwrap().to_owned();
            assert!(challenge.starts_with("DPoP error="), "{challenge}");
        }
    }
    // Nor does it yield another one with the agency's assertion but without the key.
    let jti = format!("exchange {}", another());
    let assertion = agency::assertion(&world, json!({"iss": "zab", "sub": "zab", "jti": jti}));
    let form = [
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion.as_str()),
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", token),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("resource", LEA),
    ];
    let proof = proof_by(&other_key(), &world, "/token");
    let (status, refused) = world.post_with("/token", &form, &[&proof]).await;
    assert_eq!((status, &refused["error"]), (400, &"invalid_request".into()));
    assert!(refused["error_description"].as_str().unwrap().contains("another key"), "{refused}");
}

#[actix_web::test]
async fn a_code_lasts_a_minute() {
    let world = World::start().await;
    for (seconds, expected) in [(59, 200), (60, 400)] {
        let url = push(&world, &parameters(&world, ACTING)).await;
        let code = log_in(&url).await.parameter("code").unwrap();
        world.clock.advance(SignedDuration::from_secs(seconds));
        let proof = world.proof("POST", "/token", None);
        let now = world.clock.now().as_second();
        let changes =
            json!({"iss": "zab", "sub": "zab", "jti": format!("at {now}"), "exp": now + 60});
        let assertion = agency::assertion(&world, changes);
        let redirect = format!("{PORTAL}/zab");
        let form = [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.as_str()),
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &redirect),
            ("code_verifier", VERIFIER),
        ];
        let (status, answer) = world.post_with("/token", &form, &[&proof]).await;
        assert_eq!(status, expected, "{answer}");
    }
}

#[actix_web::test]
async fn refresh_tokens_stay_and_the_next_token_is_bound_too() {
    let world = World::start().await;
    let url = push(&world, &parameters(&world, "offline_access slots:read")).await;
    let code = log_in(&url).await.parameter("code").unwrap();
    let (_, tokens) = redeem(&world, &code, &[&world.proof("POST", "/token", None)]).await;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh), ("resource", LEA)];
    for _ in 0..2 {
        let answer = ask(&world, "zab", &form).await.unwrap();
        assert_eq!(answer["token_type"], "DPoP");
        assert!(answer.get("refresh_token").is_none(), "no rotation (FAPI 2.0, 5.3.2.1)");
    }
}

#[actix_web::test]
async fn the_metadata_say_what_a_program_needs() {
    let world = World::start().await;
    let url = format!("{}/.well-known/oauth-authorization-server", world.issuer);
    let metadata: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    let algorithms = json!(["ES256", "EdDSA", "PS256"]);
    for (name, value) in [
        ("issuer", world.issuer.clone().into()),
        ("pushed_authorization_request_endpoint", format!("{}/par", world.issuer).into()),
        ("dpop_signing_alg_values_supported", algorithms.clone()),
        ("token_endpoint_auth_signing_alg_values_supported", algorithms),
        ("authorization_response_iss_parameter_supported", true.into()),
        ("code_challenge_methods_supported", json!(["S256"])),
        ("response_types_supported", json!(["code"])),
    ] {
        assert_eq!(metadata[name], value, "{name}");
    }
    let grants = metadata["grant_types_supported"].as_array().unwrap();
    assert!(!grants.contains(&"password".into()) && !grants.contains(&"implicit".into()));
}
