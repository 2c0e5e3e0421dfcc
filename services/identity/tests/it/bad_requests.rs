//! What cannot be read gets an answer that its reader understands: people a page, programs a document.

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::{agency, world::World};

const FORM: &str = "application/x-www-form-urlencoded";

/// The document of a request that is refused with this status.
async fn refused(status: u16, request: RequestBuilder) -> Value {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), status);
    answer.json().await.unwrap()
}

#[actix_web::test]
async fn a_wrong_address_is_a_page_for_people_and_a_problem_for_programs() {
    let world = World::start().await;
    for path in ["nothing", "desk/nothing", "assets/nothing.css"] {
        let url = format!("{}/{path}", world.issuer);
        assert_eq!(refused(404, Client::new().get(&url)).await["code"], "not-found", "{path}");
    }
    let unknown = Client::new().post(format!("{}/backchannel-logout/nobody", world.issuer));
    let unknown = unknown.form(&[("logout_token", "x")]);
    assert_eq!(refused(404, unknown).await["code"], "not-found");
    for (language, sentence) in
        [("en", "There is no such page"), ("de", "Diese Seite gibt es nicht")]
    {
        let request = Client::new().get(format!("{}/nothing", world.issuer));
        let request = request.header("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        let answer = request.header("accept-language", language).send().await.unwrap();
        assert_eq!(answer.status(), 404);
        assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence), "{page}");
    }
}

#[actix_web::test]
async fn a_form_that_cannot_be_read_is_an_error_of_oauth() {
    let world = World::start().await;
    let long = format!("token={}", "x".repeat(20_000));
    for path in ["token", "par", "revoke"] {
        for (content_type, body, said) in [
            ("application/json", "{\"grant_type\": \"client_credentials\"}", "Send a form"),
            (FORM, "client_id=a&client_id=b", "twice"),
            (FORM, long.as_str(), "16384"),
            ("application/x-www-form-urlencoded; charset=iso-8859-1", "token=x", "UTF-8"),
        ] {
            let request = Client::new().post(format!("{}/{path}", world.issuer));
            let request = request.header("content-type", content_type).body(body.to_owned());
            let error = refused(400, request).await;
            assert_eq!(error["error"], "invalid_request", "{path}: {error}");
            let description = error["error_description"].as_str().unwrap();
            assert!(description.contains(said), "{path}: {description}");
        }
    }
    let twice = "grant_type=client_credentials&resource=a&resource=b";
    let request = Client::new().post(format!("{}/token", world.issuer));
    let error = refused(400, request.header("content-type", FORM).body(twice)).await;
    assert_eq!(error["error"], "invalid_request", "{error}");
}

#[actix_web::test]
async fn a_client_id_beside_the_proof_of_another_client_is_no_client() {
    let world = World::start().await;
    for (path, jti) in [("/token", "token"), ("/revoke", "revoke"), ("/par", "par")] {
        let assertion = agency::assertion(&world, json!({ "jti": jti }));
        let form = [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.as_str()),
            ("client_id", "zab"),
            ("grant_type", "client_credentials"),
            ("resource", "urn:fairtermin:authority:lea"),
            ("token", "x"),
        ];
        let proof = world.proof("POST", path, None);
        let (status, error) = world.post_with(path, &form, &[&proof]).await;
        assert_eq!((status, &error["error"]), (401, &"invalid_client".into()), "{path}: {error}");
    }
    // The same for a secret in the header.
    let form = [("client_id", "other"), ("grant_type", "refresh_token"), ("refresh_token", "x")];
    assert_eq!(world.token(&form).await.unwrap_err()["error"], "invalid_client");
}
