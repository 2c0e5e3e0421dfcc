//! Kubernetes Events: what an admin sees with `kubectl describe` and `kubectl events`.
//!
//! An admin who changed the catalogue looks at the object that they changed, not at our logs. So
//! the answer is written there, as an Event of `events.k8s.io/v1`. The cluster deletes Events after
//! an hour by default: what must be remembered longer belongs in a metric or a page.

use k8s_openapi::api::{core::v1::ObjectReference, events::v1::Event};
use kube::{
    Api,
    api::{ObjectMeta, PostParams},
};

use crate::{Cluster, ClusterError, time::micro_time};

/// The API refuses a longer note: 1024 bytes (`events.k8s.io/v1`, `note`).
const LONGEST_NOTE: usize = 1024;

/// How urgent a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// All is well. `type: Normal`.
    Normal,
    /// An admin should look. `type: Warning`.
    Warning,
}

/// One thing that happened, for admins. No personal data: everybody who may see the namespace may
/// read it.
///
/// `action` and `reason` are for machines, at most 128 characters each; `note` is for people.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// The object that it is about; [`WatchedText::source`](crate::WatchedText::source) is one.
    pub about: &'a ObjectReference,
    /// How urgent it is.
    pub severity: Severity,
    /// What was attempted, in `PascalCase`, for example `ApplyCatalogue`.
    pub action: &'static str,
    /// How it went, in `PascalCase`, for example `CatalogueRefused`.
    pub reason: &'static str,
    /// A sentence that helps. Cut after 1024 bytes.
    pub note: &'a str,
}

impl Cluster {
    /// Publishes a report as an Event in this namespace. Needs the verb `create` on `events` of the
    /// group `events.k8s.io`.
    ///
    /// Each call makes a new Event: say what is news, not the same at each attempt. Reporting is
    /// best effort; nothing waits for it.
    ///
    /// # Errors
    /// If the API server refuses or cannot be reached. The Event is then lost: log the note too.
    pub async fn report(&self, report: &Report<'_>) -> Result<(), ClusterError> {
        let about = report.about.name.as_deref().unwrap_or(&self.component);
        let event = Event {
            metadata: ObjectMeta {
                // Two replicas may report at the same instant: the server makes the name unique.
                generate_name: Some(format!("{about}-")),
                namespace: Some(self.namespace.clone()),
                ..ObjectMeta::default()
            },
            event_time: Some(micro_time(self.clock.now())),
            type_: Some(
                match report.severity {
                    Severity::Normal => "Normal",
                    Severity::Warning => "Warning",
                }
                .to_owned(),
            ),
            action: Some(report.action.to_owned()),
            reason: Some(report.reason.to_owned()),
            note: Some(cut(report.note)),
            regarding: Some(report.about.clone()),
            reporting_controller: Some(format!("fairtermin.de/{}", self.component)),
            reporting_instance: Some(self.instance.clone()),
            ..Event::default()
        };
        Api::<Event>::namespaced(self.client.clone(), &self.namespace)
            .create(&PostParams::default(), &event)
            .await
            .map_err(ClusterError::api(format!("reporting {} about {about}", report.reason)))?;
        Ok(())
    }
}

/// At most [`LONGEST_NOTE`] bytes, cut between characters, with `…` where something is missing.
fn cut(note: &str) -> String {
    if note.len() <= LONGEST_NOTE {
        return note.to_owned();
    }
    let end = note.floor_char_boundary(LONGEST_NOTE - '…'.len_utf8());
    format!("{}…", &note[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_note_is_cut_between_letters() {
        let cut = cut(&"ä".repeat(2000));
        assert!(cut.len() <= LONGEST_NOTE && cut.ends_with("ä…"));
        assert_eq!(super::cut("short"), "short");
    }
}
