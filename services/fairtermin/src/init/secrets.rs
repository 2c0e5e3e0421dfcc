//! The Secrets that the chart reads, with keys that are made here and are nowhere else.

use std::fmt::Write as _;

use ambient::Entropy;
use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};

use super::{answers::Answers, template::quoted, values::object_name};
use crate::{command_error::CommandError, signing_keys};

/// The namespace and release of the platform.
const PLATFORM: &str = "platform";

const HEAD: &str = "\
# The Secrets of the platform and of one authority. `fairtermin init` made the keys once: they are
# nowhere else. Replace CHANGE-ME, then:
#
#   kubectl apply -f secrets.yaml
#
# Put this file into a vault and delete it here. Never change person-key: every person would become a
# stranger. Without data-key, person-data-key or contact-key what they encrypted is lost, without log-key the
# public log cannot go on.
";

/// One manifest per Secret.
pub fn manifests(answers: &Answers, entropy: &dyn Entropy) -> Result<String, CommandError> {
    let key = || BASE64_STANDARD.encode(entropy.bytes::<32>());
    let secret = BASE64_URL_SAFE_NO_PAD.encode(entropy.bytes::<32>());
    let contact = key();
    let id = answers.authority.to_string();
    let bus = || "amqp://fairtermin:CHANGE-ME@rabbitmq.platform.svc:5672/%2f".to_owned();
    let change = || "CHANGE-ME".to_owned();
    let identity = [
        ("database-url", database(PLATFORM, "identity")),
        ("bus-url", bus()),
        ("person-key", key()),
        ("data-key", key()),
        ("contact-key", contact.clone()),
        ("signing-key", signing_keys::new_set()?),
        ("portal-client-secret", secret.clone()),
        ("citizen-client-secret", change()),
        ("staff-client-secret", change()),
    ];
    let notification = [
        ("database-url", database(PLATFORM, "notification")),
        ("bus-url", bus()),
        ("contact-key", contact),
        ("data-key", key()),
        ("smtp-password", change()),
    ];
    let portal = [("session-key", key()), ("client-secret", secret)];
    let slot = [
        ("database-url", database(&id, "slot")),
        ("bus-url", bus()),
        ("hold-token-key", key()),
        ("person-data-key", key()),
        ("log-key", key()),
    ];
    let mut text = HEAD.to_owned();
    add(&mut text, PLATFORM, "identity", &identity);
    add(&mut text, PLATFORM, "notification", &notification);
    add(&mut text, PLATFORM, "portal", &portal);
    add(&mut text, &id, "slot", &slot);
    Ok(text)
}

/// Each service has a database of its own.
fn database(namespace: &str, name: &str) -> String {
    format!("postgres://{name}:CHANGE-ME@postgres.{namespace}.svc:5432/{name}")
}

/// A release is called as its namespace.
fn add(text: &mut String, release: &str, role: &str, keys: &[(&str, String)]) {
    let name = object_name(release, role);
    let _ = write!(
        text,
        "---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: {release}}}\n\
         stringData:\n"
    );
    for (key, value) in keys {
        let _ = writeln!(text, "  {key}: {}", quoted(value));
    }
}
