//! A minimal OpenID provider: the code names the person, who is logged in at once.

use std::net::{SocketAddr, TcpListener};

use actix_web::{App, HttpResponse, HttpServer, web};
use ambient::{Clock as _, SystemClock, SystemEntropy};
use auth::{SigningKey, TokenType};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Failure;

/// The client it knows.
pub const CLIENT_ID: &str = "bench";

struct Provider {
    issuer: String,
    key: SigningKey,
}

/// Starts it in a thread of its own; its address.
pub fn start() -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let provider = Provider {
        issuer: format!("http://{address}"),
        key: SigningKey::generate(&SystemEntropy)?,
    };
    let provider = web::Data::new(provider);
    std::thread::spawn(move || {
        let serving = async move {
            let app = move || {
                App::new()
                    .app_data(provider.clone())
                    .route("/.well-known/openid-configuration", web::get().to(discovery))
                    .route("/jwks", web::get().to(jwks))
                    .route("/token", web::post().to(token))
            };
            HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run().await
        };
        actix_web::rt::System::new().block_on(serving)
    });
    Ok(address)
}

/// The code for a person: it carries all that the token says.
pub fn code(nonce: &str, person: usize) -> String {
    format!("{person}.{nonce}")
}

async fn discovery(provider: web::Data<Provider>) -> HttpResponse {
    let at = |path: &str| format!("{}/{path}", provider.issuer);
    HttpResponse::Ok().json(json!({
        "issuer": provider.issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "jwks_uri": at("jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
    }))
}

async fn jwks(provider: web::Data<Provider>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "keys": [provider.key.public_jwk()] }))
}

#[derive(Deserialize)]
struct Exchange {
    code: String,
}

async fn token(provider: web::Data<Provider>, exchange: web::Form<Exchange>) -> HttpResponse {
    let Some((person, nonce)) = exchange.code.split_once('.') else {
        return HttpResponse::BadRequest().finish();
    };
    match provider.key.sign(TokenType::Id, &claims(&provider.issuer, person, nonce)) {
        Ok(id_token) => HttpResponse::Ok().json(json!({
            "access_token": "none", "token_type": "Bearer", "id_token": id_token,
        })),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

fn claims(issuer: &str, person: &str, nonce: &str) -> Value {
    let now = SystemClock.now().as_second();
    json!({
        "iss": issuer, "aud": CLIENT_ID, "sub": person, "iat": now, "exp": now + 300,
        "auth_time": now, "nonce": nonce, "acr": "http://eidas.europa.eu/LoA/high",
        "given_name": "Zeynep", "family_name": format!("Öztürk {}", in_letters(person)),
        "birthdate": birthdate(person), "place_of_birth": { "locality": "Berlin" },
        "email": format!("person{person}@example.org"), "email_verified": true,
    })
}

/// Only log-ins with the same date of birth could be the same human, and wait for each other.
fn birthdate(number: &str) -> String {
    format!("{}-05-17", 1940 + number.parse::<u32>().unwrap_or_default() % 60)
}

/// Names have no digits: a comparison leaves digits out, and all would be one person.
fn in_letters(number: &str) -> String {
    number.bytes().map(|digit| char::from(b'a' + digit.wrapping_sub(b'0') % 10)).collect()
}
