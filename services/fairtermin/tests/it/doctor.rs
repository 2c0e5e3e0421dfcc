//! `doctor` finds nothing in a healthy installation, and each fault with what to run next.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Duration,
};

use serde_json::{Value, json};
use testkit::eventually;

use crate::{
    canned::{gone, not_found, serve, without_tls},
    demo::running::Demo,
};

/// A demo listens before it has read what is free.
const SOON: Duration = Duration::from_secs(60);

fn doctor(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fairtermin"))
        .args(["doctor", "--timeout-seconds", "3"])
        .args(arguments)
        .output()
        .unwrap()
}

/// What it prints about something that is to be mended.
#[track_caller]
fn found(arguments: &[&str]) -> String {
    let output = doctor(arguments);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("to mend"), "{text}");
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_demo_has_nothing_to_mend() {
    let demo = Demo::starting_with(&["--empty"]);
    let identity = demo.address("identity").to_string();
    let arguments = [identity.as_str(), "--format", "json"];
    let told: Value = eventually(SOON, async || {
        let output = doctor(&arguments);
        output.status.success().then(|| serde_json::from_slice(&output.stdout).unwrap())
    })
    .await;
    let looks = told["looks"].as_array().unwrap();
    let subjects: Vec<&str> = looks.iter().map(|look| look["subject"].as_str().unwrap()).collect();
    assert_eq!(subjects.len(), 4, "{subjects:?}");
    let seen = looks[0]["seen"].as_array().unwrap();
    for expected in ["clock right", "ready", "identity service", "1 key", "signs for 3 authorities"]
    {
        assert!(seen.contains(&json!(expected)), "{expected} is missing in {seen:?}");
    }
    for look in &looks[1..] {
        assert!(look["seen"].as_array().unwrap().contains(&json!("believes this identity")));
    }
}

#[test]
fn an_installation_whose_clock_is_wrong_is_found_by_what_it_signs() {
    let demo = Demo::starting_with(&["--empty", "--now", "2030-01-14T10:00:00+01:00"]);
    let text = found(&[demo.address("identity").as_str()]);
    assert!(text.contains("its list of authorities is not to be believed"), "{text}");
    assert!(text.contains("next: chronyc tracking") && text.contains("--now"), "{text}");
    // With its time stated, what it signs is believed.
    let now = ["--now", "2030-01-14T10:05:00+01:00"];
    let output = doctor(&[&[demo.address("identity").as_str()][..], &now].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("signs for 3 authorities"), "{text}");
}

#[test]
fn a_wrong_clock_a_missing_part_and_a_dead_service_are_found() {
    let slow = serve(|path| match path {
        "/readyz" => {
            let status = "200 OK\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT".to_owned();
            (status, "ok\nwithout identity: its keys were never fetched\n".to_owned())
        }
        _ => not_found(),
    });
    let unready = serve(|path| match path {
        "/readyz" => {
            let body = r#"{"database":"connection refused"}"#.to_owned();
            ("503 Service Unavailable".to_owned(), body)
        }
        _ => not_found(),
    });
    let dead = gone();
    let text = found(&[&slow, &unready, &dead]);
    assert!(text.contains(" s behind this machine's"), "{text}");
    assert!(text.contains("it does without identity: its keys were never fetched"), "{text}");
    assert!(text.contains("it is not ready: database: connection refused"), "{text}");
    assert!(text.contains(&format!("broken   {dead}/: no answer")), "{text}");
}

#[test]
fn a_dead_provider_and_one_that_calls_itself_otherwise_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let other = serve(|path| match path {
        "/.well-known/openid-configuration" => {
            let document = json!({ "issuer": "https://other", "jwks_uri": "http://127.0.0.1:1/" });
            ("200 OK".to_owned(), document.to_string())
        }
        _ => not_found(),
    });
    let providers = json!([
        { "id": "bundid", "issuer": gone() },
        { "id": "eid", "issuer": other },
    ]);
    let values = json!({
        "platform": { "identityUrl": gone() },
        "identity": { "enabled": true, "settings": { "providers": providers } },
    });
    let file = written(folder.path(), "platform.yaml", &values.to_string());
    let text = found(&["--values", file.to_str().unwrap()]);
    assert!(text.contains("broken   provider bundid: nobody can log in there"), "{text}");
    assert!(text.contains("broken   provider eid: it calls itself https://other"), "{text}");
    assert!(text.contains("no keys at http://127.0.0.1:1/"), "{text}");
}

#[test]
fn missing_migrations_are_found_and_gone_once_they_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}/slot.db?mode=rwc", folder.path().display());
    let config = settings(folder.path(), "slot.yaml", &database, &gone());
    let config = config.to_str().unwrap();
    let text = found(&["--config", config]);
    assert!(text.contains("broken   database of slot: nothing of slot was ever in it"), "{text}");
    assert!(text.contains("next: is this the right database"), "{text}");
    assert!(text.contains("fairtermin migrate slot --config"), "{text}");
    let migrated = Command::new(env!("CARGO_BIN_EXE_fairtermin"))
        .args(["migrate", "slot", "--config", config])
        .status();
    assert!(migrated.unwrap().success());
    let text = found(&["--config", config]);
    assert!(
        text.contains("ok       database of slot: schema up to date, no event waits"),
        "{text}"
    );
}

#[test]
fn services_that_fetch_different_keys_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let keys = |kid: &'static str| {
        serve(move |path| match path {
            "/jwks" => ("200 OK".to_owned(), json!({ "keys": [{ "kid": kid }] }).to_string()),
            _ => not_found(),
        })
    };
    let files: Vec<PathBuf> = [("lea", keys("old")), ("kfz", keys("new"))]
        .into_iter()
        .map(|(name, identity)| settings(folder.path(), name, "sqlite::memory:", &identity))
        .collect();
    let arguments: Vec<&str> =
        files.iter().flat_map(|file| ["--config", file.to_str().unwrap()]).collect();
    let text = found(&arguments);
    assert!(text.contains("have different keys"), "{text}");
    assert!(text.contains("platform.identityInternalUrl"), "{text}");
}

#[test]
fn no_secret_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let database = "postgres://operator:hush@127.0.0.1:1/slot";
    let config = settings(folder.path(), "slot.yaml", database, &gone());
    for format in ["table", "json"] {
        let text = found(&["--config", config.to_str().unwrap(), "--format", format]);
        assert!(text.contains("database of slot"), "{text}");
        assert!(!text.contains("hush") && !text.contains("operator"), "{text}");
    }
}

#[test]
fn no_secret_at_a_wrong_place_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let unescaped = settings(folder.path(), "a.yaml", "postgres://u:hush/ab@db:5432/x", &gone());
    let text = found(&["--config", unescaped.to_str().unwrap()]);
    assert!(text.contains("`/` is %2F") && !text.contains("hush"), "{text}");
    let address = gone().replace("http://", "http://operator:hush@");
    let text = found(&[&address]);
    assert!(!text.contains("hush") && !text.contains("operator"), "{text}");
    let key = "{key: {value: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}}";
    let misplaced = SETTINGS.replace(key, "hush").replace("IDENTITY", "http://127.0.0.1:1");
    let file = written(folder.path(), "b.yaml", &misplaced);
    let refused = |arguments: &[&str]| {
        let output = doctor(arguments);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!told.contains("hush"), "{told}");
        told
    };
    let told = refused(&["--config", file.to_str().unwrap()]);
    assert!(told.contains("slot.hold_token"), "{told}");
    assert!(refused(&["http://u:hush@h:99999"]).contains("no address"));
}

#[test]
fn a_web_server_is_no_service_and_a_service_says_which_one_it_is() {
    let nginx = serve(|_| ("200 OK".to_owned(), "<html>Welcome to nginx!".to_owned()));
    let portal = serve(|path| match path {
        "/readyz" => ("200 OK".to_owned(), "ok\n".to_owned()),
        "/openapi.json" => {
            ("200 OK".to_owned(), json!({ "info": { "title": "Fairtermin portal" } }).to_string())
        }
        _ => not_found(),
    });
    let text = found(&[&nginx, &portal]);
    assert!(text.contains(&format!("broken   {nginx}/: something answers there")), "{text}");
    assert!(text.contains(&format!("ok       {portal}/: ready, portal")), "{text}");
    let text = found(&[&without_tls(), "--metrics", &portal]);
    assert!(text.contains("it speaks http, not https"), "{text}");
    assert!(text.contains("next: is this the port of /metrics, 9464?"), "{text}");
}

#[test]
fn the_file_of_an_authority_leads_to_its_identity_service() {
    let folder = tempfile::tempdir().unwrap();
    let identity = gone();
    let values = json!({
        "platform": { "identityUrl": identity },
        "slot": { "enabled": true },
        "catalogue": { "authority": { "id": "lea" } },
    });
    let file = written(folder.path(), "lea.yaml", &values.to_string());
    let text = found(&["--values", file.to_str().unwrap()]);
    assert!(text.contains(&format!("broken   {identity}/: no answer")), "{text}");
}

/// Each answers and is ready; they are not those that the values name.
#[test]
fn services_that_are_not_those_of_the_values_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let portal = || {
        serve(|path| match path {
            "/readyz" => ("200 OK".to_owned(), "ok\n".to_owned()),
            "/openapi.json" => {
                let document = json!({ "info": { "title": "Fairtermin portal" } });
                ("200 OK".to_owned(), document.to_string())
            }
            _ => not_found(),
        })
    };
    let (identity, real) = (portal(), portal());
    let values = json!({
        "platform": { "identityUrl": identity, "portalUrl": real },
        "identity": { "enabled": true },
        "portal": { "enabled": true },
    });
    let file = written(folder.path(), "platform.yaml", &values.to_string());
    let text = found(&["--values", file.to_str().unwrap()]);
    let said = format!(
        "broken   {identity}/: the values have the identity service here, and the portal answers"
    );
    assert!(text.contains(&said), "{text}");
    assert!(text.contains(&format!("ok       {real}/: ")), "{text}");
    assert!(!text.contains(&format!("ok       {identity}/: ")), "{text}");
}

#[test]
fn a_broken_file_and_one_for_kubernetes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for (text, says) in [
        ("a: [", "a.yaml: not valid YAML"),
        ("apiVersion: v1\nkind: Secret", "a.yaml is for Kubernetes (`kind: Secret`)"),
    ] {
        let file = written(folder.path(), "a.yaml", text);
        let output = doctor(&["--values", file.to_str().unwrap()]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && told.contains(says), "{told}");
    }
}

#[test]
fn nothing_to_look_at_and_a_file_that_is_not_there_are_said() {
    assert_eq!(doctor(&[]).status.code(), Some(2));
    assert_eq!(doctor(&["--values", "/nowhere/values.yaml"]).status.code(), Some(2));
    assert_eq!(doctor(&["--config", "/nowhere/settings.yaml"]).status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn real_engines_are_looked_at() {
    let (Some(postgres), Some(redis), Some(rabbitmq)) =
        (testkit::postgres_url().await, testkit::redis_url(), testkit::rabbitmq_url())
    else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let text = SETTINGS
        .replace("DATABASE", &postgres)
        .replace("IDENTITY", &gone())
        .replace("holds: memory", &format!("holds: {{redis: {{urls: ['{redis}']}}}}"));
    let bus = format!("  bus: {{url: {{value: '{rabbitmq}'}}, namespace: never-used}}\n");
    let config = written(folder.path(), "slot.yaml", &format!("{text}{bus}"));
    let text = found(&["--config", config.to_str().unwrap()]);
    assert!(text.contains("database of slot: nothing of slot was ever in it"), "{text}");
    assert!(text.contains("ok       Redis of slot: Redis "), "{text}");
    assert!(text.contains("broken   queue slot.lea: no process has ever made it"), "{text}");
}

fn settings(folder: &Path, name: &str, database: &str, identity: &str) -> PathBuf {
    let text = SETTINGS.replace("DATABASE", database).replace("IDENTITY", identity);
    written(folder, name, &text)
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, text).unwrap();
    file
}

const SETTINGS: &str = "
slot:
  http: {listen: '127.0.0.1:0', workers: 1}
  database: {url: {value: 'DATABASE'}}
  catalogue: {text: 'catalogue: {authority: {id: lea}}'}
  identity: {issuer: 'https://id.example', jwks_url: 'IDENTITY/jwks'}
  holds: memory
  hold_token: {key: {value: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}}
  person_data: {key: {value: AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=}}
";
