//! Where the service under test finds the keys of identity.

use std::net::TcpListener;

use actix_web::{App, HttpResponse, HttpServer, web};
use auth::SigningKey;
use serde_json::json;

/// Serves the public half of `key` until the process ends.
pub fn serve_keys(key: &SigningKey) -> url::Url {
    serve_keys_at(TcpListener::bind("127.0.0.1:0").unwrap(), key)
}

/// The same where it is known beforehand.
pub fn serve_keys_at(listener: TcpListener, key: &SigningKey) -> url::Url {
    let address = listener.local_addr().unwrap();
    let keys = json!({ "keys": [key.public_jwk()] });
    let server = HttpServer::new(move || {
        let keys = keys.clone();
        App::new().route(
            "/jwks",
            web::get().to(move || {
                let answer = HttpResponse::Ok().json(&keys);
                async { answer }
            }),
        )
    });
    tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
    format!("http://{address}/jwks").parse().unwrap()
}
