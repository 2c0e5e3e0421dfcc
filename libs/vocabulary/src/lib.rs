//! The words that services, contracts and settings share, each once.
//!
//! A word is an enum with its texts beside it: the one of JSON, of the database and of addresses.
//! Consumers match without a catch-all, so that a new variant breaks their build until each of them
//! handles it.
//!
//! To add a variant, add it to the enum and its text, and follow the compiler.
//!
//! | word | file |
//! |---|---|
//! | how surely a person proved who they are | `trust_level.rs` |
//! | how a booking stands, and what the desk does with it | `booking_status.rs`, `desk_action.rs` |
//! | events that agencies follow | `event_kind.rs` |
//! | languages that we ship, and those that an installation can add | `language.rs`, `further_language.rs` |
//! | names of authorities and schemas in tokens and events | `urn.rs` |

mod booking_status;
mod desk_action;
mod event_kind;
mod further_language;
mod language;
mod trust_level;
mod urn;

pub use booking_status::{BookingStatus, UnknownStatus};
pub use desk_action::{DeskAction, UnknownDeskAction};
pub use event_kind::{EventKind, UnknownEventKind};
pub use further_language::FurtherLanguage;
pub use language::{Language, UnknownLanguage};
pub use trust_level::{TrustLevel, UnknownTrustLevel};
pub use urn::{authority_of, schema_urn_of, urn_of};
