//! One authority's slot service, started for one test, and the people who use it.

mod beside;
mod clock;
mod database;
mod day_list;
mod days;
mod issuer;
pub mod operations;
mod people;
mod response;
mod watched;

use std::{
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use ambient::{Clock as _, Entropy, SystemClock, SystemEntropy, VirtualClock};
use auth::SigningKey;
use ids::AuthorityId;
use jiff::{SignedDuration, Timestamp, civil::Date};
use messaging::InProcessBus;
use reqwest::Method;
use serde_json::{Value, json};
use service::{BusSettings, DatabaseSettings, HttpSettings, Mode, TrustedIssuerSettings};
use settings::Secret;
use slot::{
    Application, BeaconSettings, CatalogueSettings, KeySettings, ReturnSettings, Runtime, Settings,
    TicketSettings,
    holds::{HoldSettings, RedisSettings},
};
use telemetry::Shutdown;
use tempfile::TempDir;

pub use clock::TestClock;
use issuer::serve_keys;
pub use people::Person;
pub use response::{ApiResponse, as_listed};

const ISSUER: &str = "https://identity.test";

/// What the test authority offers: every day 8 to 16 o'clock, slots of 10 minutes.
pub const CATALOGUE: &str = include_str!("office.yaml");

/// From then on Redis, whose clock no test moves, forgets the days to which the standing clock comes as soon as it has
/// heard of them.
const REDIS_FORGETS_FROM: &str = "2027-01-10T00:00:00Z";

/// A running service.
pub struct Office {
    pub authority: AuthorityId,
    pub clock: TestClock,
    /// The day on which the test began.
    began: Date,
    pub database_url: String,
    pub bus: InProcessBus,
    pub settings: Settings,
    pub http: reqwest::Client,
    pub base: String,
    /// Where Prometheus reads its numbers.
    metrics: String,
    key: Arc<SigningKey>,
    shutdown: Shutdown,
    running: Option<tokio::task::JoinHandle<()>>,
    _files: Arc<TempDir>,
}

static AUTHORITIES: AtomicU32 = AtomicU32::new(0);

impl Office {
    /// SQLite, holds in memory, a clock that stands at Monday 4 January 2027, 9 o'clock in Berlin.
    pub async fn embedded() -> Self {
        Self::embedded_with(CATALOGUE).await
    }

    /// The same with another catalogue.
    pub async fn embedded_with(catalogue: &str) -> Self {
        let files = Arc::new(tempfile::tempdir().unwrap());
        let url = database::in_file(&files).await;
        Self::standing(catalogue, url, files).await
    }

    /// The same on each database, PostgreSQL if this run has it.
    pub async fn each_database() -> Vec<Self> {
        Self::each_database_with(CATALOGUE).await
    }

    /// The same with another catalogue.
    pub async fn each_database_with(catalogue: &str) -> Vec<Self> {
        let mut offices = vec![Self::embedded_with(catalogue).await];
        if let Some(url) = database::on_postgres().await {
            let files = Arc::new(tempfile::tempdir().unwrap());
            offices.push(Self::standing(catalogue, url, files).await);
        }
        offices
    }

    /// With that clock on SQLite and memory and, if this run has them, on PostgreSQL and Redis.
    pub async fn standing_on_each(catalogue: &str) -> Vec<Self> {
        let mut offices = vec![Self::embedded_with(catalogue).await];
        if let (Some(url), Some(redis)) = (database::on_postgres().await, testkit::redis_url()) {
            let clock =
                TestClock::Virtual(VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap()));
            let holds = match SystemClock.now() < REDIS_FORGETS_FROM.parse::<Timestamp>().unwrap() {
                true => HoldSettings::Redis(RedisSettings::standalone(redis)),
                false => {
                    testkit::report(format_args!("the standing clock is too old for Redis"));
                    HoldSettings::Memory
                }
            };
            let files = Arc::new(tempfile::tempdir().unwrap());
            offices.push(Self::start(catalogue, clock, url, holds, files).await);
        }
        offices
    }

    async fn standing(catalogue: &str, url: String, files: Arc<TempDir>) -> Self {
        let clock = VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap());
        let clock = TestClock::Virtual(clock);
        Self::start(catalogue, clock, url, HoldSettings::Memory, files).await
    }

    /// PostgreSQL and Redis, if this run has them.
    pub async fn real() -> Option<Self> {
        Self::real_with(CATALOGUE).await
    }

    /// The same with another catalogue.
    pub async fn real_with(catalogue: &str) -> Option<Self> {
        Self::with_redis(catalogue, &testkit::redis_url()?).await
    }

    /// The same with this Redis.
    pub async fn with_redis(catalogue: &str, redis: &str) -> Option<Self> {
        let holds = HoldSettings::Redis(RedisSettings::standalone(redis));
        let url = database::on_postgres().await?;
        let files = Arc::new(tempfile::tempdir().unwrap());
        Some(Self::start(catalogue, TestClock::System, url, holds, files).await)
    }

    /// Both, one after the other.
    pub async fn each() -> Vec<Self> {
        let mut offices = vec![Self::embedded().await];
        offices.extend(Self::real().await);
        offices
    }

    /// The same with another catalogue.
    pub async fn each_with(catalogue: &str) -> Vec<Self> {
        let mut offices = vec![Self::embedded_with(catalogue).await];
        offices.extend(Self::real_with(catalogue).await);
        offices
    }

    async fn start(
        catalogue: &str,
        clock: TestClock,
        database_url: String,
        holds: HoldSettings,
        files: Arc<TempDir>,
    ) -> Self {
        let mut office = Self::stopped(catalogue, clock, database_url, holds, files);
        office.restart().await;
        office
    }

    /// One that does not run yet, so that its settings can be changed.
    fn stopped(
        catalogue: &str,
        clock: TestClock,
        database_url: String,
        holds: HoldSettings,
        files: Arc<TempDir>,
    ) -> Self {
        // Only the first provider of a process counts; all of ours are the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let number = AUTHORITIES.fetch_add(1, Ordering::Relaxed);
        let name = format!("test-{}-{number}-{}", std::process::id(), clock.now().as_second());
        let entropy: &dyn Entropy = &SystemEntropy;
        let key = Arc::new(SigningKey::generate(entropy).unwrap());
        let settings = Settings {
            http: HttpSettings {
                metrics: Some("127.0.0.1:0".parse().unwrap()),
                ..HttpSettings::at("127.0.0.1:0".parse().unwrap(), Some(2))
            }
            .into(),
            database: DatabaseSettings { url: Secret::new(database_url.clone()) },
            bus: BusSettings::default(),
            catalogue: CatalogueSettings::Text(catalogue.replace("AUTHORITY", &name)),
            cluster: None,
            identity: TrustedIssuerSettings { issuer: ISSUER.into(), jwks_url: serve_keys(&key) },
            holds,
            hold_token: KeySettings { key: Secret::new("hold token key ".repeat(4)) },
            person_data: KeySettings { key: Secret::new("person data key ".repeat(4)) },
            // Some tests ask more than any person may; `limits.rs` sets its own.
            limits: auth::Limits::none(),
            // Short, since some tests wait for it in real time.
            returning: ReturnSettings {
                after_hold_seconds: NonZeroU32::new(2).unwrap(),
                least_seconds: NonZeroU32::MIN,
            },
            beacon: BeaconSettings::Fixed {
                name: "Auditor of the tests".into(),
                seed: Secret::new("second seed ".repeat(4)),
            },
            log: slot::LogSettings::default(),
            tickets: TicketSettings::Own,
            escrow: None,
            manage_url: None,
        };
        Self {
            authority: name.parse().unwrap(),
            began: clock.today(),
            clock,
            database_url,
            bus: InProcessBus::default(),
            settings,
            http: client(),
            base: String::new(),
            metrics: String::new(),
            key,
            shutdown: Shutdown::new(),
            running: None,
            _files: files,
        }
    }

    /// Stops the service, if it runs, and starts it again on the same database.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.shutdown = Shutdown::new();
        let application = self.build().await;
        self.base = format!("http://{}", application.address());
        self.metrics = format!("http://{}/metrics", application.metrics_address().unwrap());
        self.running = Some(tokio::spawn(async move { application.run().await.unwrap() }));
        self.until_it_holds().await;
    }

    async fn build(&self) -> Application {
        let runtime = Runtime {
            clock: self.clock.as_dyn(),
            entropy: Arc::new(SystemEntropy),
            shutdown: self.shutdown.clone(),
            in_process_bus: Some(self.bus.clone()),
            mode: Mode::Demo,
        };
        Application::build(self.settings.clone(), runtime).await.unwrap()
    }

    /// Stops the service and waits until it has ended.
    pub async fn stop(&mut self) {
        self.shutdown.trigger();
        if let Some(running) = self.running.take() {
            running.await.unwrap();
        }
    }

    async fn until_it_holds(&self) {
        testkit::eventually(Duration::from_secs(60), async || {
            self.get("/readyz").await.is_some_and(|answer| answer.status == 200).then_some(())
        })
        .await;
    }

    async fn get(&self, path: &str) -> Option<ApiResponse> {
        let answer = loop {
            let response = self.http.get(format!("{}{path}", self.base)).send().await.ok()?;
            // On a very busy machine the head of a request may arrive too slowly; whoever reads
            // 408 may ask again (RFC 9110 section 15.5.9).
            if response.status() != reqwest::StatusCode::REQUEST_TIMEOUT {
                break ApiResponse::read(response).await;
            }
        };
        answer.is_as_documented(&Method::GET, path);
        Some(answer)
    }

    /// Asks without a token.
    pub async fn read(&self, path: &str) -> ApiResponse {
        self.get(path).await.expect("the service answers")
    }

    /// Sends a request and reads the answer.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        token: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> ApiResponse {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = ApiResponse::read(request.send().await.expect("the service answers")).await;
        answer.is_as_documented(&method, path);
        answer
    }

    pub async fn post(&self, path: &str, token: &str, body: Value) -> ApiResponse {
        self.send(Method::POST, path, token, &[], Some(body)).await
    }

    /// Asks to hold a slot of `service` at the one-desk location.
    pub async fn hold(&self, person: &Person, service: &str, time: &str) -> ApiResponse {
        let wish = json!({ "location": "small", "start": self.at(time), "services": [service] });
        self.post("/v1/holds", &self.token(person), wish).await
    }

    /// A new person holds a slot of `service` at the one-desk location as soon as it has returned. Each
    /// try is another person's, since asking again for what is taken must wait.
    pub async fn hold_once_free(&self, service: &str, time: &str) -> (Person, ApiResponse) {
        testkit::eventually(Duration::from_secs(180), async || {
            let person = self.person();
            let answer = self.hold(&person, service, time).await;
            if answer.status == 201 {
                return Some((person, answer));
            }
            answer.expect_problem(409, "slot-taken");
            None
        })
        .await
    }

    /// The time of this appointment comes.
    pub fn come_to(&self, booking: &ApiResponse) {
        let start: Timestamp = booking.body["start"].as_str().unwrap().parse().unwrap();
        self.clock.advance(start.duration_since(self.clock.now()));
    }

    /// Lets time pass by the office's clock, if that can be moved; else it passes by itself.
    pub async fn pass(&self, duration: SignedDuration) {
        match &self.clock {
            TestClock::Virtual(clock) => clock.advance(duration),
            TestClock::System | TestClock::Ahead(_) => {}
        }
    }

    /// Gives a hold up.
    pub async fn release(&self, person: &Person, hold: &ApiResponse) -> ApiResponse {
        let path = format!("/v1/holds/{}", hold.body["hold_id"].as_str().unwrap());
        let proof = json!({ "hold_token": hold.body["hold_token"] });
        self.send(Method::DELETE, &path, &self.token(person), &[], Some(proof)).await
    }

    /// Asks to confirm a hold.
    pub async fn confirm(&self, person: &Person, hold: &ApiResponse, key: &str) -> ApiResponse {
        let body = json!({
            "hold_token": hold.body["hold_token"],
            "attendee": self.attendee(person),
            "language": "de",
        });
        let headers = [("Idempotency-Key", key)];
        self.send(Method::POST, "/v1/bookings", &self.token(person), &headers, Some(body)).await
    }

    /// Holds and confirms.
    pub async fn book(&self, person: &Person, service: &str, time: &str) -> ApiResponse {
        let hold = self.hold(person, service, time).await.expect(201);
        let key = hold.body["hold_id"].as_str().unwrap().to_owned();
        self.confirm(person, &hold, &key).await.expect(201)
    }

    /// The person's own bookings.
    pub async fn bookings_of(&self, person: &Person) -> Vec<Value> {
        let answer = self
            .send(Method::GET, "/v1/bookings", &self.token(person), &[], None)
            .await
            .expect(200);
        answer.body["bookings"].as_array().unwrap().clone()
    }
}

/// A client that never reuses a connection that the service is about to close.
fn client() -> reqwest::Client {
    let idle = Duration::from_secs(30);
    reqwest::Client::builder().no_proxy().pool_idle_timeout(idle).build().unwrap()
}

impl Drop for Office {
    fn drop(&mut self) {
        self.shutdown.trigger();
    }
}
