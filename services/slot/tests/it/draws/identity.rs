//! Identity, run by another body, as the slot service and a person ask it about draws.

use std::{
    collections::BTreeMap,
    net::TcpListener,
    sync::{Arc, Mutex, MutexGuard},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::header::AUTHORIZATION, web};
use ambient::{Entropy, SystemEntropy};
use draw::{Bytes, Channel, Channels, Secret, Seed, Ticket, Tickets, Version, seed, signed};
use serde_json::{Value, json};
use slot::TicketSettings;
use tlog::{KeyKind, SigningKey};

/// It knows how many tickets it gave, and of each draw what it was told.
#[derive(Clone)]
pub struct OtherIdentity {
    base: String,
    state: Arc<Mutex<State>>,
}

struct State {
    is_away: bool,
    /// Digests of announcements, by draw.
    announced: BTreeMap<String, String>,
    given: Channels,
    /// The only list that is countersigned, by draw.
    roots: BTreeMap<String, String>,
    /// What was asked, as method and last part of the address.
    asked: Vec<String>,
}

const STAMP_KEY: Seed = Bytes([7; 32]);
/// Of a client whose id and secret need encoding.
const CREDENTIALS: (&str, &str) = ("slot of lea", "a+b%c");

fn key() -> SigningKey {
    SigningKey::from_seed("id.test/tickets", KeyKind::Note, &[9; 32]).unwrap()
}

impl OtherIdentity {
    pub fn start() -> Self {
        let state = Arc::new(Mutex::new(State {
            is_away: false,
            announced: BTreeMap::new(),
            given: Channels::default(),
            roots: BTreeMap::new(),
            asked: Vec::new(),
        }));
        let shared = Arc::clone(&state);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = HttpServer::new(move || {
            let state = Arc::clone(&shared);
            App::new().default_service(web::to(move |request: HttpRequest, body: web::Bytes| {
                let answer = answer(&mut state.lock().unwrap(), &request, &body);
                async { answer }
            }))
        });
        tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
        Self { base, state }
    }

    /// How a slot service is told to ask it.
    pub fn as_settings(&self) -> TicketSettings {
        TicketSettings::Identity {
            url: self.base.parse().unwrap(),
            client: CREDENTIALS.0.to_owned(),
            secret: settings::Secret::new(CREDENTIALS.1.to_owned()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// From now on it answers no request, or each again.
    pub fn is_away(&self, is_away: bool) {
        self.state().is_away = is_away;
    }

    pub fn knows(&self, draw: &str) -> bool {
        self.state().announced.contains_key(draw)
    }

    /// How often it was asked for this.
    pub fn asked(&self, what: &str) -> usize {
        self.state().asked.iter().filter(|asked| *asked == what).count()
    }

    /// It says another number than it gave.
    pub fn miscount(&self, online: u64) {
        self.state().given.online = online;
    }

    /// A person's ticket.
    pub fn ticket(&self, draw: &str, channel: Channel) -> String {
        let mut state = self.state();
        match channel {
            Channel::Desk => state.given.desk += 1,
            Channel::Online => state.given.online += 1,
        }
        let entropy: &dyn Entropy = &SystemEntropy;
        let serial = Bytes(entropy.bytes());
        let ticket = Ticket {
            announcement: state.announced[draw].parse().unwrap(),
            channel,
            serial,
            stamp: seed::stamp(draw, &STAMP_KEY, &serial, channel),
            version: Version::V1,
        };
        signed(&ticket, &key()).to_string()
    }
}

fn answer(state: &mut State, request: &HttpRequest, body: &[u8]) -> HttpResponse {
    let parts: Vec<_> = request.path().split('/').skip(1).collect();
    let last = *parts.last().unwrap();
    let last = if last.starts_with("drw_") { "draw" } else { last };
    state.asked.push(format!("{} {last}", request.method()));
    if state.is_away {
        return HttpResponse::ServiceUnavailable().json(json!({ "code": "unavailable" }));
    }
    if request.headers().get(AUTHORIZATION).and_then(|it| it.to_str().ok()) != Some(BASIC) {
        return HttpResponse::Unauthorized().json(json!({ "code": "unauthenticated" }));
    }
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let draw = parts[3].to_owned();
    match state.asked.last().unwrap().as_str() {
        "PUT draw" => {
            let (key, stamp) = (key(), Secret::StampKey.commitment(&draw, &STAMP_KEY));
            HttpResponse::Ok().json(json!({ "key": key.verifier().to_string(), "stamp": stamp }))
        }
        "PUT announcement" => {
            let digest = body["digest"].as_str().unwrap().to_owned();
            match state.announced.entry(draw).or_insert(digest.clone()) == &digest {
                true => HttpResponse::NoContent().finish(),
                false => HttpResponse::Conflict().json(json!({ "code": "other-announcement" })),
            }
        }
        "POST countersignature" => countersign(state, &draw, &body),
        other => panic!("nobody should ask {other}"),
    }
}

fn countersign(state: &mut State, draw: &str, body: &Value) -> HttpResponse {
    let root = body["root"].as_str().unwrap().to_owned();
    if state.roots.entry(draw.to_owned()).or_insert(root.clone()) != &root {
        return HttpResponse::Conflict().json(json!({ "code": "other-list" }));
    }
    let said = Tickets {
        announcement: state.announced[draw].parse().unwrap(),
        given: state.given,
        key: STAMP_KEY,
        root: root.parse().unwrap(),
        version: Version::V1,
    };
    HttpResponse::Ok().json(json!({ "tickets": signed(&said, &key()).to_string() }))
}

/// `slot+of+lea:a%2Bb%25c` (RFC 6749 section 2.3.1), in base 64.
const BASIC: &str = "Basic c2xvdCtvZitsZWE6YSUyQmIlMjVj";
