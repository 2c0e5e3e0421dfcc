//! A program of another agency is withdrawn by hand.

use std::{
    path::Path,
    process::{Command, Output},
    sync::Arc,
};

use ambient::{SystemClock, SystemEntropy};
use identity::{Application, Mode, Runtime};
use telemetry::Shutdown;

fn types(step: &str, client: &str, config: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fairtermin"))
        .args(["agency", step, client, "--config"])
        .arg(config)
        .output()
        .unwrap()
}

fn section_for(database: &Path) -> String {
    SETTINGS.replace("DATABASE", &format!("sqlite://{}?mode=rwc", database.display()))
}

#[actix_web::test]
async fn an_operator_withdraws_a_program_and_lets_it_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let section = section_for(&folder.path().join("identity.db"));
    let config = folder.path().join("config.yaml");
    let indented = section.replace('\n', "\n  ");
    std::fs::write(&config, format!("identity:{}\n", indented.trim_end())).unwrap();
    let runtime = Runtime {
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        shutdown: Shutdown::new(),
        in_process_bus: None,
        mode: Mode::Demo,
    };
    // A start makes the program known.
    Application::build(settings::parse_yaml("test", &section).unwrap(), runtime).await.unwrap();

    let output = types("revoke", "my-agency", &config);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("my-agency gets no token any more"));
    for client in ["my-agency", "nobody"] {
        let output = types("revoke", client, &config);
        assert_eq!(output.status.code(), Some(1), "{client}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(client) && told.contains("clients"), "{told}");
    }
    assert!(types("readmit", "my-agency", &config).status.success());
    assert!(types("revoke", "my-agency", &config).status.success(), "it was let in");
}

const SETTINGS: &str = "
http: {listen: '127.0.0.1:0', workers: 1}
database: {url: {value: 'DATABASE'}}
keys:
  person: {value: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}
  data: {value: AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=}
  contact: {value: AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=}
authorities: [lea]
providers:
  - {id: bundid, name: {de: BundID}, issuer: 'http://127.0.0.1:1', client_id: c, client_secret: {value: s}}
clients:
  - {id: my-agency, jwks: {keys: []}, scopes: ['slots:read'], authorities: [lea]}
";
