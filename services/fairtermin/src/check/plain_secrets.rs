//! Secrets that stand in the values, for everybody to read who may read them: passwords in addresses,
//! private keys, Secrets that come along with the release.

use serde_json::{Map, Value as Json};

use super::{
    environment::{has_password, is_secret},
    remark::Remarks,
};

/// The private members of a key (RFC 7518, section 6; RFC 8037): of curves, of RSA, of a shared secret.
const PRIVATE: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];

/// What a private key in the form of PEM has, whichever it is.
const PEM: &str = "PRIVATE KEY-----";

/// One remark for each secret. Its text is not repeated.
pub fn check(value: &Json, path: &str, said: &mut Remarks<'_>) {
    match value {
        Json::Object(map) if is_kind(map, "Secret") => of_secret(map, path, said),
        Json::Object(map) => {
            private_key(map, path, said);
            if is_kind(map, "ConfigMap") {
                of_config_map(map, path, said);
            }
            // Of variables, `environment` says it.
            for (key, inner) in map.iter().filter(|(key, _)| *key != "env") {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                check(inner, &path, said);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check(item, &format!("{path}[{index}]"), said);
            }
        }
        Json::String(text) if text.contains(PEM) => {
            let problem = "a private key in plain text, which Helm keeps and shows";
            said.error(path, problem, "put it into the Secret, and make a new one: it was shown");
        }
        // A registry is written without scheme.
        Json::String(text) if has_password(text) || is_image(path) && has_user(text) => {
            let problem = "an address with a password in plain text, which Helm keeps and shows";
            said.error(path, problem, "take user and password out, and put them into the Secret");
        }
        Json::String(_) | Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn is_image(path: &str) -> bool {
    path == "image.registry" || path == "image.repository"
}

/// A digest stands behind a sign of its own.
fn has_user(image: &str) -> bool {
    image.split_once('@').is_some_and(|(_, behind)| !behind.starts_with("sha256:"))
}

/// An object of Kubernetes that comes along with the release.
fn is_kind(map: &Map<String, Json>, kind: &str) -> bool {
    map.contains_key("apiVersion") && map.get("kind").is_some_and(|own| own == kind)
}

fn of_secret(map: &Map<String, Json>, path: &str, said: &mut Remarks<'_>) {
    let is_filled =
        |key: &&str| map.get(*key).is_some_and(|all| *all != Json::Null && !is_empty(all));
    if let Some(key) = ["data", "stringData"].into_iter().find(is_filled) {
        let problem = "a Secret with what is in it, which Helm keeps and shows";
        let remedy = "take it out, and give it to `kubectl apply -f` or to a store of secrets";
        said.error(&format!("{path}.{key}"), problem, remedy);
    }
}

fn is_empty(value: &Json) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

/// A ConfigMap is no place for a secret: more people may read it.
fn of_config_map(map: &Map<String, Json>, path: &str, said: &mut Remarks<'_>) {
    for (key, value) in map.get("data").and_then(Json::as_object).into_iter().flatten() {
        if value.as_str().is_some_and(|text| is_secret(key, text) && !has_password(text)) {
            let problem = "a secret in plain text, which Helm keeps and shows";
            said.error(&format!("{path}.data.{key}"), problem, "put it into a Secret");
        }
    }
}

/// Clients state the public part of their keys.
fn private_key(map: &Map<String, Json>, path: &str, said: &mut Remarks<'_>) {
    let is_key = map.get("kty").is_some_and(Json::is_string);
    let is_there = |name: &&str| map.get(*name).is_some_and(|value| !value.is_null());
    if let Some(name) = PRIVATE.into_iter().find(is_there).filter(|_| is_key) {
        let problem = format!("has `{name}`, the private part of a key, for everybody to read");
        let remedy = "write the public part alone, of a new key: this one was shown";
        said.error(path, problem, remedy);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_found_wherever_they_stand_and_public_parts_are_none() {
        let values = json!({
            "clients": [
                {"jwks": {"keys": [{"kty": "EC", "x": "a", "y": "b"}, {"kty": "RSA", "n": "a", "d": "b"}]}},
                {"jwks": {"keys": [{"kty": "oct", "k": "a"}, {"kty": "OKP", "x": "a", "d": null}]}},
            ],
            "extraObjects": {
                "a": {"apiVersion": "v1", "kind": "Secret", "stringData": {"password": "b"}},
                "b": {"apiVersion": "v1", "kind": "Secret", "data": {}},
                "c": {"apiVersion": "v1", "kind": "ConfigMap", "data": {"password": "long", "pages": "20"}},
                "d": {"apiVersion": "bitnami.com/v1", "kind": "SealedSecret", "spec": {"data": "x"}},
            },
            "image": {"registry": "user:password@registry.amt.de", "repository": "fairtermin/a"},
            "key": "-----BEGIN EC PRIVATE KEY-----\nMHc=\n",
            "mail": {"from": "termine@amt.de"},
        });
        let mut said = Remarks::on("f");
        check(&values, "", &mut said);
        let mut paths: Vec<_> = said.found.iter().map(|one| one.finding.path.as_str()).collect();
        paths.sort_unstable();
        assert_eq!(
            paths,
            [
                "clients[0].jwks.keys[1]",
                "clients[1].jwks.keys[0]",
                "extraObjects.a.stringData",
                "extraObjects.c.data.password",
                "image.registry",
                "key",
            ]
        );
        assert!(has_user("user:a@registry.amt.de") && !has_user("fairtermin/a@sha256:5e"));
    }
}
