//! Typed identifiers, so that a person cannot be passed where a booking belongs.
//!
//! Two families:
//!
//! * **Names** ([`AuthorityId`], [`LocationId`], [`ServiceId`], [`GroupId`], [`ClientId`]) are
//!   chosen by people in configuration: lower-case letters, digits and hyphens, at most 63
//!   characters (a DNS label, RFC 1123 section 2.1, so that they fit Kubernetes and URLs).
//! * **Handles** ([`BookingId`], [`HoldId`], [`Pseudonym`], ...) are made by programs: a prefix
//!   that tells the kind, an underscore, and 128 bits in lower-case Crockford base 32 (26
//!   characters), for example `bkg_01jdc6nvt8e0pb9s3k1zqk6yzx`. [`mint`](BookingId::mint) puts the
//!   creation time in the first 48 bits (the layout of UUID version 7, RFC 9562 section 5.7), so
//!   that they sort by age.
//!
//! To add a kind of handle, add one line to `handles!` in `handle.rs`.
//!
//! ```
//! use ids::{BookingId, HoldId};
//!
//! let hold = HoldId::from_bits(5);
//! assert_eq!(hold.to_string(), "hld_00000000000000000000000005");
//! assert!(hold.to_string().parse::<BookingId>().is_err(), "a hold is no booking");
//! ```
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | a further kind of handle | one line in `handle.rs`; its prefix is released with the first one that leaves a process |
//! | a further kind of name | `name.rs` |
//! | codes that people read aloud: alphabet and length | `code.rs` |
//! | how 128 bits are written | `base32.rs` |

mod base32;
mod code;
mod handle;
mod name;

pub use code::{BookingCode, CaseCode};
pub use handle::{
    AssignedDateId, AuditId, BookingId, DoubtId, DrawId, EntitlementId, EntryId, EventId,
    HistoryId, HoldId, MessageId, OfferId, PersonId, Pseudonym, QueueTicketId, ReservationId,
    SessionId, StaffId, SubscriptionId, TokenId, WaitingId,
};
pub use name::{AuthorityId, ClientId, GroupId, LocationId, ServiceId};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

/// Why a text is not an identifier of the expected kind. Never repeats the text, which may be
/// a secret.
///
/// Shown to the caller as it is: `not a valid booking id: bkg_ followed by ...`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {kind}: {expected}")]
pub struct InvalidId {
    /// The kind that was expected, for example `booking id`.
    pub kind: &'static str,
    /// What a valid one looks like.
    pub expected: &'static str,
}

/// How an identifier stands in an API's document.
fn string_schema(description: &str, pattern: &str, example: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .pattern(Some(pattern))
        .examples([example])
        .into()
}
