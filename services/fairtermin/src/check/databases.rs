//! Backups and recovery of databases that CloudNativePG runs.

use serde_json::Value as Json;

use super::{
    release::{ROLES, Release},
    remark::Remarks,
};

/// What a database is called that `recovery.from` does not name, behind the service's name.
const USUAL_NAME: &str = "db";

/// Looks at each service that has a database.
pub fn check(release: &Release, said: &mut Remarks<'_>) {
    // The portal has none.
    for role in ROLES.into_iter().filter(|role| *role != "portal" && release.runs(role)) {
        let postgres = &release.service(role)["postgres"];
        let path = |key: &str| format!("{role}.postgres.{key}");
        let recovers = postgres["recovery"]["enabled"] == true;
        if !recovers && postgres["backup"]["enabled"] != true {
            continue;
        }
        if postgres["enabled"] != true {
            let problem =
                "is not true: backups and recovery are of a database that CloudNativePG runs";
            said.error(
                &path("enabled"),
                problem,
                "set it; for another one see runbooks/restore.md",
            );
        }
        if is_empty(&postgres["backup"]["destinationPath"]) {
            let remedy = "say where backups are, for example s3://bucket/folder";
            said.error(&path("backup.destinationPath"), "is missing", remedy);
        }
        if recovers {
            recovery(postgres, &path, said);
        }
    }
}

fn recovery(postgres: &Json, path: &dyn Fn(&str) -> String, said: &mut Remarks<'_>) {
    if is_empty(&postgres["recovery"]["from"]) && postgres["cluster"] == USUAL_NAME {
        let problem = "a restored database lies beside the one whose backup it reads";
        said.error(&path("cluster"), problem, "give it another name, for example db-2");
    }
    if !postgres["spec"]["bootstrap"].is_null() {
        let problem = "contradicts recovery, which is a beginning as well";
        said.error(&path("spec.bootstrap"), problem, "take one of them out");
    }
}

fn is_empty(value: &Json) -> bool {
    value.as_str().is_none_or(str::is_empty)
}
