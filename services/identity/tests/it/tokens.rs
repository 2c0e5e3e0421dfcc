//! Subject and audience of tokens.

use auth::TokenError;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use serde_json::Value;

use crate::world::World;

#[actix_web::test]
async fn a_token_for_one_authority_is_refused_by_another() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let for_kfz = world.refresh(&tokens, "kfz").await.unwrap();
    assert_eq!(world.verifier("lea").verify_access(&for_kfz).await, Err(TokenError::WrongAudience));
    // The token that came with the code is for identity itself.
    assert_eq!(
        world.verifier("lea").verify_access(&tokens.access).await,
        Err(TokenError::WrongAudience)
    );
}

#[actix_web::test]
async fn nothing_in_the_tokens_of_two_authorities_shows_that_they_are_of_one_person() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let says = async |authority: &str| {
        // Tokens differ in their time of issue, which is independent of the log-in.
        world.clock.advance(SignedDuration::from_secs(1));
        serde_json::to_value(world.claims(&tokens, authority).await).unwrap()
    };
    let (lea, kfz, again) = (says("lea").await, says("kfz").await, says("lea").await);
    // Claims that every log-in through the portal shares.
    let shared = ["iss", "client_id", "scope", "acr"];
    for (name, value) in lea.as_object().unwrap() {
        assert_eq!(kfz[name] == *value, shared.contains(&name.as_str()), "{name}: {value}");
    }
    assert_eq!((&lea["sub"], &lea["sid"]), (&again["sub"], &again["sid"]));
}

#[actix_web::test]
async fn a_resource_that_is_no_authority_or_out_of_reach_is_refused() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    for wrong in ["nowhere", "LEA", ""] {
        assert_eq!(
            world.refresh(&tokens, wrong).await.unwrap_err()["error"],
            "invalid_target",
            "{wrong}"
        );
    }
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens.refresh.as_str()),
        ("resource", "urn:fairtermin:authority:lea"),
    ];
    let other = world.token_as("other", "other secret", &form).await.unwrap_err();
    assert_eq!(other["error"], "invalid_target");
    let form = [form[0], form[1], ("resource", "urn:fairtermin:authority:kfz")];
    let other = world.token_as("other", "other secret", &form).await.unwrap_err();
    assert_eq!(other["error"], "invalid_grant", "somebody else's refresh token");
}

#[actix_web::test]
async fn the_id_token_carries_the_portals_nonce_and_nobodys_name() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let payload = tokens.id_token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    assert_eq!((&claims["nonce"], &claims["aud"]), (&"portal-nonce".into(), &"portal".into()));
    assert_eq!((&claims["acr"], &claims["iss"]), (&"high".into(), &world.issuer.as_str().into()));
    assert_ne!(claims["sub"], world.pseudonym(&tokens, "lea").await.as_str());
    assert!(!claims.to_string().to_lowercase().contains("mustermann"));
}

#[actix_web::test]
async fn the_token_endpoint_says_what_is_wrong() {
    let world = World::start().await;
    let cases: [(&[(&str, &str)], &str); 5] = [
        (&[], "invalid_request"),
        (&[("grant_type", "password")], "unsupported_grant_type"),
        (&[("grant_type", "authorization_code")], "invalid_request"),
        (
            &[
                ("grant_type", "authorization_code"),
                ("code", "x"),
                ("redirect_uri", "x"),
                ("code_verifier", "x"),
            ],
            "invalid_grant",
        ),
        (&[("grant_type", "refresh_token"), ("refresh_token", "x")], "invalid_grant"),
    ];
    for (form, expected) in cases {
        assert_eq!(world.token(form).await.unwrap_err()["error"], expected, "{form:?}");
    }
    // Nothing at all is no wrong proof of a client.
    let empty = world.token_bare(&[]).await.unwrap_err();
    assert_eq!(empty["error"], "invalid_request", "{empty}");
    assert!(empty["error_description"].as_str().unwrap().contains("grant_type"), "{empty}");
}

#[actix_web::test]
async fn the_discovery_document_names_addresses_that_exist() {
    let world = World::start().await;
    let url = format!("{}/.well-known/openid-configuration", world.issuer);
    let document: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    assert_eq!(document["issuer"], world.issuer.as_str());
    let exchange = "urn:ietf:params:oauth:grant-type:token-exchange".into();
    assert!(document["grant_types_supported"].as_array().unwrap().contains(&exchange));
    for name in [
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
        "end_session_endpoint",
    ] {
        let status = reqwest::get(document[name].as_str().unwrap()).await.unwrap().status();
        assert_ne!(status, 404, "{name}");
    }
}
