//! The identity service with both simulated providers, and the portal's side of the protocol.

use std::sync::{Arc, LazyLock};

use ambient::{Clock as _, SystemClock, SystemEntropy, VirtualClock};
use auth::{AccessClaims, Attendee, Verifier};
use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::{
    Application, Mode, Runtime, Settings,
    settings::{ClientSettings, ProviderSettings},
    simulator::{Kind, Simulator, SimulatorSettings},
};
use messaging::InProcessBus;
use reference::undocumented;
use serde_json::Value;
use settings::Secret;
use store::StoreError;
use telemetry::Shutdown;
use testkit::{Template, hostile_provider::HostileProvider};
use vocabulary::urn_of;

use crate::browser::{Browser, PORTAL, Page};

mod bound_requests;

pub(crate) use bound_requests::agency_key;
static DOCUMENT: LazyLock<Value> = LazyLock::new(identity::openapi_document);

pub(crate) const VERIFIER: &str = "a-verifier-of-forty-three-characters-or-more";

pub(crate) struct World {
    pub(crate) issuer: String,
    pub(crate) bundid: String,
    pub(crate) eid: String,
    pub(crate) hostile: HostileProvider,
    /// How identity knows the simulated staff accounts.
    office: ProviderSettings,
    pub(crate) bus: InProcessBus,
    /// Identity's and the simulators'; begins now and stands still.
    pub(crate) clock: VirtualClock,
    shutdown: Shutdown,
    http: reqwest::Client,
}

/// What the portal got for a code.
#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    pub(crate) refresh: String,
    pub(crate) id_token: String,
    pub(crate) access: String,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::on("sqlite::memory:").await
    }

    pub(crate) async fn on(database: &str) -> Self {
        Self::with(database, |_| ()).await
    }

    pub(crate) async fn with(database: &str, change: impl FnOnce(&mut Settings)) -> Self {
        let bus = InProcessBus::new();
        let clock = VirtualClock::at(SystemClock.now());
        let runtime = Runtime {
            clock: Arc::new(clock.clone()),
            entropy: Arc::new(SystemEntropy),
            shutdown: Shutdown::new(),
            in_process_bus: Some(bus.clone()),
            mode: Mode::Demo,
        };
        let simulator = |kind| {
            let settings = SimulatorSettings {
                kind,
                listen: "127.0.0.1:0".parse().unwrap(),
                public_url: None,
                client_secret: Secret::new("simulated".to_owned()),
            };
            Simulator::build(settings, runtime.clone()).unwrap()
        };
        let (bundid, eid) = (simulator(Kind::BundId), simulator(Kind::EId));
        let office = simulator(Kind::Staff);
        let hostile = HostileProvider::start();
        let mut settings: Settings =
            settings::parse_yaml("test", &SETTINGS.replace("DATABASE", database)).unwrap();
        settings.providers = vec![bundid.as_provider(), eid.as_provider(), office.as_provider()];
        let connection = HOSTILE.replace("ISSUER", &hostile.issuer);
        settings.providers.push(settings::parse_yaml("test", &connection).unwrap());
        let office_settings = office.as_provider();
        settings.clients.extend([agency(), acting_agency()]);
        change(&mut settings);
        let identity = Application::build(settings, runtime.clone()).await.unwrap();
        let world = Self {
            issuer: identity.issuer().to_owned(),
            bundid: bundid.issuer().to_owned(),
            eid: eid.issuer().to_owned(),
            hostile,
            office: office_settings,
            bus,
            clock,
            shutdown: runtime.shutdown.clone(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        };
        tokio::spawn(bundid.run());
        tokio::spawn(eid.run());
        tokio::spawn(office.run());
        tokio::spawn(identity.run());
        world
    }

    /// Settings and means of another process on the same database and bus.
    pub(crate) fn operator(&self, database: &str) -> (Settings, Runtime) {
        let runtime = Runtime {
            clock: Arc::new(self.clock.clone()),
            entropy: Arc::new(SystemEntropy),
            shutdown: Shutdown::new(),
            in_process_bus: Some(self.bus.clone()),
            mode: Mode::Demo,
        };
        let mut settings: Settings =
            settings::parse_yaml("test", &SETTINGS.replace("DATABASE", database)).unwrap();
        let connection = HOSTILE.replace("ISSUER", &self.hostile.issuer);
        settings.providers.push(settings::parse_yaml("test", &connection).unwrap());
        settings.providers.push(self.office.clone());
        settings.clients.extend([agency(), acting_agency()]);
        (settings, runtime)
    }

    /// Why identity does not start with settings that were changed like this.
    pub(crate) async fn refused(change: impl FnOnce(&mut Settings)) -> String {
        let runtime = Runtime {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            shutdown: Shutdown::new(),
            in_process_bus: None,
            mode: Mode::Demo,
        };
        let mut settings: Settings =
            settings::parse_yaml("test", &SETTINGS.replace("DATABASE", "sqlite::memory:")).unwrap();
        change(&mut settings);
        Application::build(settings, runtime).await.unwrap_err().to_string()
    }

    /// The address where the portal sends a browser to log in, with `extra` parameters.
    pub(crate) fn authorize(&self, extra: &str) -> String {
        let challenge =
            URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, VERIFIER.as_bytes()));
        format!(
            "{}/authorize?client_id=portal&response_type=code&scope=openid%20offline_access\
             &redirect_uri={PORTAL}/login/callback&state=portal-state&nonce=portal-nonce\
             &code_challenge={challenge}&code_challenge_method=S256&ui_locales=en{extra}",
            self.issuer
        )
    }

    /// Logs in up to the portal's address, or to the page on which it failed.
    pub(crate) async fn log_in(
        &self,
        browser: &mut Browser,
        provider: &str,
        citizen: &str,
        means: &str,
    ) -> Page {
        self.log_in_with(browser, "", provider, citizen, means).await
    }

    pub(crate) async fn log_in_with(
        &self,
        browser: &mut Browser,
        extra: &str,
        provider: &str,
        citizen: &str,
        means: &str,
    ) -> Page {
        let choice = browser.open(&self.authorize(extra)).await;
        let cards = browser.follow(&choice, &[&format!("provider={provider}")]).await;
        let any = cards.link(&["/choose?"]);
        let start = any.split("&citizen=").next().unwrap();
        browser.open(&format!("{start}&citizen={citizen}&means={means}")).await
    }

    /// Logs a member of staff in and exchanges the code.
    pub(crate) async fn staff_tokens(&self, member: &str) -> Tokens {
        let mut browser = Browser::new();
        let url = self.authorize("").replace("scope=openid", "scope=openid%20desk");
        let cards = browser.open(&url).await;
        let page = browser.follow(&cards, &["/choose?", &format!("staff={member}")]).await;
        assert!(page.url.as_str().starts_with(PORTAL), "not logged in: {}", page.text);
        self.exchange(&page.parameter("code").unwrap()).await.unwrap()
    }

    /// Logs in and exchanges the code.
    pub(crate) async fn tokens(&self, provider: &str, citizen: &str, means: &str) -> Tokens {
        let page = self.log_in(&mut Browser::new(), provider, citizen, means).await;
        assert!(page.url.as_str().starts_with(PORTAL), "not logged in: {}", page.text);
        self.exchange(&page.parameter("code").unwrap()).await.unwrap()
    }

    pub(crate) async fn exchange(&self, code: &str) -> Result<Tokens, Value> {
        let redirect = format!("{PORTAL}/login/callback");
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect),
            ("code_verifier", VERIFIER),
        ];
        let answer = self.token(&form).await?;
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        Ok(Tokens {
            refresh: text("refresh_token"),
            id_token: text("id_token"),
            access: text("access_token"),
        })
    }

    /// Posts to the token endpoint as the portal; the error document if it is refused.
    pub(crate) async fn token(&self, form: &[(&str, &str)]) -> Result<Value, Value> {
        self.token_as("portal", "portal secret", form).await
    }

    pub(crate) async fn token_as(
        &self,
        client: &str,
        secret: &str,
        form: &[(&str, &str)],
    ) -> Result<Value, Value> {
        let url = format!("{}/token", self.issuer);
        let request = self.http.post(url).basic_auth(client, Some(secret)).form(form);
        let response = request.send().await.unwrap();
        let ok = response.status().is_success();
        assert_eq!(response.headers()["cache-control"], "no-store");
        let body = response.json().await.unwrap();
        if ok { Ok(body) } else { Err(body) }
    }

    /// Posts to the token endpoint without a header of its own.
    pub(crate) async fn token_bare(&self, form: &[(&str, &str)]) -> Result<Value, Value> {
        let response =
            self.http.post(format!("{}/token", self.issuer)).form(form).send().await.unwrap();
        let ok = response.status().is_success();
        let body = response.json().await.unwrap();
        if ok { Ok(body) } else { Err(body) }
    }

    /// Calls the desk's API with a staff member's token for `authority`; status and document.
    pub(crate) async fn desk(&self, member: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        self.desk_at(member, member.split('-').next().unwrap(), path, body).await
    }

    /// The same for staff of several authorities.
    pub(crate) async fn desk_at(
        &self,
        member: &str,
        authority: &str,
        path: &str,
        body: Option<Value>,
    ) -> (u16, Value) {
        let token = self.refresh(&self.staff_tokens(member).await, authority).await.unwrap();
        let url = format!("{}/desk/{path}", self.issuer);
        let (method, request) = match body {
            Some(body) => ("POST", self.http.post(url).json(&body)),
            None => ("GET", self.http.get(url)),
        };
        let response = request.bearer_auth(token).send().await.unwrap();
        let status = response.status().as_u16();
        let body: Value = response.json().await.unwrap_or_default();
        // Whatever a test asks, the answer is what the API's document says.
        let path = format!("/desk/{path}");
        let wrong = undocumented(&DOCUMENT, method, &path, status, &body);
        assert_eq!(wrong, None, "{body}");
        (status, body)
    }

    /// Posts a form anywhere at identity; the status.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> u16 {
        let url = format!("{}{path}", self.issuer);
        self.http.post(url).form(form).send().await.unwrap().status().as_u16()
    }

    pub(crate) async fn refresh(&self, tokens: &Tokens, authority: &str) -> Result<String, Value> {
        let resource = format!("urn:fairtermin:authority:{authority}");
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens.refresh.as_str()),
            ("resource", &resource),
        ];
        let answer = self.token(&form).await?;
        Ok(answer["access_token"].as_str().unwrap().to_owned())
    }

    /// The case that keeps open who logged in.
    pub(crate) fn case_of(tokens: &Tokens) -> Option<String> {
        let payload = tokens.id_token.split('.').nth(1).unwrap();
        let payload = URL_SAFE_NO_PAD.decode(payload).unwrap();
        let claims: Value = serde_json::from_slice(&payload).unwrap();
        claims["case"].as_str().map(str::to_owned)
    }

    /// A token for `authority`, verified as that authority would.
    pub(crate) async fn claims(&self, tokens: &Tokens, authority: &str) -> AccessClaims {
        let token = self.refresh(tokens, authority).await.unwrap();
        Arc::unwrap_or_clone(self.verifier(authority).verify_access(&token).await.unwrap())
    }

    pub(crate) async fn pseudonym(&self, tokens: &Tokens, authority: &str) -> String {
        self.claims(tokens, authority).await.sub
    }

    pub(crate) fn verifier(&self, authority: &str) -> Verifier {
        let jwks = format!("{}/jwks", self.issuer).parse().unwrap();
        let audience = urn_of(&authority.parse().unwrap());
        Verifier::new(&*self.issuer, audience, jwks, Arc::new(SystemClock))
    }

    pub(crate) async fn attendee(&self, tokens: &Tokens, authority: &str) -> Attendee {
        let access = self.refresh(tokens, authority).await.unwrap();
        let url = format!("{}/userinfo", self.issuer);
        let response = self.http.get(url).bearer_auth(access).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/jwt");
        let token = response.text().await.unwrap();
        self.verifier(authority).verify_attendee(&token).await.unwrap()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.shutdown.trigger();
    }
}

/// The address of a migrated database of its own on PostgreSQL, if this run has it.
pub(crate) async fn postgres_url() -> Option<String> {
    static TEMPLATE: Template = Template::new();
    TEMPLATE.postgres_url(migrate).await
}

async fn migrate(url: String) -> Result<(), StoreError> {
    let settings: Settings =
        settings::parse_yaml("test", &SETTINGS.replace("DATABASE", &url)).unwrap();
    Application::migrate(&settings).await
}

fn agency() -> ClientSettings {
    let text =
        "{id: agency, scopes: ['slots:read', 'entitlements:write', bookings], authorities: [lea]}";
    let mut client: ClientSettings = settings::parse_yaml("test", text).unwrap();
    client.jwks = Some(serde_json::json!({ "keys": [agency_key().public_jwk()] }));
    client
}

/// A program that acts for people who allow it. Staff too can log in to it.
fn acting_agency() -> ClientSettings {
    let text = "{id: zab, name: Ausländerakte, authorities: [lea], \
                scopes: ['bookings:write:onbehalf', 'slots:read', desk], \
                redirect_uris: ['http://portal.test/zab']}";
    let mut client: ClientSettings = settings::parse_yaml("test", text).unwrap();
    client.jwks = Some(serde_json::json!({ "keys": [agency_key().public_jwk()] }));
    client
}

const HOSTILE: &str = "
id: hostile
name: {de: Feindlich, en: Hostile}
issuer: ISSUER
client_id: identity
client_secret: {value: s}
timeout_seconds: 1
";

const SETTINGS: &str = "
http: {listen: '127.0.0.1:0', workers: 1}
database: {url: {value: 'DATABASE'}}
keys:
  person: {value: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}
  data: {value: AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=}
  contact: {value: AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=}
authorities: [lea, kfz]
providers: []
clients:
  - id: portal
    secret: {value: portal secret}
    redirect_uris: ['http://portal.test/login/callback']
    post_logout_redirect_uris: ['http://portal.test/']
    scopes: [bookings, desk]
  - id: other
    secret: {value: other secret}
    redirect_uris: ['http://other.test/']
    scopes: [bookings]
    authorities: [kfz]
";
