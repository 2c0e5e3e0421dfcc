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

/// `agency new` in `folder`.
fn registers(folder: &Path, further: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairtermin"));
    let output =
        command.args(["agency", "new"]).args(further).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

#[test]
fn what_is_printed_passes_the_check_where_it_belongs() {
    let folder = tempfile::tempdir().unwrap();
    let further = ["--name", "Ja: no", "--redirect-uri", "https://zab.amt.de/callback"];
    let acting =
        [&["no", "--scope", "bookings:write:onbehalf", "--authority", "lea"][..], &further];
    let printed = registers(folder.path(), &acting.concat()).stdout;
    let printed = String::from_utf8(printed).unwrap();
    assert!(printed.contains("\"y\":"), "{printed}");

    // Beside the portal's own, in the file of the platform.
    let platform =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../charts/fairtermin/values-platform.yaml");
    let values = std::fs::read_to_string(platform).unwrap();
    let indented: String = printed.lines().map(|line| format!("      {line}\n")).collect();
    let whole = values.replace("    clients:\n", &format!("    clients:\n{indented}"));
    assert_ne!(whole, values);
    std::fs::write(folder.path().join("platform.yaml"), whole).unwrap();
    let mut check = Command::new(env!("CARGO_BIN_EXE_fairtermin"));
    let output = check.args(["check", "platform.yaml", "--format", "json"]);
    let output = output.current_dir(folder.path()).output().unwrap();
    let all: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let remarks = all["remarks"].as_array().unwrap().iter();
    let problem = |remark: &serde_json::Value| remark["problem"].as_str().unwrap().to_owned();
    let others = remarks.filter(|remark| remark["severity"] != "note").map(problem);
    let others: Vec<_> = others.filter(|it| !it.contains("is a placeholder")).collect();
    assert!(others.is_empty(), "{others:?}\n{printed}");
}

#[test]
fn an_address_in_the_clear_is_told_to_be_for_tests() {
    let folder = tempfile::tempdir().unwrap();
    for (client, url, is_told) in [
        ("one", "http://zab.amt.de/callback", true),
        ("two", "https://zab.amt.de/callback", false),
        ("three", "http://127.0.0.1:8765/callback", false),
    ] {
        let further = [client, "--scope", "slots:read", "--redirect-uri", url];
        let told = registers(folder.path(), &further).stderr;
        let told = String::from_utf8_lossy(&told).into_owned();
        assert_eq!(told.contains("is for tests only"), is_told, "{told}");
    }
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
