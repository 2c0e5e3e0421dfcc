//! Where log lines go and what they look like.

use tracing_subscriber::{
    filter::Targets, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// What log lines look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, for production.
    Json,
    /// Short lines for a terminal.
    Text,
}

/// Sends logs to standard error. `RUST_LOG` decides how much (`info`, or by module
/// `info,slot::http=debug`); without it, or if it cannot be read, `default_filter` does. Only the
/// first call in a process has an effect.
pub fn init(format: Format, default_filter: &str) {
    let given = std::env::var("RUST_LOG").ok().and_then(|text| text.parse::<Targets>().ok());
    let filter = given.or_else(|| default_filter.parse().ok()).unwrap_or_default();
    let registry = tracing_subscriber::registry().with(filter);
    let lines = fmt::layer().with_writer(std::io::stderr).with_target(true);
    let installed = match format {
        Format::Json => registry.with(lines.json().flatten_event(true)).try_init(),
        Format::Text => registry.with(lines.compact()).try_init(),
    };
    // A second call happens when several services share a process; they share the log as well.
    drop(installed);
}
