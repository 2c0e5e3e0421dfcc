//! Which trace a piece of work belongs to, as the W3C's Trace Context tells it.
//!
//! `traceparent` has four fields: version, trace id (16 bytes), parent id (8 bytes) and flags, as
//! hexadecimal digits: `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`. We read it, write
//! it and hand it on; we do not sample, and `tracestate` is not forwarded, as none of ours has any.

use std::{fmt, num::NonZero, str::FromStr};

/// The header of a request that names its trace.
///
/// In lower case, as the specification writes it; events carry it under the same name (CloudEvents,
/// distributed tracing extension).
pub const TRACEPARENT: &str = "traceparent";

/// What a `traceparent` says: from one request of a browser to the last e-mail, all log lines share
/// its trace id. Holds numbers only, no personal data.
///
/// Source: <https://www.w3.org/TR/trace-context/>, version 00.
///
/// ```
/// use telemetry::TraceContext;
///
/// let given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
/// let trace: TraceContext = given.parse().unwrap();
/// assert_eq!(trace.trace_id(), "0af7651916cd43dd8448eb211c80319c");
/// assert_eq!(trace.to_string(), given);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceContext {
    /// Of all that belongs together. Zero is not allowed by the specification, and not by the type.
    trace: NonZero<u128>,
    /// The step that this one was caused by, or is; zero is not allowed.
    parent: NonZero<u64>,
    /// Whether the one who began the trace records it.
    sampled: bool,
}

/// The text is no `traceparent`.
///
/// There is nothing to say to the caller: a request without a valid trace begins one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTraceContext;

impl TraceContext {
    /// The next step of the trace that `parent` names, or the first one of a new trace. `number` is
    /// one that no other step has.
    ///
    /// `number` becomes the trace id of a new trace, and its lower half the id of the step. The
    /// `sampled` flag is inherited and never set by us.
    pub(crate) fn step(parent: Option<Self>, number: u128) -> Self {
        let low = u64::try_from(number & u128::from(u64::MAX)).expect("64 bits");
        Self {
            trace: parent
                .map_or(NonZero::new(number).unwrap_or(NonZero::<u128>::MIN), |it| it.trace),
            parent: NonZero::new(low).unwrap_or(NonZero::<u64>::MIN),
            sampled: parent.is_some_and(|parent| parent.sampled),
        }
    }

    /// The trace id, 32 hexadecimal digits, as log lines name it.
    ///
    /// An operator searches for it across the logs of all services.
    #[must_use]
    pub fn trace_id(&self) -> String {
        format!("{:032x}", self.trace)
    }
}

impl fmt::Display for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.trace, self.parent, u8::from(self.sampled))
    }
}

impl FromStr for TraceContext {
    type Err = InvalidTraceContext;

    /// Lower case digits only, exact lengths, no zeros. A later version than 00 is read by its
    /// first four fields ("Versioning of traceparent").
    fn from_str(text: &str) -> Result<Self, InvalidTraceContext> {
        let mut fields = text.split('-');
        let mut field = |digits: usize| {
            let field = fields.next().filter(|field| field.len() == digits)?;
            let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            field.bytes().all(is_hex).then_some(field)
        };
        let mut parse = || {
            let version = field(2)?;
            let trace = NonZero::new(u128::from_str_radix(field(32)?, 16).ok()?)?;
            let parent = NonZero::new(u64::from_str_radix(field(16)?, 16).ok()?)?;
            let flags = u8::from_str_radix(field(2)?, 16).ok()?;
            Some((version, Self { trace, parent, sampled: flags & 1 == 1 }))
        };
        let (version, context) = parse().ok_or(InvalidTraceContext)?;
        // Later versions may append fields; ff is none.
        let ends_here = fields.next().is_none();
        match version {
            "00" if ends_here => Ok(context),
            "00" | "ff" => Err(InvalidTraceContext),
            _ => Ok(context),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carry;

    const GIVEN: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_traceparent_is_read_as_it_is_written() {
        let context: TraceContext = GIVEN.parse().unwrap();
        assert_eq!(context.to_string(), GIVEN);
        assert_eq!(context.trace_id(), "0af7651916cd43dd8448eb211c80319c");
        let later = "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes";
        assert_eq!(later.parse(), Ok(context));
    }

    #[test]
    fn what_the_specification_forbids_is_no_traceparent() {
        for text in [
            "",
            "00",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-+af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ] {
            assert_eq!(text.parse::<TraceContext>(), Err(InvalidTraceContext), "{text}");
        }
    }

    #[test]
    fn a_step_keeps_the_trace_and_has_a_number_of_its_own() {
        let given: TraceContext = GIVEN.parse().unwrap();
        let next = TraceContext::step(Some(given), 7);
        assert_eq!(next.to_string(), "00-0af7651916cd43dd8448eb211c80319c-0000000000000007-01");
        let first = TraceContext::step(None, 0);
        assert_eq!(first.to_string().parse(), Ok(first), "also from an unlucky number");
    }

    #[tokio::test]
    async fn work_that_is_spawned_is_carried_on_in_the_same_trace() {
        let given: TraceContext = GIVEN.parse().unwrap();
        let spawning = async {
            let alone = tokio::spawn(async { TraceContext::current() });
            let carried = tokio::spawn(carry(async { TraceContext::current() }));
            (alone.await.unwrap(), carried.await.unwrap())
        };
        assert_eq!(given.scope(spawning).await, (None, Some(given)));
        assert_eq!(TraceContext::current(), None);
    }
}
