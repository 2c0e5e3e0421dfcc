//! Where log lines go and what they look like.

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// What log lines look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, for production.
    Json,
    /// Short lines for a terminal.
    Text,
}

/// Sends logs to standard error. `RUST_LOG` decides how much; without it, `default_filter` does
/// (for example `info`). Only the first call in a process has an effect.
pub fn init(format: Format, default_filter: &str) {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default_filter));
    let registry = tracing_subscriber::registry().with(filter);
    let lines = fmt::layer().with_writer(std::io::stderr).with_target(true);
    let installed = match format {
        Format::Json => registry.with(lines.json().flatten_event(true)).try_init(),
        Format::Text => registry.with(lines.compact()).try_init(),
    };
    // A second call happens when several services share a process; they share the log as well.
    drop(installed);
}
