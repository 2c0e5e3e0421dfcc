//! An agency: tokens of its own, and an endpoint that takes webhooks.

use std::{
    collections::VecDeque,
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, Ordering},
    },
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::StatusCode, web};
use ambient::{Clock as _, SystemEntropy, VirtualClock};
use auth::{AccessClaims, Confirmation, Reach, Role, SigningKey, TokenType};
use ids::{SessionId, StaffId, TokenId};
use notification::{DeliverySettings, WebhookSettings};
use serde_json::{Value, json};
use service::TrustedIssuerSettings;
use vocabulary::urn_of;

use crate::support::{SOON, unique};

const ISSUER: &str = "https://identity.example.org";

/// Signs tokens as the identity service would.
pub struct Identity {
    key: Arc<SigningKey>,
    jwks_url: url::Url,
}

impl Identity {
    pub fn start() -> Self {
        let key = Arc::new(SigningKey::generate(&SystemEntropy).unwrap());
        let keys = json!({ "keys": [key.public_jwk()] });
        let address = serve(move |config| {
            let keys = keys.clone();
            config.route(
                "/jwks",
                web::get().to(move || {
                    let keys = keys.clone();
                    async move { HttpResponse::Ok().json(keys) }
                }),
            );
        });
        Self { key, jwks_url: format!("http://{address}/jwks").parse().unwrap() }
    }

    pub fn settings(&self) -> WebhookSettings {
        WebhookSettings {
            identity: TrustedIssuerSettings {
                issuer: ISSUER.to_owned(),
                jwks_url: self.jwks_url.clone(),
            },
            authorities: vec!["lea".parse().unwrap(), "kfz".parse().unwrap()],
            private_networks: Default::default(),
            allow_private_addresses: true,
            limits: auth::Limits::default(),
            delivery: DeliverySettings::default(),
        }
    }

    pub fn token(
        &self,
        client: &str,
        authority: &str,
        scope: &str,
        clock: &VirtualClock,
    ) -> String {
        self.sign(client, authority, scope, None, clock)
    }

    /// An agency's token that is bound to this key.
    pub fn bound_token(&self, key: &SigningKey, scope: &str, clock: &VirtualClock) -> String {
        let claims = Self::claims("zab", "lea", scope, None, clock);
        let cnf = Some(Confirmation::from(key.thumbprint().unwrap()));
        self.key.sign(TokenType::Access, &AccessClaims { cnf, ..claims }).unwrap()
    }

    /// A token of a member of staff.
    pub fn staff_token(&self, authority: &str, role: Role, clock: &VirtualClock) -> String {
        self.sign("portal", authority, "desk", Some(role), clock)
    }

    fn sign(
        &self,
        client: &str,
        authority: &str,
        scope: &str,
        role: Option<Role>,
        clock: &VirtualClock,
    ) -> String {
        let claims = Self::claims(client, authority, scope, role, clock);
        self.key.sign(TokenType::Access, &claims).unwrap()
    }

    fn claims(
        client: &str,
        authority: &str,
        scope: &str,
        role: Option<Role>,
        clock: &VirtualClock,
    ) -> AccessClaims {
        let now = clock.now().as_second();
        let staff = || StaffId::from_bits(unique()).to_string();
        AccessClaims {
            iss: ISSUER.to_owned(),
            sub: role.map_or_else(|| client.to_owned(), |_| staff()),
            aud: urn_of(&authority.parse().unwrap()),
            exp: now + 3_000_000,
            iat: now,
            nbf: None,
            jti: TokenId::from_bits(unique()),
            client_id: client.parse().unwrap(),
            scope: scope.to_owned(),
            acr: None,
            auth_time: None,
            sid: role.map(|_| SessionId::from_bits(unique())),
            roles: role.into_iter().collect(),
            locations: Reach::default(),
            act: None,
            doubt: None,
            cnf: None,
        }
    }
}

/// What a receiver got.
#[derive(Debug, Clone)]
pub struct Received {
    pub id: String,
    pub timestamp: String,
    pub signature: String,
    pub content_type: String,
    pub body: String,
    /// What was answered; [`HANGS`] if nothing.
    pub answered: u16,
}

impl Received {
    pub fn event(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The events of a batch.
    pub fn events(&self) -> Vec<Value> {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// Instead of a status: the request is never answered.
pub const HANGS: u16 = 0;

/// An endpoint that answers by script, then with 200 or as it is told.
#[derive(Clone)]
pub struct Receiver {
    received: Arc<Mutex<Vec<Received>>>,
    script: Arc<Mutex<VecDeque<u16>>>,
    otherwise: Arc<AtomicU16>,
    /// What contains one of these is answered with 400.
    refused: Arc<Mutex<Vec<String>>>,
}

impl Receiver {
    pub fn start(script: &[u16]) -> (Self, String) {
        let receiver = Self {
            received: Arc::default(),
            script: Arc::new(Mutex::new(script.iter().copied().collect())),
            otherwise: Arc::new(AtomicU16::new(200)),
            refused: Arc::default(),
        };
        let shared = receiver.clone();
        let address = serve(move |config| {
            config.app_data(web::Data::new(shared.clone())).route("/hook", web::post().to(take));
        });
        (receiver, format!("http://{address}/hook"))
    }

    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        testkit::eventually(SOON, async || {
            let received = self.now();
            (received.len() >= count).then_some(received)
        })
        .await
    }

    pub fn answer_next(&self, status: u16) {
        self.script.lock().unwrap().push_back(status);
    }

    /// From now on, after what the script says.
    pub fn answer_always(&self, status: u16) {
        self.otherwise.store(status, Ordering::SeqCst);
    }

    /// From now on it answers 400 to what contains `part`.
    pub fn refuse(&self, part: &str) {
        self.refused.lock().unwrap().push(part.to_owned());
    }

    /// Ids of what was answered with 200, in their order.
    pub fn taken(&self) -> Vec<String> {
        let received = self.now().into_iter();
        received.filter(|one| one.answered == 200).map(|one| one.id).collect()
    }

    pub fn now(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

async fn take(receiver: web::Data<Receiver>, request: HttpRequest, body: String) -> HttpResponse {
    let header = |name: &str| request.headers().get(name).unwrap().to_str().unwrap().to_owned();
    let scripted = receiver.script.lock().unwrap().pop_front();
    let is_refused = receiver.refused.lock().unwrap().iter().any(|part| body.contains(part));
    let otherwise = if is_refused { 400 } else { receiver.otherwise.load(Ordering::SeqCst) };
    let answered = scripted.unwrap_or(otherwise);
    receiver.received.lock().unwrap().push(Received {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
        content_type: header("content-type"),
        body,
        answered,
    });
    if answered == HANGS {
        return std::future::pending().await;
    }
    HttpResponse::build(StatusCode::from_u16(answered).unwrap()).finish()
}

fn serve(
    routes: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = HttpServer::new(move || App::new().configure(routes.clone()))
        .workers(1)
        .disable_signals()
        .listen(listener)
        .unwrap()
        .run();
    tokio::spawn(server);
    address
}
