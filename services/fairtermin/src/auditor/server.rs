//! `auditor serve`: a seed for each draw of the authorities that reach no public beacon.
//!
//! Each seed follows from one secret, the draw and its closing time, so nothing is kept per draw. The
//! commitment is told to anybody at any time, the seed to anybody once the list must be frozen and logged.

use std::net::SocketAddr;

use actix_web::{App, HttpResponse, HttpServer, web};
use ambient::{Clock as _, SystemClock};
use draw::{Bytes, FREEZE_SECONDS, Seconds, Secret, seed::auditor_seed};

use crate::command_error::CommandError;

/// Serves until the process is asked to stop.
pub(super) async fn serve(secret: Bytes<32>, listen: SocketAddr) -> Result<(), CommandError> {
    let secret = web::Data::new(secret);
    let server = HttpServer::new(move || App::new().app_data(secret.clone()).configure(routes))
        .workers(1)
        .bind(listen)
        .map_err(|error| CommandError::from_error("cannot listen", &error))?;
    for address in server.addrs() {
        eprintln!("listening on {address}");
    }
    server.run().await.map_err(|error| CommandError::from_error("cannot serve", &error))
}

fn routes(config: &mut web::ServiceConfig) {
    // The secret is read before it listens, so it is ready as soon as it answers.
    config
        .route("/livez", web::get().to(alive))
        .route("/readyz", web::get().to(alive))
        .route("/{draw}/{closes}/commitment", web::get().to(commitment))
        .route("/{draw}/{closes}/seed", web::get().to(seed));
}

/// As our services answer probes and `fairtermin ready`.
async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// The id of a draw and when it closes.
type Asked = web::Path<(String, Seconds)>;

async fn commitment(secret: web::Data<Bytes<32>>, asked: Asked) -> HttpResponse {
    let (draw, closes) = asked.into_inner();
    text(Secret::Auditor.commitment(&draw, &auditor_seed(&secret, &draw, closes)))
}

async fn seed(secret: web::Data<Bytes<32>>, asked: Asked) -> HttpResponse {
    let (draw, closes) = asked.into_inner();
    let now = Seconds::try_from(SystemClock.now().as_second()).unwrap_or(0);
    revealed(&secret, &draw, closes, now).map_or_else(|| HttpResponse::NotFound().finish(), text)
}

/// The seed of a draw, once it may be known.
fn revealed(secret: &Bytes<32>, draw: &str, closes: Seconds, now: Seconds) -> Option<Bytes<32>> {
    let from = closes.checked_add(FREEZE_SECONDS)?;
    (now >= from).then(|| auditor_seed(secret, draw, closes))
}

fn text(told: Bytes<32>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(format!("{told}\n"))
}

#[cfg(test)]
mod tests {
    use actix_web::test::{TestRequest, call_and_read_body, init_service};

    use super::*;

    const CLOSES: Seconds = 1_800_000_000;

    #[actix_web::test]
    async fn probes_are_answered_as_our_services_do() {
        let secret = web::Data::new(Bytes::<32>([7; 32]));
        let app = init_service(App::new().app_data(secret).configure(routes)).await;
        for path in ["/livez", "/readyz"] {
            let request = TestRequest::get().uri(path).to_request();
            assert_eq!(call_and_read_body(&app, request).await, "ok\n", "{path}");
        }
    }

    #[test]
    fn a_seed_is_told_half_an_hour_after_closing_and_opens_its_commitment() {
        let secret = Bytes([7; 32]);
        let at = |now| revealed(&secret, "drw_1", CLOSES, now);
        assert_eq!(at(CLOSES + FREEZE_SECONDS - 1), None);
        let seed = at(CLOSES + FREEZE_SECONDS).unwrap();
        assert_eq!(seed, auditor_seed(&secret, "drw_1", CLOSES));
        // Who pretends that the draw closed earlier learns nothing about this seed.
        let earlier = revealed(&secret, "drw_1", CLOSES - FREEZE_SECONDS, CLOSES).unwrap();
        let committed = Secret::Auditor.commitment("drw_1", &seed);
        assert_ne!(Secret::Auditor.commitment("drw_1", &earlier), committed);
        assert_eq!(revealed(&secret, "drw_1", Seconds::MAX, Seconds::MAX), None);
    }
}
