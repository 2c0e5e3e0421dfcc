//! The portal with the services behind it.

use std::sync::Arc;

use ambient::{SystemEntropy, VirtualClock};
use jiff::SignedDuration;
use portal::{Application, Runtime};
use telemetry::Shutdown;
use texts::Language;

use crate::{
    browser::Browser,
    stub::{Answer, SECRET, Stub},
};

/// It is Monday, 4 January 2027, 9 o'clock in Berlin.
const NOW: &str = "2027-01-04T08:00:00Z";

/// The tags of the languages that we ship.
pub(crate) fn languages() -> impl Iterator<Item = &'static str> {
    Language::SHIPPED.iter().map(|language| language.tag())
}

/// The portal with two authorities: `buergeramt` answers, `lea` has never been reached.
pub(crate) struct World {
    /// Where the portal is, without a final slash.
    pub(crate) base: String,
    pub(crate) stub: Stub,
    clock: VirtualClock,
    shutdown: Shutdown,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::run(SETTINGS.to_owned()).await
    }

    /// With other answers from the first one on, for example what is offered.
    pub(crate) async fn prepared(prepare: impl FnOnce(&Stub)) -> Self {
        Self::run_prepared(SETTINGS.to_owned(), prepare).await
    }

    /// With these further lines in the settings.
    pub(crate) async fn with(lines: &str) -> Self {
        Self::run(SETTINGS.to_owned() + lines).await
    }

    /// Where nothing listens instead of an identity service.
    pub(crate) async fn without_identity() -> Self {
        Self::run(SETTINGS.replace("issuer: STUB", "issuer: 'http://127.0.0.1:1'")).await
    }

    /// With the `buergeramt` alone: every authority answers.
    pub(crate) async fn with_one_authority() -> Self {
        let lines = SETTINGS.lines().filter(|line| !line.contains("id: lea"));
        Self::run(lines.collect::<Vec<_>>().join("\n")).await
    }

    /// Behind a proxy that browsers reach by https.
    pub(crate) async fn at_https() -> Self {
        Self::run(SETTINGS.replace("workers: 1", "public_url: 'https://termin.example'")).await
    }

    async fn run(settings: String) -> Self {
        Self::run_prepared(settings, |_| {}).await
    }

    async fn run_prepared(settings: String, prepare: impl FnOnce(&Stub)) -> Self {
        let clock = VirtualClock::at(NOW.parse().unwrap());
        let stub = Stub::start(clock.clone());
        prepare(&stub);
        let settings = settings.replace("STUB", &stub.base).replace("SECRET", SECRET);
        let shutdown = Shutdown::new();
        let runtime = Runtime {
            clock: Arc::new(clock.clone()),
            entropy: Arc::new(SystemEntropy),
            shutdown: shutdown.clone(),
            in_process_bus: None,
            mode: service::Mode::Demo,
        };
        let settings = settings::parse_yaml("test", &settings).unwrap();
        let portal = Application::build(settings, runtime).await.unwrap();
        let base = format!("http://{}", portal.address());
        tokio::spawn(portal.run());
        Self { base, stub, clock, shutdown }
    }

    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Browser {
        Browser::at(&self.base)
    }

    /// A browser in which Erika has logged in.
    pub(crate) async fn erika(&self) -> Browser {
        let mut browser = self.browser();
        let page = browser.open("/en/login/start?back=/en/about").await;
        assert_eq!(page.path(), "/en/about", "{page:?}");
        browser
    }

    /// A browser in which a member of staff has logged in.
    pub(crate) async fn clerk(&self) -> Browser {
        let mut browser = self.browser();
        let page = browser.open("/en/login/start?back=/en/about&staff").await;
        assert_eq!(page.path(), "/en/about", "{page:?}");
        browser
    }

    /// A browser in which Erika holds a slot.
    pub(crate) async fn erika_with_hold(&self) -> Browser {
        let mut browser = self.erika().await;
        let day = browser.open("/en/buergeramt/day?service=120703&date=2027-01-05").await;
        let page = browser.press(&day, "09:00", &[]).await;
        assert_eq!(page.path(), "/en/confirm", "{page:?}");
        browser
    }

    /// From now on the slot service of the `buergeramt` refuses `what`, for example `POST holds`.
    pub(crate) fn refuse(&self, what: &str, status: u16, code: &'static str) {
        self.answer(what, Answer::Problem(status, code, serde_json::json!({})));
    }

    /// From now on the slot service of the `buergeramt` answers `what` like this.
    pub(crate) fn answer(&self, what: &str, answer: Answer) {
        let (method, path) = what.split_once(' ').unwrap();
        self.stub.answer(&format!("{method} /buergeramt/v1/{path}"), answer);
    }

    pub(crate) fn minutes_pass(&self, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.shutdown.trigger();
    }
}

const SETTINGS: &str = r#"
http: { listen: "127.0.0.1:0", workers: 1 }
identity: { issuer: STUB, client_secret: { value: "SECRET" } }
session_key: { value: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= }
authorities:
  - { id: buergeramt, base_url: STUB/buergeramt/, name: { de: Bürgeramt } }
  - { id: lea, base_url: "http://127.0.0.1:1/", name: { de: Einwanderungsamt, en: Immigration office } }
"#;
