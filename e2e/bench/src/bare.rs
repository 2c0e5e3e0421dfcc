//! The bare programs: actix-web with nothing in it but one script in Redis, or one text.

use std::net::SocketAddr;

use actix_web::{App, HttpResponse, HttpServer, web};
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

/// Serves until the process ends: `POST /hold/{slot}/{person}`, and `GET /static` which answers
/// with what `PUT /static` left there.
pub async fn serve(listen: SocketAddr, redis: &str) -> Result<(), Failure> {
    let redis = redis::Client::open(redis)?.get_multiplexed_async_connection().await?;
    let seats = Seats { redis, script: Script::new(TAKE_A_SEAT) };
    let text = web::Data::new(std::sync::RwLock::new(web::Bytes::new()));
    HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(seats.clone()))
            .app_data(text.clone())
            .route("/hold/{slot}/{person}", web::post().to(hold))
            .route("/static", web::put().to(put_text))
            .route("/static", web::get().to(get_text))
    })
    .bind(listen)?
    .run()
    .await?;
    Ok(())
}

async fn hold(seats: web::Data<Seats>, path: web::Path<(String, String)>) -> HttpResponse {
    let (slot, person) = path.into_inner();
    let mut redis = seats.redis.clone();
    let mut call = seats.script.prepare_invoke();
    call.key(format!("bare:person:{person}")).key(format!("bare:slot:{slot}")).arg(&person);
    match call.invoke_async::<i64>(&mut redis).await {
        Ok(seat) => HttpResponse::Created().body(seat.to_string()),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

type Text = web::Data<std::sync::RwLock<web::Bytes>>;

async fn put_text(text: Text, body: web::Bytes) -> HttpResponse {
    *text.write().expect("nobody panics with the lock") = body;
    HttpResponse::NoContent().finish()
}

async fn get_text(text: Text) -> HttpResponse {
    let body = text.read().expect("nobody panics with the lock").clone();
    HttpResponse::Ok().content_type("application/json").body(body)
}
