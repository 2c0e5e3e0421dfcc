//! The values files, with comments for whoever edits them.

use aws_lc_rs::digest;

use super::{
    answers::Answers,
    template::{fill, quoted, slug},
};
use crate::arguments::{LogIn, WayIn};

/// What the authority offers.
pub fn authority(answers: &Answers) -> String {
    fill(include_str!("authority.yaml"), &words(answers))
}

/// The platform.
pub fn platform(answers: &Answers) -> String {
    let mut words = words(answers);
    let provider = fill(provider(answers.log_in), &words);
    words.push(("PROVIDER", provider.trim_end().to_owned()));
    for (word, service, host) in [
        ("IDENTITY_WAY", "identity", &answers.identity_host),
        ("PORTAL_WAY", "portal", &answers.portal_host),
    ] {
        let own = [("SERVICE", service.to_owned()), ("HOST", host.clone())];
        let way = fill(way_in(answers.way_in), &own);
        words.push((word, way.trim_end().to_owned()));
    }
    fill(include_str!("platform.yaml"), &words)
}

/// What to do next.
pub fn next(answers: &Answers) -> String {
    let mut words = words(answers);
    let needs = fill(way_needs(answers.way_in), &words);
    words.push(("WAY_NEEDS", needs.trim_end().to_owned()));
    fill(include_str!("next.md"), &words)
}

/// The name of a release's objects for one service, as the chart makes it
/// (`templates/_names.tpl`).
pub fn object_name(release: &str, role: &str) -> String {
    let base = if release.contains("fairtermin") {
        release.to_owned()
    } else {
        format!("{release}-fairtermin")
    };
    if base.len() <= 32 {
        return format!("{base}-{role}");
    }
    let digest = digest::digest(&digest::SHA256, base.as_bytes());
    let hash: String = digest.as_ref().iter().take(3).map(|byte| format!("{byte:02x}")).collect();
    let start: String = base.chars().take(25).collect();
    format!("{}-{hash}-{role}", start.trim_end_matches('-'))
}

fn provider(log_in: LogIn) -> &'static str {
    match log_in {
        LogIn::BundId => include_str!("bund-id.yaml"),
        LogIn::EId => include_str!("e-id.yaml"),
        LogIn::Keycloak => include_str!("keycloak.yaml"),
    }
}

fn way_in(way_in: WayIn) -> &'static str {
    match way_in {
        WayIn::Gateway => include_str!("gateway.yaml"),
        WayIn::Ingress => include_str!("ingress.yaml"),
    }
}

/// The namespace from which requests come in, until the admin writes another one.
fn way_namespace(way_in: WayIn) -> &'static str {
    match way_in {
        WayIn::Gateway => "gateways",
        WayIn::Ingress => "ingress",
    }
}

/// What makes the way in, for the list of what to do next.
fn way_needs(way_in: WayIn) -> &'static str {
    match way_in {
        WayIn::Gateway => include_str!("gateway.md"),
        WayIn::Ingress => include_str!("ingress.md"),
    }
}

/// The provider's name in addresses.
fn provider_id(log_in: LogIn) -> &'static str {
    match log_in {
        LogIn::BundId => "bundid",
        LogIn::EId => "eid",
        LogIn::Keycloak => "konto",
    }
}

fn words(answers: &Answers) -> Vec<(&'static str, String)> {
    let id = answers.authority.to_string();
    vec![
        ("SCHEMA", "values.schema.json".to_owned()),
        ("NAME", answers.name.clone()),
        ("QUOTED_NAME", quoted(&answers.name)),
        ("FILE", answers.file()),
        ("RELEASE", id.clone()),
        ("SLOT", object_name(&id, "slot")),
        ("ID", id),
        ("IDENTITY_URL", format!("https://{}", answers.identity_host)),
        ("IDENTITY_HOST", answers.identity_host.clone()),
        ("PORTAL_URL", format!("https://{}", answers.portal_host)),
        ("PORTAL_HOST", answers.portal_host.clone()),
        ("SERVICE_ID", slug(&answers.service)),
        ("SERVICE_NAME", quoted(&answers.service)),
        ("LOCATION_ID", slug(&answers.location)),
        ("LOCATION_NAME", quoted(&answers.location)),
        ("STREET", quoted(&answers.street)),
        ("POSTAL_CODE", quoted(&answers.postal_code)),
        ("CITY", quoted(&answers.city)),
        ("STATE", answers.state.to_string()),
        ("DESKS", answers.desks.to_string()),
        ("PUBLIC_DESKS", answers.desks.saturating_sub(1).max(1).to_string()),
        ("MAIL_FROM", quoted(&answers.mail_from)),
        ("SMTP_HOST", answers.smtp_host.clone()),
        ("ISSUER", answers.issuer.clone()),
        ("STAFF_ISSUER", answers.staff_issuer.clone()),
        ("PROVIDER_ID", provider_id(answers.log_in).to_owned()),
        ("WAY_NAMESPACE", way_namespace(answers.way_in).to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same names as in `e2e/tests/it/chart/clusters.rs`, where Helm makes them.
    #[test]
    fn objects_are_named_as_the_chart_names_them() {
        assert_eq!(object_name("lea", "slot"), "lea-fairtermin-slot");
        assert_eq!(
            object_name("landesamt-fuer-einwanderung-berlin", "slot"),
            "landesamt-fuer-einwanderu-21b37e-slot"
        );
    }
}
