//! Databases are backed up, and a restored one takes the place of the one of today by values alone.

use serde_json::{Value, json};

use super::manifests::Release;

const PLUGIN: &str = "barman-cloud.cloudnative-pg.io";

/// `slot.postgres` with backups, and with `more` over it.
fn postgres(more: &Value) -> Value {
    let mut postgres = json!({"enabled": true, "backup": {
        "enabled": true, "destinationPath": "s3://office/lea",
        "endpointURL": "https://objects.example.org", "secretName": "object-store",
    }});
    for (key, value) in more.as_object().unwrap() {
        postgres[key] = value.clone();
    }
    json!({"slot": {"postgres": postgres, "migrationHook": {"enabled": true}}})
}

fn object<'a>(release: &'a Release, kind: &str, name: &str) -> &'a Value {
    let found =
        release.foreign.iter().find(|it| it["kind"] == kind && it["metadata"]["name"] == name);
    found.unwrap_or_else(|| panic!("no {kind} {name}"))
}

/// The Secret of the database that the service's pods mount.
fn mounted(release: &Release) -> String {
    let pod = serde_json::to_value(&release.deployments[0].spec.template.spec).unwrap();
    let volumes = pod["volumes"].as_array().unwrap();
    let secrets = volumes.iter().find(|it| it["name"] == "secrets").unwrap();
    secrets["projected"]["sources"][1]["secret"]["name"].as_str().unwrap().to_owned()
}

#[test]
fn every_change_and_a_daily_copy_go_to_the_object_store_and_stay() {
    let Some(release) = Release::render("lea", &postgres(&json!({}))) else { return };
    let store = object(&release, "ObjectStore", "lea-fairtermin-slot-backup");
    let configuration = &store["spec"]["configuration"];
    assert_eq!(configuration["destinationPath"], "s3://office/lea");
    assert_eq!(configuration["endpointURL"], "https://objects.example.org");
    let key = json!({"name": "object-store", "key": "ACCESS_SECRET_KEY"});
    assert_eq!(configuration["s3Credentials"]["secretAccessKey"], key);
    assert_eq!(store["spec"]["retentionPolicy"], "30d");

    let cluster = object(&release, "Cluster", "lea-fairtermin-slot-db");
    let plugin = &cluster["spec"]["plugins"][0];
    assert_eq!((&plugin["name"], &plugin["isWALArchiver"]), (&json!(PLUGIN), &json!(true)));
    assert_eq!(plugin["parameters"]["barmanObjectName"], store["metadata"]["name"]);

    let daily = object(&release, "ScheduledBackup", "lea-fairtermin-slot-db");
    assert_eq!(daily["spec"]["cluster"]["name"], cluster["metadata"]["name"]);
    assert_eq!(daily["spec"]["pluginConfiguration"]["name"], PLUGIN);
    assert_eq!(daily["spec"]["immediate"], true, "changes alone restore nothing");
    for kept in [store, cluster, daily] {
        let annotations = &kept["metadata"]["annotations"];
        assert_eq!(annotations["helm.sh/resource-policy"], "keep", "{}", kept["kind"]);
    }
}

#[test]
fn a_restored_database_lies_beside_the_old_one_and_the_service_reads_it() {
    let recovery = json!({"enabled": true, "targetTime": "2027-03-01T08:59:00Z"});
    let values = postgres(&json!({"cluster": "db-2", "recovery": recovery}));
    let Some(release) = Release::render("lea", &values) else { return };
    let cluster = object(&release, "Cluster", "lea-fairtermin-slot-db-2");
    let bootstrap = cluster["spec"]["bootstrap"].as_object().unwrap();
    assert_eq!(bootstrap.keys().collect::<Vec<_>>(), ["recovery"], "never beside initdb");
    let recovery = &bootstrap["recovery"];
    assert_eq!(recovery["recoveryTarget"]["targetTime"], "2027-03-01T08:59:00Z");
    // Without them the operator makes no Secret with an address.
    assert_eq!((&recovery["database"], &recovery["owner"]), (&json!("slot"), &json!("slot")));
    let source = &cluster["spec"]["externalClusters"][0];
    assert_eq!(source["name"], recovery["source"]);
    let parameters = &source["plugin"]["parameters"];
    assert_eq!(parameters["serverName"], "lea-fairtermin-slot-db");
    assert_eq!(parameters["barmanObjectName"], "lea-fairtermin-slot-backup");
    object(&release, "ScheduledBackup", "lea-fairtermin-slot-db-2");

    assert_eq!(mounted(&release), "lea-fairtermin-slot-db-2-app");
    assert!(release.jobs.is_empty(), "a hook would wait for the Secret of a database to come");
}

#[test]
fn a_backup_can_be_read_while_none_is_made() {
    let backup = json!({"destinationPath": "s3://office/lea"});
    let recovery = json!({"enabled": true, "from": "old-fairtermin-slot-db"});
    let values = postgres(&json!({"backup": backup, "recovery": recovery}));
    let Some(release) = Release::render("lea", &values) else { return };
    let cluster = object(&release, "Cluster", "lea-fairtermin-slot-db");
    let parameters = &cluster["spec"]["externalClusters"][0]["plugin"]["parameters"];
    assert_eq!(parameters["serverName"], "old-fairtermin-slot-db");
    assert_eq!(cluster["spec"]["plugins"], Value::Null);
    assert!(!release.foreign.iter().any(|it| it["kind"] == "ScheduledBackup"));
    object(&release, "ObjectStore", "lea-fairtermin-slot-backup");
}

#[test]
fn a_beginning_of_ones_own_takes_the_place_of_the_charts() {
    let own = json!({"bootstrap": {"recovery": {"source": "elsewhere"}}});
    let Some(release) = Release::render("lea", &postgres(&json!({"spec": own}))) else { return };
    let cluster = object(&release, "Cluster", "lea-fairtermin-slot-db");
    assert_eq!(cluster["spec"]["bootstrap"], own["bootstrap"]);
}

#[test]
fn what_would_overwrite_or_miss_a_backup_is_refused() {
    let recovery = json!({"enabled": true});
    let bootstrap = json!({"bootstrap": {"initdb": {}}});
    for (more, said) in [
        (json!({"recovery": recovery}), "slot.postgres.cluster: is missing another name"),
        (json!({"backup": {"enabled": true}}), "slot.postgres.backup.destinationPath: is missing"),
        (json!({"enabled": false}), "slot.postgres.enabled: is missing"),
        (
            json!({"cluster": "db-2", "recovery": recovery, "spec": bootstrap}),
            "slot.postgres.spec.bootstrap: contradicts recovery",
        ),
    ] {
        let Some(refusal) = Release::refusal("lea", &postgres(&more)) else { return };
        assert!(refusal.contains(said), "{refusal}");
    }
}
