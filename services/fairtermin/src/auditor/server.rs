//! `auditor serve`: a seed for each draw of the authorities that reach no public beacon, and what the auditor
//! says of the deposits of others.
//!
//! Each seed follows from one secret, the draw and its closing time, so nothing is kept per draw. The
//! commitment is told to anybody at any time, the seed to anybody once the list must be frozen and logged.

use std::net::SocketAddr;

use actix_web::{App, HttpResponse, HttpServer, web};
use ambient::{Clock as _, SystemClock};
use draw::{Bytes, FREEZE_SECONDS, Seconds, Secret, seed::auditor_seed};

use super::deposits::{Deposits, Verdict};
use crate::command_error::CommandError;

/// Serves until the process is asked to stop, and looks for deposits meanwhile.
pub(super) async fn serve(
    secret: Bytes<32>,
    deposits: Option<Deposits>,
    listen: SocketAddr,
) -> Result<(), CommandError> {
    let secret = web::Data::new(secret);
    let deposits = deposits.map(web::Data::new);
    if let Some(deposits) = deposits.clone() {
        tokio::spawn(async move { deposits.follow().await });
    }
    let app = move || {
        let app = App::new().app_data(secret.clone()).configure(routes);
        match &deposits {
            Some(deposits) => app.app_data(deposits.clone()),
            None => app,
        }
    };
    let server = HttpServer::new(app)
        .workers(1)
        .bind(listen)
        .map_err(|error| CommandError::from_error("cannot listen", &error))?;
    for address in server.addrs() {
        eprintln!("listening on {address}");
    }
    server.run().await.map_err(|error| CommandError::from_error("cannot serve", &error))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    // The secret is read before it listens, so it is ready as soon as it answers.
    config
        .route("/livez", web::get().to(alive))
        .route("/readyz", web::get().to(alive))
        .route("/deposits/{announcement}", web::get().to(deposit))
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

/// `holds`, or why not. An auditor without deposits, or one that was not shown this announcement, says nothing.
async fn deposit(
    deposits: Option<web::Data<Deposits>>,
    announcement: web::Path<Bytes<32>>,
) -> HttpResponse {
    match deposits.and_then(|deposits| deposits.verdict(&announcement)) {
        Some(verdict) => text(words(verdict)),
        None => HttpResponse::NotFound().finish(),
    }
}

/// One line, of which the first word counts.
fn words(verdict: Verdict) -> String {
    match verdict {
        Ok(()) => "holds".to_owned(),
        Err(why) => format!("wrong: {why}"),
    }
}

/// The seed of a draw, once it may be known.
fn revealed(secret: &Bytes<32>, draw: &str, closes: Seconds, now: Seconds) -> Option<Bytes<32>> {
    let from = closes.checked_add(FREEZE_SECONDS)?;
    (now >= from).then(|| auditor_seed(secret, draw, closes))
}

fn text(told: impl std::fmt::Display) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(format!("{told}\n"))
}

#[cfg(test)]
mod tests {
    use actix_web::{
        http::StatusCode,
        test::{TestRequest, call_and_read_body, call_service, init_service},
    };

    use super::*;
    use crate::auditor::deposits::NoDeposit;

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

    #[actix_web::test]
    async fn what_holds_and_what_does_not_is_told_of_each_announcement() {
        let (announcement, secret) = (Bytes::<32>([3; 32]), web::Data::new(Bytes::<32>([7; 32])));
        let app = init_service(App::new().app_data(secret).configure(routes)).await;
        let request = TestRequest::get().uri(&format!("/deposits/{announcement}")).to_request();
        let answer = call_service(&app, request).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "it has no key and says nothing");
        assert_eq!(words(Ok(())), "holds");
        let told = words(Err(NoDeposit::OtherSeed));
        assert_eq!(told, "wrong: the escrow has another seed than the announcement is bound to");
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
