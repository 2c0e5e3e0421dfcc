//! What can be wrong with settings.
//!
//! A service that cannot read its settings does not start; the message is all that the operator
//! sees in the pod's log. So each message says where, what and, where serde knows it, what is
//! allowed. Secrets are never repeated (see [`Secret`](crate::Secret)).

/// Settings cannot be used. The message is meant for the person who wrote them.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is missing or may not be read.
    #[error("{source_name}: cannot be read: {cause}")]
    Unreadable {
        /// The file.
        source_name: String,
        /// What the operating system says.
        #[source]
        cause: std::io::Error,
    },
    /// The text is not YAML at all.
    #[error("{source_name}: not valid YAML: {reason}")]
    NotYaml {
        /// The file.
        source_name: String,
        /// What the parser says, with line and column.
        reason: String,
    },
    /// A value is missing, unknown or not allowed.
    #[error("{source_name}: {}{reason}", prefix(path))]
    Invalid {
        /// The file.
        source_name: String,
        /// Where in the file, for example `database.url`; `.` for the whole.
        path: String,
        /// What stands there and what is allowed.
        reason: String,
    },
}

/// A mistake of the whole document has no path to show.
fn prefix(path: &str) -> String {
    if path == "." { String::new() } else { format!("{path}: ") }
}
