//! Where log lines go and what they look like.
//!
//! Lines go to standard error; collecting and keeping them is the platform's work (The
//! Twelve-Factor App, XI). JSON lines are flat: `level`, `timestamp`, `message`, the fields of the
//! event, then `trace_id`, `request_id` and `method`.
//!
//! Rules for what is logged: the fault, the id concerned, what follows. No names, addresses, tokens
//! or paths with ids. Field names carry their unit (`duration_ms`).

use std::fmt;

use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::{
    filter::{Targets, filter_fn},
    fmt::{
        FmtContext, FormatEvent, FormatFields,
        format::{self, Writer},
        layer,
    },
    layer::SubscriberExt as _,
    registry::LookupSpan,
    util::SubscriberInitExt as _,
};

use crate::current::Current;

/// What log lines look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, for production. Times are in UTC (RFC 3339).
    Json,
    /// Short lines for a terminal, in colour unless `NO_COLOR` is set to something (no-color.org).
    Text,
}

/// Where an address of a database is written, which may hold a password: the driver of PostgreSQL names
/// parts that it does not know, and the span of SeaORM in which it connects has the whole.
const NEVER_LOGGED: [&str; 2] = ["sqlx_postgres::options", "sea_orm::driver"];
/// The driver of the broker writes its address with the password, the answer to its log-in and messages at
/// the lowest level.
const NEVER_TRACED: [&str; 2] = ["amq_protocol", "lapin"];

/// Sends logs to standard error. `RUST_LOG` decides how much (`info`, or by module
/// `info,slot::http=debug`); without it, or if it cannot be read, `default_filter` does. Only the
/// first call in a process has an effect.
///
/// A malformed filter is ignored and not an error: a service must not fail to start for its log
/// level. With both unreadable nothing is logged.
pub fn init(format: Format, default_filter: &str) {
    let given = std::env::var("RUST_LOG").ok();
    let registry = filtered(given.as_deref(), default_filter);
    let lines = layer().with_writer(std::io::stderr);
    let installed = match format {
        Format::Json => {
            let event = InContext { event: format::json().flatten_event(true), write: into_json };
            registry.with(lines.json().event_format(event)).try_init()
        }
        Format::Text => {
            let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let event = format::format().compact().with_ansi(!plain);
            registry.with(lines.event_format(InContext { event, write: after_text })).try_init()
        }
    };
    // A second call happens when several services share a process; they share the log as well.
    drop(installed);
}

/// Adds to an event which request was being answered, and its trace. A span around each request
/// would do the same, but its fields are written whether or not anything is logged.
///
/// The line is written by the usual formatter first and the fields are inserted at its end, so both
/// forms look as their readers expect.
struct InContext<F> {
    /// The formatter of the chosen form.
    event: F,
    /// Writes them into a line that ends with a line break.
    write: fn(&mut String, &Current),
}

impl<S, N, F> FormatEvent<S, N> for InContext<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut line = String::new();
        self.event.format_event(context, Writer::new(&mut line), event)?;
        Current::look(|current| (self.write)(&mut line, current));
        writer.write_str(&line)
    }
}

/// Before the closing brace. Ids are hexadecimal or checked before, so nothing needs escaping.
fn into_json(line: &mut String, current: &Current) {
    if let Some(end) = line.rfind('}') {
        let mut fields = format!(r#","trace_id":"{}""#, current.trace.trace_id());
        if let Some(request) = &current.request {
            let (id, method) = (request.id(), request.method);
            fields += &format!(r#","request_id":"{id}","method":"{method}""#);
        }
        line.insert_str(end, &fields);
    }
}

/// At the end of the line, before its line break.
fn after_text(line: &mut String, current: &Current) {
    let mut fields = format!(" trace_id={}", current.trace.trace_id());
    if let Some(request) = &current.request {
        fields += &format!(" request_id={} method={}", request.id(), request.method);
    }
    line.insert_str(line.trim_end().len(), &fields);
}

/// What is logged: as `given` says, else as the default does, but never an address with a password,
/// however exactly `given` asks for it.
fn filtered(
    given: Option<&str>,
    default_filter: &str,
) -> impl Subscriber + for<'a> LookupSpan<'a> + use<> {
    let given = given.and_then(|text| text.parse::<Targets>().ok());
    let filter = given.or_else(|| default_filter.parse().ok()).unwrap_or_default();
    tracing_subscriber::registry().with(filter).with(filter_fn(has_no_address))
}

/// Whether a line may be logged: some libraries write addresses and queries into theirs, and these
/// may hold personal data or secrets. No filter of an operator brings them back.
fn has_no_address(metadata: &Metadata<'_>) -> bool {
    let is_of =
        |targets: &[&str]| targets.iter().any(|target| metadata.target().starts_with(target));
    if is_of(&NEVER_LOGGED) {
        return false;
    }
    *metadata.level() != Level::TRACE || !is_of(&NEVER_TRACED)
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use actix_web::http::header::HeaderValue;

    use super::*;
    use crate::{TraceContext, current::Request};

    /// What was written.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn no_part_of_an_address_is_logged_whatever_is_asked_for() {
        let exactly = [
            "info,sqlx_postgres::options::parse=trace",
            "sea_orm::driver::sqlx_postgres=trace,amq_protocol_tcp=trace",
        ]
        .join(",");
        for given in [None, Some("trace"), Some("info,sqlx_postgres=trace"), Some(&*exactly)] {
            let written = Written::default();
            let writer = written.clone();
            let lines = layer().with_writer(move || writer.clone());
            tracing::subscriber::with_default(filtered(given, "info").with(lines), || {
                // As SeaORM does it while it connects.
                let options = "postgres://slot:geheim@db/slot";
                let span = tracing::trace_span!(
                    target: "sea_orm::driver::sqlx_postgres",
                    "connect",
                    options
                );
                span.in_scope(|| tracing::info!(target: "slot::http", "connecting"));
                tracing::warn!(target: "sqlx_postgres::options::parse", "unknown: geheim");
                tracing::trace!(target: "amq_protocol_tcp", uri = "geheim", "Connecting.");
            });
            let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
            assert!(text.contains("connecting") && !text.contains("geheim"), "{given:?}: {text}");
        }
    }

    #[tokio::test]
    async fn a_line_names_the_request_that_is_being_answered_and_its_trace() {
        let write = |write: fn(&mut String, &Current), line: &str| {
            let mut line = line.to_owned();
            Current::look(|current| write(&mut line, current));
            line
        };
        let request = Request { id: HeaderValue::from_static("abc-1"), method: "GET" };
        let trace = TraceContext::step(None, 0xA);
        let id = "0000000000000000000000000000000a";
        let answering = async {
            let json = write(into_json, "{\"level\":\"INFO\",\"message\":\"}\"}\n");
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!((&json["request_id"], &json["method"]), (&"abc-1".into(), &"GET".into()));
            assert_eq!((&json["trace_id"], &json["message"]), (&id.into(), &"}".into()));
            let text = write(after_text, "INFO done\n");
            assert_eq!(text, format!("INFO done trace_id={id} request_id=abc-1 method=GET\n"));
        };
        Current { request: Some(request), trace }.scope(answering).await;
        let handling = async {
            assert_eq!(write(after_text, "INFO sent\n"), format!("INFO sent trace_id={id}\n"));
        };
        trace.scope(handling).await;
        assert_eq!(write(after_text, "INFO alone\n"), "INFO alone\n");
    }
}
