//! What is allowed, and where a line belongs that is not.

use crate::{
    imports::Import,
    manifests::Package,
    modules::{Crate, Named},
};

/// Crates that only compute: the same input gives the same output, on any thread, at any time.
const PURE: [&str; 12] = [
    "ambient",
    "ids",
    "calendar",
    "calendar-file",
    "booking",
    "catalogue",
    "draw",
    "rate-limit",
    "search",
    "texts",
    "tlog",
    "vocabulary",
];

/// Crates that talk to the world; a pure library with one of them is no longer pure.
const IO: [&str; 11] = [
    "tokio",
    "actix-web",
    "reqwest",
    "redis",
    "lapin",
    "sea-orm",
    "sqlx",
    "lettre",
    "store",
    "messaging",
    "service",
];

/// The services; only the program that contains them all may import more than one.
const SERVICES: [&str; 4] = ["slot", "identity", "notification", "portal"];

/// The wrong dependencies of one crate.
pub fn dependencies(package: &Package) -> Vec<String> {
    let name = package.name.as_str();
    let is_lib = package.folder.starts_with("libs/");
    let judge = |dependency: &String| {
        let to = dependency.as_str();
        if PURE.contains(&name) && IO.contains(&to) {
            return Some(format!(
                "{}/Cargo.toml: the pure library `{name}` depends on `{to}`. Do the I/O in the service \
                 (services/*/src/app) and pass its result in.",
                package.folder
            ));
        }
        if SERVICES.contains(&to) && is_lib {
            return Some(format!(
                "{}/Cargo.toml: the library `{name}` depends on the service `{to}`. What both need belongs in \
                 a library below it.",
                package.folder
            ));
        }
        if SERVICES.contains(&to) && SERVICES.contains(&name) {
            return Some(format!(
                "{}/Cargo.toml: the service `{name}` depends on the service `{to}`. Services meet by events \
                 (proto/) and public APIs (libs/client); shared rules belong in libs/.",
                package.folder
            ));
        }
        None
    };
    package.dependencies.iter().filter_map(judge).collect()
}

/// The complaint about one import, if it stands in the wrong place.
pub fn import(import: &Import) -> Option<String> {
    let below_store = import.file.split('/').any(|folder| folder == "store");
    (!below_store).then(|| {
        format!(
            "{}:{}: `{}` names the database library outside a store/ folder. Move the query to \
             store/<aggregate>.rs and give it a name in the domain's words.",
            import.file, import.line, import.text
        )
    })
}

/// Where an http module of a service names the store, its own or the library.
pub fn handlers(found: &Crate) -> Vec<String> {
    if !found.folder.starts_with("services/") {
        return Vec::new();
    }
    let names_store = |named: &&Named| {
        let name = named.text.split("::").find(|name| !["crate", "self", "super"].contains(name));
        named.from.first().is_some_and(|module| module == "http")
            && (name == Some("store") || named.to.first().is_some_and(|module| module == "store"))
    };
    let complaint = |named: &Named| {
        format!(
            "{}:{}: `{}` names the store in http/. A handler calls a use case in app/ and shows the \
             domain type that it returns.",
            named.file, named.line, named.text
        )
    };
    found.paths.iter().filter(names_store).map(complaint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, folder: &str, dependency: &str) -> Package {
        Package { name: name.into(), folder: folder.into(), dependencies: vec![dependency.into()] }
    }

    #[test]
    fn wrong_arrows_are_found_and_right_ones_are_not() {
        for (name, folder, dependency) in [
            ("booking", "libs/booking", "tokio"),
            ("slot", "services/slot", "identity"),
            ("auth", "libs/auth", "identity"),
        ] {
            assert_eq!(
                dependencies(&package(name, folder, dependency)).len(),
                1,
                "{name} -> {dependency}"
            );
        }
        for (name, folder, dependency) in [
            ("booking", "libs/booking", "calendar"),
            ("slot", "services/slot", "messaging"),
            ("fairtermin", "services/fairtermin", "slot"),
        ] {
            assert!(dependencies(&package(name, folder, dependency)).is_empty());
        }
    }

    #[test]
    fn the_database_library_is_only_allowed_below_store() {
        let at = |file: &str| Import { file: file.into(), line: 3, text: "use sea_orm::X;".into() };
        assert!(
            import(&at("services/slot/src/app/confirm.rs"))
                .unwrap()
                .contains("store/<aggregate>.rs")
        );
        assert!(import(&at("services/slot/src/store/bookings.rs")).is_none());
        assert!(import(&at("libs/store/src/connect.rs")).is_none());
    }
}
