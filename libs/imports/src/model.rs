//! What an authority offers, as another system says it. Neutral: it knows no format.
//!
//! Readers fill it in, [`values`](crate::values()) writes it. Keys are those of the other system.
//!
//! Nothing here is checked against the rules of a catalogue: what is written from it is read by
//! `fairtermin check` like any other values file. Texts are plain, without HTML; days and times of
//! day are local (Europe/Berlin).

use std::collections::BTreeMap;

use calendar::{ClosedTimes, Exception, FederalState, Grid, OpeningRule};
use jiff::civil::Date;

use crate::words::Words;

/// What an authority offers.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    /// Its name, if the source has one.
    pub name: Option<String>,
    /// How people reach it.
    pub contact: Contact,
    /// Minutes for which a seat is kept while a person decides.
    ///
    /// 1 to 60, so that a catalogue takes it.
    pub hold_minutes: Option<u16>,
    /// Services by the source's key.
    pub services: BTreeMap<String, Service>,
    /// Places by the source's key.
    pub places: BTreeMap<String, Place>,
    /// The state whose public holidays are closed; without one that of a catalogue that names none.
    pub holidays: Option<FederalState>,
    /// Days on which all places are closed, with the reason.
    pub closures: BTreeMap<Date, String>,
}

/// How people reach an authority.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// Telephone number.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Web page.
    pub web: Option<String>,
}

/// A page with the day on which it was read or changed.
///
/// People read it beside a fact ("as of ..."), and admins find by it what is out of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// A day, a month or a year.
    pub as_of: String,
}

/// A form to bring or to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What it is called.
    pub name: Words,
    /// Where it is.
    pub url: String,
}

/// What people come for.
#[derive(Debug, Clone, Default)]
pub struct Service {
    /// Its id among ours.
    pub id: String,
    /// Number in the service catalogue.
    pub number: Option<String>,
    /// LeiKa key.
    ///
    /// Fourteen digits, the same in all of Germany: by it, texts of another source find their
    /// service. LeiKa is the common catalogue of public services.
    pub leika: Option<String>,
    /// What it is called.
    pub name: Words,
    /// A sentence about it.
    pub description: Option<Words>,
    /// What must be so before one comes.
    pub prerequisites: Vec<Words>,
    /// What to bring.
    pub documents: Vec<Words>,
    /// Forms.
    pub forms: Vec<Form>,
    /// What it costs.
    ///
    /// Only carried over with a `page`, where people can look it up.
    pub fee: Option<Words>,
    /// How long it takes until people have it.
    pub duration: Option<Words>,
    /// Where it is done without a visit.
    pub online: Option<String>,
    /// The page that all of this is from.
    pub page: Option<Page>,
    /// What people type.
    ///
    /// Synonyms, everyday words, abbreviations.
    pub keywords: Keywords,
    /// The name of its topic.
    pub group: Option<String>,
    /// Slots of one visit.
    ///
    /// `None` if the source does not say it; the catalogue then has one.
    pub slots: Option<u16>,
    /// How many people may come together.
    pub max_people: Option<u16>,
    /// Hours before the visit at which people are reminded.
    pub remind_hours_before: Option<u32>,
    /// Where it stood in the source.
    pub notes: Vec<String>,
}

/// What people type, by language.
pub type Keywords = BTreeMap<vocabulary::Language, Vec<String>>;

/// Where something is, by post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Five digits.
    pub postal_code: String,
    /// City.
    pub city: String,
}

/// A place with desks.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// Its id among ours.
    pub id: String,
    /// Number in the location catalogue.
    pub number: Option<String>,
    /// What it is called.
    pub name: Words,
    /// Where it is. Without one it cannot be carried over.
    pub address: Option<Address>,
    /// What visitors should know.
    ///
    /// For example which entrance to take.
    pub hint: Option<Words>,
    /// How it can be reached without barriers.
    pub access: Option<Words>,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    /// How many desks; `None` if the source does not say it.
    pub desks: Option<u8>,
    /// The step of its day.
    pub grid: Grid,
    /// Days ahead from which and until which it can be booked.
    pub window: Window,
    /// Services by key.
    ///
    /// A key that is not among [`Offer::services`] is left out when it is written.
    pub services: BTreeMap<String, Relation>,
    /// Weekly hours by name.
    pub opening: BTreeMap<String, OpeningRule>,
    /// Hours of single days by name.
    pub exceptions: BTreeMap<String, Exception>,
    /// Closed days with the reason.
    pub closures: BTreeMap<Date, String>,
    /// Time at desks that is taken in the other system.
    pub closed_times: ClosedTimes,
    /// Where it stood in the source.
    pub notes: Vec<String>,
}

/// A booking window; what is not stated has a default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// Days ahead at least.
    ///
    /// 0 is the day itself.
    pub from_days: Option<u16>,
    /// Days ahead at most.
    pub to_days: Option<u16>,
}

/// How a place does a service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Relation {
    /// Slots of one visit here.
    pub slots: u16,
    /// Only staff book it here.
    pub staff_only: bool,
    /// How many people may come together here.
    pub max_people: Option<u16>,
}
