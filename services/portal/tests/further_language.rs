//! Languages that an installation brings along. A program of its own, since the sentences of a process are set
//! once.

use std::sync::Arc;

use ambient::{SystemEntropy, VirtualClock};
use portal::{Application, Runtime};
use reqwest::{Client, header, redirect::Policy};
use telemetry::Shutdown;

/// Nobody else is needed for the pages that are opened here.
const SETTINGS: &str = r#"
http: { listen: "127.0.0.1:0", workers: 1 }
identity: { issuer: "http://127.0.0.1:1", client_secret: { value: "c2VjcmV0" } }
session_key: { value: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= }
authorities:
  - { id: lea, base_url: "http://127.0.0.1:1/", name: { de: Einwanderungsamt } }
languages:
  pl: |
    # Tylko początek.
    site-name = Terminy w Berlinie
    nav-languages = Język
    about-title = Jak działają uczciwe terminy
  fa: |
    site-name = وقت‌های برلین
"#;

struct Portal {
    base: String,
    client: Client,
    shutdown: Shutdown,
}

impl Portal {
    async fn start() -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        let shutdown = Shutdown::new();
        let runtime = Runtime {
            clock: Arc::new(VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap())),
            entropy: Arc::new(SystemEntropy),
            shutdown: shutdown.clone(),
            in_process_bus: None,
            mode: service::Mode::Demo,
        };
        let settings = settings::parse_yaml("test", SETTINGS).unwrap();
        let portal = Application::build(settings, runtime).await.unwrap();
        let base = format!("http://{}", portal.address());
        tokio::spawn(portal.run());
        Self { base, client, shutdown }
    }

    /// Status, `Location` and the page, for a browser that prefers these languages.
    async fn get(&self, path: &str, prefers: &str) -> (u16, String, String) {
        let request = self.client.get(format!("{}{path}", self.base));
        let answer = request.header(header::ACCEPT_LANGUAGE, prefers).send().await.unwrap();
        let location = answer.headers().get(header::LOCATION);
        let location = location.map_or("", |value| value.to_str().unwrap()).to_owned();
        (answer.status().as_u16(), location, answer.text().await.unwrap())
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.shutdown.trigger();
    }
}

#[actix_web::test]
async fn a_portal_speaks_the_languages_of_its_installation() {
    let portal = Portal::start().await;
    let (_, location, _) = portal.get("/", "pl-PL, de;q=0.5").await;
    assert_eq!(location, "/pl");

    let (status, _, page) = portal.get("/pl/about", "de").await;
    assert_eq!(status, 200, "{page}");
    for part in [
        "<html lang=\"pl\" dir=\"ltr\">",
        "Jak działają uczciwe terminy - Terminy w Berlinie</title>",
        "aria-label=\"Język\"",
        // What the translation lacks.
        "Skip to content",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("[about-"), "{page}");

    let (_, _, english) = portal.get("/en/about", "de").await;
    for (tag, name) in [("pl", "Polski"), ("fa", "فارسی")] {
        let link = format!("href=\"/{tag}/about\" lang=\"{tag}\" hreflang=\"{tag}\">{name}</a>");
        assert!(english.contains(&link), "{link}: {english}");
    }
    let (_, _, persian) = portal.get("/fa/about", "de").await;
    assert!(persian.contains("<html lang=\"fa\" dir=\"rtl\">"), "{persian}");

    let (status, location, _) = portal.get("/vi/about", "vi, pl;q=0.9").await;
    assert_eq!((status, location.as_str()), (303, "/pl/about"));
}
