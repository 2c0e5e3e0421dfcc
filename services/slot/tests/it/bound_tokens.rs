//! Agencies' tokens are bound to a key (RFC 9449): a stolen one is worth nothing, at whichever
//! process.

use ambient::{SeededEntropy, SystemEntropy};
use auth::{AccessClaims, ActingAgency, ProofTarget, SigningKey, scope};
use reqwest::Method;
use serde_json::{Value, json};

use crate::office::{ApiResponse, Office, Person};

/// Where programs reach the authority, whichever process answers.
const ADDRESS: &str = "https://lea.test/api";

struct Program {
    key: SigningKey,
    token: String,
}

impl Program {
    /// A program that acts for this person.
    fn of(office: &Office, person: &Person) -> Self {
        let key = key(1);
        let claims = office.access_claims(person.pseudonym.to_string());
        let client: ids::ClientId = "lea-akte".parse().unwrap();
        let act = ActingAgency { client: client.clone(), name: "Ausländerakte".to_owned() };
        let token = office.sign(&AccessClaims {
            acr: Some(person.level),
            client_id: client,
            scope: scope::BOOKINGS_WRITE_ON_BEHALF.to_owned(),
            act: Some(act),
            cnf: Some(key.thumbprint().unwrap().into()),
            ..claims
        });
        Self { key, token }
    }

    fn proof(&self, office: &Office, method: &Method, path: &str) -> String {
        prove(&self.key, office, method, path, &self.token)
    }

    async fn send(
        &self,
        office: &Office,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> ApiResponse {
        let proof = self.proof(office, &method, path);
        self.with(office, method, path, Some(&proof), body).await
    }

    async fn with(
        &self,
        office: &Office,
        method: Method,
        path: &str,
        proof: Option<&str>,
        body: Option<Value>,
    ) -> ApiResponse {
        let scheme = format!("DPoP {}", self.token);
        let mut headers = vec![("authorization", scheme.as_str()), ("idempotency-key", "key")];
        headers.extend(proof.map(|proof| ("dpop", proof)));
        office.send(method, path, "", &headers, body).await
    }
}

fn key(seed: u64) -> SigningKey {
    SigningKey::generate(&SeededEntropy::new(seed)).unwrap()
}

fn prove(key: &SigningKey, office: &Office, method: &Method, path: &str, token: &str) -> String {
    let url = format!("{ADDRESS}{path}").parse().unwrap();
    let target = ProofTarget { method: method.as_str(), url: &url, token: Some(token) };
    let now = ambient::VirtualClock::at(office.clock.now());
    key.prove(&target, &now, &SystemEntropy).unwrap()
}

async fn public(mut office: Office) -> Office {
    office.settings.http.public_url = Some(ADDRESS.parse().unwrap());
    office.restart().await;
    office
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_books_with_its_bound_token_and_a_thief_does_not() {
    for office in Office::each().await {
        let office = public(office).await;
        let person = office.person();
        let program = Program::of(&office, &person);
        let wish =
            json!({ "location": "small", "start": office.at("10:00"), "services": ["passport"] });
        let held = program.send(&office, Method::POST, "/v1/holds", Some(wish.clone())).await;
        let held = held.expect(201);
        let body = json!({
            "hold_token": held.body["hold_token"],
            "attendee": office.attendee(&person),
            "language": "de",
        });
        program.send(&office, Method::POST, "/v1/bookings", Some(body)).await.expect(201);

        let (get, list) = (Method::GET, "/v1/bookings");
        let refused = async |proof: Option<String>, why: &str| {
            let answer = program.with(&office, Method::GET, list, proof.as_deref(), None).await;
            let answer = answer.expect_problem(401, "invalid-dpop-proof");
            let said = answer.body["detail"].as_str().unwrap();
            assert!(said.contains(why), "{why}: {said}");
        };
        let used = program.proof(&office, &get, list);
        program.with(&office, Method::GET, list, Some(&used), None).await.expect(200);
        refused(Some(used), "used before").await;
        refused(None, "missing").await;
        refused(Some(prove(&key(2), &office, &get, list, &program.token)), "another key").await;
        refused(Some(program.proof(&office, &get, "/v1/holds")), "another URL").await;
        refused(Some(program.proof(&office, &Method::POST, list)), "another method").await;
        refused(Some(prove(&program.key, &office, &get, list, "other")), "`ath`").await;
        let bearer = office.send(Method::GET, list, &program.token, &[], None).await;
        bearer.expect_problem(401, "invalid-token");
        // Public resources ask who it is if somebody says so.
        let earliest = "/v1/availability/earliest";
        let query = format!("{earliest}?service=passport");
        let stolen = office.send(Method::GET, &query, &program.token, &[], None).await;
        stolen.expect_problem(401, "invalid-token");
        let proof = program.proof(&office, &get, earliest);
        program.with(&office, Method::GET, &query, Some(&proof), None).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_is_used_once_over_all_processes() {
    let Some(office) = Office::real().await else { return };
    let office = public(office).await;
    let (second, person) = (office.beside().await, office.person());
    let program = Program::of(&office, &person);
    let (get, list) = (Method::GET, "/v1/bookings");
    let proof = program.proof(&office, &get, list);
    program.with(&office, Method::GET, list, Some(&proof), None).await.expect(200);
    // Nor at a process that starts later.
    for elsewhere in [second, office.beside().await] {
        let again = program.with(&elsewhere, Method::GET, list, Some(&proof), None).await;
        again.expect_problem(401, "invalid-dpop-proof");
        program.send(&elsewhere, Method::GET, list, None).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_send_one_proof_at_once_one_is_heard() {
    for office in Office::each().await {
        let office = public(office).await;
        let person = office.person();
        let program = Program::of(&office, &person);
        let (get, list) = (Method::GET, "/v1/bookings");
        let proof = program.proof(&office, &get, list);
        let send = || program.with(&office, Method::GET, list, Some(&proof), None);
        let answers = futures_util::future::join_all((0..8).map(|_| send())).await;
        let heard = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(heard, 1, "{} answers", answers.len());
    }
}
