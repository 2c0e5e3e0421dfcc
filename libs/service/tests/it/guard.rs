//! Strangers: floods, long addresses and slow senders.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{HttpResponse, web};
use ambient::VirtualClock;
use jiff::SignedDuration;
use reqwest::header::RETRY_AFTER;
use service::{Host, HttpSettings, Jobs};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{WAIT_TIMEOUT, finished, runtime};

/// Runs a service on a clock that stands still while `ask` asks.
async fn serving<T>(clock: &VirtualClock, ask: impl AsyncFnOnce(SocketAddr) -> T) -> T {
    let runtime = runtime(Arc::new(clock.clone()));
    let shutdown = runtime.shutdown.clone();
    let settings = HttpSettings::at("127.0.0.1:0".parse().unwrap(), Some(1));
    let host = Host::open(&settings, runtime).unwrap();
    let address = host.address();
    let asked = async {
        let answer = ask(address).await;
        shutdown.trigger();
        answer
    };
    let routes = |config: &mut web::ServiceConfig| {
        let body = async |bytes: web::Bytes| HttpResponse::Ok().body(bytes);
        config.route("/", web::get().to(async || HttpResponse::Ok().finish()));
        config.route("/", web::post().to(body));
    };
    let (ended, answer) = tokio::join!(finished(host.run(Jobs::default(), routes)), asked);
    ended.unwrap();
    answer
}

fn clock() -> VirtualClock {
    VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap())
}

/// How many of so many requests are answered that a proxy passes on for an address.
async fn answered(http: &reqwest::Client, to: SocketAddr, client: &str, asks: usize) -> usize {
    let mut answered = 0;
    for _ in 0..asks {
        let request = http.get(format!("http://{to}/")).header("x-forwarded-for", client);
        let answer = request.send().await.unwrap();
        match answer.status().as_u16() {
            200 => answered += 1,
            429 => {
                assert_eq!(answer.headers()[RETRY_AFTER], "1");
                assert_eq!(answer.headers()["x-request-id"].len(), 32, "the caller can name it");
            }
            other => panic!("{other}"),
        }
    }
    answered
}

#[tokio::test]
async fn a_flood_is_cut_to_a_hundred_a_second_and_nobody_else_waits() {
    let clock = clock();
    serving(&clock, async |to| {
        let http = reqwest::Client::new();
        assert_eq!(answered(&http, to, "203.0.113.7", 400).await, 300);
        // Whatever the flooder writes in front of its own address.
        assert_eq!(answered(&http, to, "198.51.100.1, 203.0.113.7", 10).await, 0);
        assert_eq!(answered(&http, to, "203.0.113.8", 100).await, 100);
        clock.advance(SignedDuration::from_secs(1));
        assert_eq!(answered(&http, to, "203.0.113.7", 200).await, 100);
        // One household, however many of its addresses it uses.
        assert_eq!(answered(&http, to, "2001:db8::1", 200).await, 200);
        assert_eq!(answered(&http, to, "2001:db8::2:1", 200).await, 100);
        // A program of the installation itself.
        assert_eq!(answered(&http, to, "10.1.2.3", 500).await, 500);
    })
    .await;
}

#[tokio::test]
async fn three_hundred_people_behind_one_address_book_within_ten_minutes() {
    let clock = clock();
    serving(&clock, async |to| {
        let http = reqwest::Client::new();
        // Each needs 30 requests, pages and all; in ten minutes that is 15 a second.
        for _ in 0..60 {
            assert_eq!(answered(&http, to, "203.0.113.7", 150).await, 150);
            clock.advance(SignedDuration::from_secs(10));
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_too_long_is_refused() {
    serving(&clock(), async |to| {
        for (length, status) in [(8_000, 200), (9_000, 400)] {
            let answer = reqwest::get(format!("http://{to}/?a={}", "a".repeat(length))).await;
            assert_eq!(answer.unwrap().status().as_u16(), status, "{length}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_sends_slowly_is_cut() {
    serving(&clock(), async |to| {
        let began = Instant::now();
        let mut slow = TcpStream::connect(to).await.unwrap();
        slow.write_all(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nslow")
            .await
            .unwrap();
        let mut answer = Vec::new();
        // Until the service closes the connection.
        let read = tokio::time::timeout(WAIT_TIMEOUT, slow.read_to_end(&mut answer)).await;
        read.expect("the connection is closed").unwrap();
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("request-too-slow"), "{answer}");
        assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    })
    .await;
}
