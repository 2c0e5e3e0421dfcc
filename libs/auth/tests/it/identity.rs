//! A stand-in for the identity service: a key set on a port, and tokens signed with its keys.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use actix_web::{App, HttpResponse, HttpServer, web};
use ambient::{Clock, SeededEntropy, VirtualClock};
use auth::{AccessClaims, Reach, RevocationList, SigningKey, TokenType, Verifier};
use ids::{Pseudonym, SessionId, TokenId};
use serde_json::{Value, json};
use url::Url;
use vocabulary::TrustLevel;

pub(crate) const ISSUER: &str = "http://identity.test";
pub(crate) const AUDIENCE: &str = "urn:fairtermin:authority:lea";

pub(crate) struct Identity {
    pub(crate) key: SigningKey,
    pub(crate) clock: VirtualClock,
    pub(crate) jwks_url: Url,
    published: Arc<Mutex<Value>>,
    fetches: Arc<AtomicUsize>,
    revocations: Arc<Mutex<RevocationList>>,
}

impl Identity {
    pub(crate) async fn start() -> Self {
        let key = key(1);
        let published = Arc::new(Mutex::new(json!({ "keys": [key.public_jwk()] })));
        let fetches = Arc::new(AtomicUsize::new(0));
        let clock = VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap());
        let nothing = RevocationList {
            iss: ISSUER.to_owned(),
            iat: clock.now().as_second(),
            exp: clock.now().as_second() + RevocationList::LIFETIME,
            sessions: Vec::new(),
            clients: Vec::new(),
        };
        let revocations = Arc::new(Mutex::new(nothing));
        let state = (Arc::clone(&published), Arc::clone(&fetches));
        let ended = (key.clone(), Arc::clone(&revocations));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::new(state.clone()))
                .app_data(web::Data::new(ended.clone()))
                .route("/jwks", web::get().to(jwks))
                .route("/revocations", web::get().to(revoked))
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
        let jwks_url = format!("http://{}/jwks", server.addrs()[0]).parse().unwrap();
        tokio::spawn(server.run());
        Self { key, clock, jwks_url, published, fetches, revocations }
    }

    pub(crate) fn verifier(&self) -> Verifier {
        Verifier::new(ISSUER, AUDIENCE, self.jwks_url.clone(), Arc::new(self.clock.clone()))
    }

    pub(crate) fn publish(&self, keys: &[&SigningKey]) {
        let keys: Vec<_> = keys.iter().map(|key| key.public_jwk()).collect();
        *self.published.lock().unwrap() = json!({ "keys": keys });
    }

    /// Changes what the list of revocations says.
    pub(crate) fn states(&self, change: impl FnOnce(&mut RevocationList)) {
        change(&mut self.revocations.lock().unwrap());
    }

    pub(crate) fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }

    /// A citizen's claims that are right in every way.
    pub(crate) fn claims(&self) -> AccessClaims {
        let now = self.clock.now().as_second();
        AccessClaims {
            iss: ISSUER.to_owned(),
            sub: Pseudonym::from_bits(7).to_string(),
            aud: AUDIENCE.to_owned(),
            exp: now + 600,
            iat: now,
            nbf: None,
            jti: TokenId::from_bits(1),
            client_id: "portal".parse().unwrap(),
            scope: "openid bookings".to_owned(),
            acr: Some(TrustLevel::Substantial),
            auth_time: Some(now - 60),
            sid: Some(SessionId::from_bits(2)),
            roles: Vec::new(),
            locations: Reach::default(),
            act: None,
            doubt: None,
            cnf: None,
        }
    }

    pub(crate) fn sign(&self, claims: &AccessClaims) -> String {
        self.key.sign(TokenType::Access, claims).unwrap()
    }
}

pub(crate) fn key(seed: u64) -> SigningKey {
    SigningKey::generate(&SeededEntropy::new(seed)).unwrap()
}

type State = (Arc<Mutex<Value>>, Arc<AtomicUsize>);

type Ended = (SigningKey, Arc<Mutex<RevocationList>>);

async fn revoked(state: web::Data<Ended>) -> HttpResponse {
    let list = state.1.lock().unwrap().clone();
    HttpResponse::Ok().body(state.0.sign(TokenType::Revocations, &list).unwrap())
}

async fn jwks(state: web::Data<State>) -> HttpResponse {
    state.1.fetch_add(1, Ordering::SeqCst);
    HttpResponse::Ok().json(&*state.0.lock().unwrap())
}
