//! An agency's program proves itself with its key.

use ambient::{Clock as _, SystemClock};
use auth::TokenType;
use serde_json::{Value, json};

use crate::world::{World, agency_key};

const LEA: &str = "urn:fairtermin:authority:lea";

pub(crate) fn assertion(world: &World, changed: Value) -> String {
    let now = SystemClock.now().as_second();
    let mut claims = json!({
        "iss": "agency", "sub": "agency", "aud": world.issuer,
        "iat": now, "exp": now + 60, "jti": format!("jti {changed}"),
    });
    for (name, value) in changed.as_object().unwrap() {
        claims[name.as_str()] = value.clone();
    }
    agency_key().sign(TokenType::Id, &claims).unwrap()
}

async fn ask(world: &World, assertion: &str, more: &[(&str, &str)]) -> Result<Value, Value> {
    let mut form = vec![
        ("grant_type", "client_credentials"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion),
    ];
    form.extend_from_slice(more);
    world.token_bound(&form).await
}

/// A token in the agency's own name; `jti` names the assertion.
pub(crate) async fn token(world: &World, jti: &str) -> Result<String, Value> {
    let proof = assertion(world, json!({ "jti": jti }));
    let answer = ask(world, &proof, &[("resource", LEA)]).await?;
    Ok(answer["access_token"].as_str().unwrap().to_owned())
}

#[actix_web::test]
async fn an_agency_gets_a_token_in_its_own_name() {
    let world = World::start().await;
    let more = [("resource", LEA), ("scope", "slots:read")];
    let answer = ask(&world, &assertion(&world, json!({})), &more).await.unwrap();
    let token = answer["access_token"].as_str().unwrap();
    let claims = world.verifier("lea").verify_access(token).await.unwrap();
    assert_eq!((claims.sub.as_str(), claims.scope.as_str()), ("agency", "slots:read"));
    assert_eq!(claims.acr, None);
    // All it may have, and of that only what agencies can have at all.
    let all = ask(&world, &assertion(&world, json!({"n": 2})), &[("resource", LEA)]).await.unwrap();
    assert_eq!(all["scope"], "slots:read entitlements:write");
    assert!(all.get("refresh_token").is_none());
}

#[actix_web::test]
async fn whose_proof_is_wrong_reads_what_is_wrong_unless_it_is_the_signature_or_the_client() {
    let world = World::start().await;
    let now = SystemClock.now().as_second();
    for (changed, said) in [
        (json!({"aud": "http://elsewhere.test"}), "`aud`"),
        (json!({"aud": [world.issuer]}), "as one text"),
        (json!({"exp": now - 60}), "has expired"),
        (json!({"exp": now + 3600}), "too far ahead"),
        (json!({"exp": null}), "`exp`"),
        (json!({"jti": null}), "`jti`"),
        (json!({"iat": now + 61}), "`iat`"),
        (json!({"sub": "portal"}), "`sub`"),
        // Whether there is such a client stays open.
        (json!({"iss": "nobody", "sub": "nobody"}), "unknown or its proof is wrong"),
    ] {
        let refused = ask(&world, &assertion(&world, changed.clone()), &[("resource", LEA)]).await;
        let refused = refused.unwrap_err();
        assert_eq!(refused["error"], "invalid_client", "{refused}");
        let description = refused["error_description"].as_str().unwrap();
        assert!(description.contains(said), "{changed}: {description}");
    }
}

#[actix_web::test]
async fn a_programs_own_token_has_no_person() {
    let world = World::start().await;
    let token = token(&world, "own").await.unwrap();
    let answer = world.get_bound("/userinfo", &token).await;
    let status = answer.status();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(status, 403, "{problem}");
    assert_eq!(problem["code"], "forbidden");
    assert!(problem["detail"].as_str().unwrap().contains("a person's token"), "{problem}");
}

#[actix_web::test]
async fn whatever_is_wrong_with_the_proof_or_the_request_is_refused() {
    let world = World::start().await;
    let now = SystemClock.now().as_second();
    for changed in [
        json!({"aud": "http://elsewhere.test"}),
        json!({"iss": "portal", "sub": "portal"}),
        json!({"sub": "portal"}),
        json!({"exp": now - 60}),
        json!({"exp": now + 3600}),
        json!({"nbf": now + 61}),
        json!({"iat": now + 61}),
        // What is meant for others too, they could use here.
        json!({"aud": [world.issuer, "http://elsewhere.test"]}),
        json!({"aud": [world.issuer]}),
        json!({"aud": format!("{}/token", world.issuer)}),
    ] {
        let refused = ask(&world, &assertion(&world, changed.clone()), &[("resource", LEA)]).await;
        assert_eq!(refused.unwrap_err()["error"], "invalid_client", "{changed}");
    }
    // Clocks differ (FAPI 2.0 Security Profile, 5.3.2.1).
    let ahead = assertion(&world, json!({"iat": now + 10, "nbf": now + 10}));
    ask(&world, &ahead, &[("resource", LEA)]).await.unwrap();
    let once = assertion(&world, json!({}));
    ask(&world, &once, &[("resource", LEA)]).await.unwrap();
    let again = ask(&world, &once, &[("resource", LEA)]).await;
    assert_eq!(again.unwrap_err()["error"], "invalid_client", "a replayed assertion");

    // To act for people it must log them in; this grant has no person.
    let acting = assertion(&world, json!({"iss": "zab", "sub": "zab"}));
    let more = [("resource", LEA), ("scope", "bookings:write:onbehalf")];
    let refused = ask(&world, &acting, &more).await.unwrap_err();
    assert_eq!(refused["error"], "invalid_scope");
    let told = refused["error_description"].as_str().unwrap();
    assert!(told.contains("`bookings:write:onbehalf` needs a person"), "{told}");
    for (n, more, error) in [
        (1, vec![("resource", LEA), ("scope", "bookings")], "invalid_scope"),
        (2, vec![("resource", LEA), ("scope", "events:subscribe")], "invalid_scope"),
        (3, vec![("resource", "urn:fairtermin:authority:kfz")], "invalid_target"),
        (4, vec![], "invalid_target"),
    ] {
        let refused = ask(&world, &assertion(&world, json!({"n": n})), &more).await;
        assert_eq!(refused.unwrap_err()["error"], error, "{more:?}");
    }
    let form = [("grant_type", "client_credentials"), ("resource", LEA)];
    assert_eq!(world.token(&form).await.unwrap_err()["error"], "unauthorized_client");
}
