//! The values files, with comments for whoever edits them.

use super::{
    answers::Answers,
    template::{fill, quoted, slug},
};
use crate::arguments::LogIn;

/// What the authority offers.
pub fn authority(answers: &Answers) -> String {
    fill(include_str!("authority.yaml"), &words(answers))
}

/// The platform.
pub fn platform(answers: &Answers) -> String {
    let mut words = words(answers);
    let provider = fill(provider(answers.log_in), &words);
    words.push(("PROVIDER", provider.trim_end().to_owned()));
    fill(include_str!("platform.yaml"), &words)
}

/// What to do next.
pub fn next(answers: &Answers) -> String {
    fill(include_str!("next.md"), &words(answers))
}

/// The name of a release's objects for one service, as the chart makes it
/// (`templates/_names.tpl`).
pub fn object_name(release: &str, role: &str) -> String {
    let base = if release.contains("fairtermin") {
        release.to_owned()
    } else {
        format!("{release}-fairtermin")
    };
    let base: String = base.chars().take(50).collect();
    format!("{}-{role}", base.trim_end_matches('-'))
}

fn provider(log_in: LogIn) -> &'static str {
    match log_in {
        LogIn::BundId => include_str!("bund-id.yaml"),
        LogIn::EId => include_str!("e-id.yaml"),
        LogIn::Keycloak => include_str!("keycloak.yaml"),
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
        ("DESKS", answers.desks.to_string()),
        ("PUBLIC_DESKS", answers.desks.saturating_sub(1).max(1).to_string()),
        ("MAIL_FROM", quoted(&answers.mail_from)),
        ("SMTP_HOST", answers.smtp_host.clone()),
        ("ISSUER", answers.issuer.clone()),
        ("STAFF_ISSUER", answers.staff_issuer.clone()),
        ("PROVIDER_ID", provider_id(answers.log_in).to_owned()),
    ]
}
