//! What everybody may read of waiting lists, and what a person may read of their own places.

use booking::TrustLevel;
use catalogue::WaitingList;
use ids::{Pseudonym, ServiceId};
use jiff::Timestamp;

use super::{declines_left, join_list::opened_key, rejoin::Rejoin, require_level, wishes};
use crate::{
    app::{AppError, Engine, WantedSeats, seat_request::active_booking},
    domain::waiting::{SeatOffer, WaitingEntry, WaitingStatus},
    store::{
        waiting_days, waiting_declines,
        waiting_entries::{self, Ahead},
        waiting_offers,
    },
};

/// Places in one answer, at most.
const LIMIT: u64 = 50;

/// The list of one service.
#[derive(Debug, Clone)]
pub struct ListLength {
    /// Of which service.
    pub service: ServiceId,
    /// Its rules.
    pub terms: WaitingList,
    /// How many wait.
    pub people: u32,
    /// How many of them staff put in line, for people without online ID.
    pub at_desk: u32,
}

/// Every waiting list.
///
/// # Errors
/// The database does not answer.
pub async fn read_lists(engine: &Engine) -> Result<Vec<ListLength>, AppError> {
    let lengths = waiting_entries::lengths(engine.database.connection()).await?;
    let catalogue = engine.catalogue();
    let lists = catalogue.services().filter_map(|(id, service)| {
        let (people, at_desk) =
            lengths.get(id).map_or((0, 0), |length| (length.people, length.at_desk));
        Some(ListLength { service: id.clone(), terms: service.waiting_list?, people, at_desk })
    });
    Ok(lists.collect())
}

/// A place as its person sees it.
#[derive(Debug, Clone)]
pub struct OwnPlace {
    /// The place.
    pub entry: WaitingEntry,
    /// What they wish, the best first; empty if they are out of the line.
    pub wishes: Vec<WantedSeats>,
    /// The people before them, as long as they are in line.
    pub ahead: Option<Ahead>,
    /// What is offered to them.
    pub offer: Option<SeatOffer>,
    /// The commitment to the key by which the places of their day were drawn.
    pub commitment: String,
    /// The key, once the day is over.
    pub day_key: Option<String>,
    /// How many offers can still be declined before the place is lost.
    pub declines_left: u16,
    /// The place is lost: from when on they can join the list again online, if they cannot now.
    pub again_at: Option<Timestamp>,
}

/// A person's places, the newest first, with those that ended lately. One that was taken by a surer log-in
/// than `level` is not shown.
///
/// # Errors
/// The database does not answer.
pub async fn read_own(
    engine: &Engine,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<Vec<OwnPlace>, AppError> {
    let db = engine.database.connection();
    let mut places = Vec::new();
    for entry in waiting_entries::of_person(db, person, LIMIT).await? {
        if require_level(engine, &entry, level).is_ok() {
            places.push(own_place(engine, entry).await?);
        }
    }
    Ok(places)
}

/// A place with what its person may know of it.
pub(super) async fn own_place(engine: &Engine, entry: WaitingEntry) -> Result<OwnPlace, AppError> {
    let db = engine.database.connection();
    let is_in_line = !matches!(entry.status, WaitingStatus::Booked | WaitingStatus::Ended);
    let ahead = match is_in_line {
        true => Some(waiting_entries::ahead(db, &entry.service, &entry.place).await?),
        false => None,
    };
    let offer = match entry.status {
        WaitingStatus::Offered => waiting_offers::open_of(db, entry.id).await?,
        _ => None,
    };
    let again_at = match entry.status {
        WaitingStatus::Ended => again_at(engine, &entry).await?,
        _ => None,
    };
    let sealed = waiting_days::find(db, entry.place.day).await?;
    let sealed = sealed.ok_or_else(|| AppError::Internal("the key of a day is lost".into()))?;
    let key = opened_key(engine, entry.place.day, &sealed)?;
    let is_over = engine.local_date(engine.now()) > entry.place.day;
    Ok(OwnPlace {
        wishes: wishes(engine, &entry)?,
        ahead,
        offer,
        commitment: key.commitment(),
        day_key: is_over.then(|| key.shown()),
        declines_left: declines_left(engine, &entry),
        again_at,
        entry,
    })
}

/// As joining again would be refused. A place that ended keeps the names that its service and group had then.
async fn again_at(engine: &Engine, entry: &WaitingEntry) -> Result<Option<Timestamp>, AppError> {
    let catalogue = engine.catalogue();
    let service = catalogue.service_now(&entry.service).unwrap_or(&entry.service);
    let group = catalogue.service(service).map_or(&entry.group, |known| &known.group);
    let booked = active_booking(engine, entry.person, group).await?;
    let rule = Rejoin::of(&catalogue, service, booked.is_some(), engine.now());
    let Some(rule) = rule else { return Ok(None) };
    let db = engine.database.connection();
    let declined = waiting_declines::since(db, entry.person, &rule.names, rule.since).await?;
    Ok(rule.again_at(declined.lost_at))
}
