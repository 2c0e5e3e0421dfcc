//! The end of a server without a broken request.
//!
//! HTTP/1.1 keeps connections open, and a client may send its next request at the very moment when
//! the server closes. It cannot know whether the request was read (RFC 9112 sections 9.3.1 and
//! 9.5), and one that writes must not be repeated blindly. So clients are asked first, with
//! `Connection: close` on each answer, and the server stops when they have gone.

use std::time::Duration;

use crate::Readiness;

/// Without a request for so long, no open connection is in use any more.
///
/// Clients under load send far more often; those that are silent for a quarter of a second have no
/// request on its way.
const IDLE_PERIOD: Duration = Duration::from_millis(250);
/// Waits 5 s in all: a client that never stops asking must not prevent the end.
///
/// 20 periods of 250 ms.
const MAX_PERIODS: u32 = 20;

/// Makes every answer close its connection, and returns when no more requests come or after 5
/// seconds. Call it before the server is stopped: stopping closes connections that are kept alive,
/// possibly under the next request.
///
/// While it waits, requests are answered as usual. Kubernetes stops sending new connections
/// meanwhile, as the pod is terminating. Calling it twice only waits again.
pub async fn drain(readiness: &Readiness) {
    let ending = readiness.ending();
    ending.begin();
    for _ in 0..MAX_PERIODS {
        let before = ending.count();
        tokio::time::sleep(IDLE_PERIOD).await;
        if ending.count() == before {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use actix_web::{App, HttpResponse, http::ConnectionType, test, web};
    use ambient::{SeededEntropy, SystemClock};

    use super::*;
    use crate::{RequestLog, health_routes};

    #[actix_web::test]
    async fn answers_close_their_connections_from_then_on() {
        let readiness = Readiness::default();
        let log = RequestLog::new(Arc::new(SystemClock), &SeededEntropy::new(1));
        let app = App::new()
            .wrap(log)
            .configure(|config| health_routes(config, readiness.clone()))
            .route("/", web::get().to(async || HttpResponse::Ok().finish()));
        let app = test::init_service(app).await;
        let closes = async || {
            let request = test::TestRequest::get().uri("/").to_request();
            let response = test::call_service(&app, request).await;
            response.response().head().connection_type() == ConnectionType::Close
        };
        assert!(!closes().await);
        drain(&readiness).await;
        assert!(closes().await);
    }
}
