//! What an authority offers, typed: services, places, opening hours.
//!
//! An admin writes it in a Helm values file under `catalogue:`; [`Catalogue::parse`] reads and
//! validates it, [`schema()`] describes it to editors and to Helm.
//!
//! The path of a values file: `overlay` lays several files over each other, `parse` reads them
//! into structs (`authority`, `service`, `location`, `text`, `stated`), `misread` says everything that
//! does not fit (by serde and by the schema, `conform`), `validate` refuses contradictions, `check`
//! remarks on what is probably not meant. A [`Catalogue`] then answers:
//! what does a visit need ([`Catalogue::visit`]), what is open ([`Catalogue::day_plan`]), what
//! is an old id called now ([`Catalogue::location_now`] and its like).
//!
//! Before a change goes live: [`preview`] (what it yields), [`edits()`] (what was changed),
//! [`changes()`] and [`start_changes`] (what is gained and lost), [`conflicts`] (what it does to bookings). All of it is pure; reading files, carrying
//! a change out and answering requests is for the services.
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | a key of a service | `service.rs`; its bounds in `validate/mod.rs`, its text in `check/texts.rs` if people read it |
//! | a key of a location | `location.rs`, `validate/location.rs` |
//! | how long a visit takes, who may do it where | `visit.rs` |
//! | whose public holidays are closed | `holidays.rs`; the days are in `libs/calendar` |
//! | draws, waiting lists, dates that the office gives | `draw.rs`, `waiting_list.rs`, `assignment.rs`, and the file of the same name in `validate/` |
//! | a mistake that makes a catalogue unusable | `validate/`: refused, the values before stay in force |
//! | a mistake that an admin should hear of | `check/`: a finding or a note; the catalogue is used |
//! | a better sentence about a value of the wrong kind | `conform/words.rs` |
//! | what an editor and Helm know of a key | the doc comment of its field; `schema.rs` makes the schema of it |
//! | renaming without losing bookings | `successor.rs` (`formerly`), `impact/` |
//! | what `fairtermin preview` prints | `preview/render.rs` (text, JSON), `preview/page.rs` (HTML), `preview/why.rs` (reasons) |
//! | what a change does to what is booked | `impact/obstacle.rs` (what is in the way), `impact/report.rs` (the list) |
//!
//! A doc comment of a field of the catalogue is read by admins, in VALUES.md and in their editors.
//! After a change of one run `make schema` and `e2e/chart/test.sh --update`.

mod assignment;
mod authority;
mod catalogue;
mod changes;
mod check;
mod conform;
mod draw;
mod edits;
mod form;
mod holidays;
mod impact;
mod json;
mod keywords;
mod location;
mod misread;
mod nearest;
mod overlay;
mod parse;
mod position;
pub mod preview;
mod schema;
mod service;
mod starts;
mod stated;
mod successor;
mod text;
mod validate;
mod visit;
mod waiting_list;

pub use assignment::Assignment;
pub use authority::{AlonePerDay, Authority, Contact, Group};
pub use booking::rules::Finding;
pub use catalogue::Catalogue;
pub use changes::{DayChange, Difference, changes, changes_table};
pub use check::{Dated, check, check_on};
pub use conform::{NO_SUCH_KEY, Place, conform};
pub use draw::{
    DrawQuota, DrawSchedule, Entrants, EntryChannel, ScheduledDraw, Weekday, declined_limit,
    default_keep_days,
};
pub use edits::{Edit, EditKind, edits};
pub use form::Form;
pub use holidays::Holidays;
pub use impact::{
    Affected, Blocker, Carried, Impact, Names, Obstacle, Reserved, Unmatched, conflicts,
    reserved_by, unmatched,
};
pub use json::json;
pub use keywords::{InvalidKeywords, Keywords};
pub use location::{Address, Location, Offered};
pub use nearest::nearest;
pub use overlay::{overlay, without_null};
pub use parse::{CatalogueError, line, read, values};
pub use position::{InvalidPosition, Position};
pub use schema::{schema, values_schema};
pub use service::{Allocation, Release, Service};
pub use starts::{StartChange, start_changes, starts_table};
pub use stated::{AsOf, InvalidAsOf, Online, Source, Stated};
pub use text::{InvalidTexts, Texts};
pub use visit::{Visit, VisitError};
pub use waiting_list::{StandBy, WaitingList, is_night};
