//! The bare programs: actix-web with nothing in it but one script in Redis, or one text.

use std::{collections::HashMap, net::SocketAddr};

use actix_web::{App, HttpResponse, HttpServer, web};
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _,
        UnparsedPublicKey,
    },
};
use redis::{Script, aio::MultiplexedConnection};

use crate::Failure;

/// The least that takes a seat: one person once, the first seat that is free.
const TAKE_A_SEAT: &str = r"
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', 600000) then return 'holding' end
local seat = redis.call('BITPOS', KEYS[2], 0)
redis.call('SETBIT', KEYS[2], seat, 1)
return seat";

#[derive(Clone)]
struct Seats {
    redis: MultiplexedConnection,
    script: Script,
}

/// Serves until the process ends: `POST /hold/{slot}/{person}/{length}`, which answers with so many
/// bytes, `POST /verified-hold/…` which does the same after verifying one ES256 signature, and
/// `GET /static/{name}` which answers with what `PUT /static/{name}` left there.
pub async fn serve(listen: SocketAddr, redis: &str) -> Result<(), Failure> {
    let redis = redis::Client::open(redis)?.get_multiplexed_async_connection().await?;
    let seats = Seats { redis, script: Script::new(TAKE_A_SEAT) };
    let proof = web::Data::new(Proof::new()?);
    let texts = Texts::new(std::sync::RwLock::default());
    HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(seats.clone()))
            .app_data(proof.clone())
            .app_data(texts.clone())
            .route("/hold/{slot}/{person}/{length}", web::post().to(hold))
            .route("/verified-hold/{slot}/{person}/{length}", web::post().to(verified_hold))
            .route("/static/{name}", web::put().to(put_text))
            .route("/static/{name}", web::get().to(get_text))
    })
    .bind(listen)?
    .run()
    .await?;
    Ok(())
}

async fn hold(
    seats: web::Data<Seats>,
    path: web::Path<(String, String, usize)>,
    _: web::Bytes,
) -> HttpResponse {
    let (slot, person, length) = path.into_inner();
    let mut redis = seats.redis.clone();
    let mut call = seats.script.prepare_invoke();
    call.key(format!("bare:person:{person}")).key(format!("bare:slot:{slot}")).arg(&person);
    match call.invoke_async::<i64>(&mut redis).await {
        Ok(seat) => HttpResponse::Created().body(format!("{seat:<length$}")),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

/// A signature of the same kind and over as many bytes as a citizen's token.
struct Proof {
    key: UnparsedPublicKey<Vec<u8>>,
    message: [u8; 600],
    signature: Vec<u8>,
}

impl Proof {
    fn new() -> Result<Self, Failure> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
        let message = [b'x'; 600];
        let signature = pair.sign(&SystemRandom::new(), &message)?.as_ref().to_vec();
        let public = pair.public_key().as_ref().to_vec();
        Ok(Self {
            key: UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public),
            message,
            signature,
        })
    }
}

async fn verified_hold(
    proof: web::Data<Proof>,
    seats: web::Data<Seats>,
    path: web::Path<(String, String, usize)>,
    body: web::Bytes,
) -> HttpResponse {
    match proof.key.verify(&proof.message, &proof.signature) {
        Ok(()) => hold(seats, path, body).await,
        Err(_) => HttpResponse::Unauthorized().finish(),
    }
}

type Texts = web::Data<std::sync::RwLock<HashMap<String, web::Bytes>>>;

async fn put_text(texts: Texts, name: web::Path<String>, body: web::Bytes) -> HttpResponse {
    texts.write().expect("nobody panics with the lock").insert(name.into_inner(), body);
    HttpResponse::NoContent().finish()
}

async fn get_text(texts: Texts, name: web::Path<String>) -> HttpResponse {
    let body = texts.read().expect("nobody panics with the lock").get(&*name).cloned();
    HttpResponse::Ok().content_type("application/json").body(body.unwrap_or_default())
}
