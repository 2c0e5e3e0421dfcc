//! What the rules must know of a person, gathered once for all services of a visit.
//!
//! Each rule declares its needs; what no rule needs is not looked up.

use auth::Attendee;
use booking::{
    TrustLevel,
    rules::{BirthDate, History, Person},
};
use ids::{BookingId, DoubtId, EntitlementId, Pseudonym};
use jiff::{SignedDuration, Timestamp};

use super::{AppError, Engine, Visit};
use crate::store::{bookings, entitlements, history, merged_persons};

/// What most people are: entitled to what they want, and without a history. The hold store knows of
/// which this is not true.
#[must_use]
pub fn assumed(level: TrustLevel) -> Person {
    Person { level, entitled: true, ..Person::default() }
}

/// What the database knows of the person, as far as the rules of the visit ask.
///
/// Another active booking is not looked for: the hold does that in the step that takes the seat,
/// and the database has the last word.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(
    engine: &Engine,
    visit: &Visit<'_>,
    person: Pseudonym,
    level: TrustLevel,
    replaced: Option<BookingId>,
) -> Result<Facts, AppError> {
    if merged_persons::present(engine.database.connection(), person).await? != person {
        return Err(AppError::PersonMerged);
    }
    at_confirm(engine, visit, person, level, replaced, true).await
}

/// What is known at the confirm.
#[derive(Debug)]
pub struct Facts {
    /// For the rules.
    pub person: Person,
    /// On which the booking will stand, one for each service that asks for one. None if one is missing.
    pub entitlements: Vec<EntitlementId>,
}

/// The same at the confirm. Whether the person was merged is read by the statement that takes the
/// seat, and what they did lately only if the holds say that there is something.
///
/// # Errors
/// The database does not answer.
pub async fn at_confirm(
    engine: &Engine,
    visit: &Visit<'_>,
    person: Pseudonym,
    level: TrustLevel,
    replaced: Option<BookingId>,
    has_history: bool,
) -> Result<Facts, AppError> {
    let needs = visit.needs();
    let entitlements = match needs.entitlement {
        true => entitlements_of(engine, visit, person, replaced).await?,
        false => None,
    };
    let entitled = entitlements.is_some();
    let history = match needs.history {
        Some(window) if has_history => recent(engine, person, window).await?,
        _ => History::default(),
    };
    // An entitled person without an appointment asks for the only date of an application.
    let entitled_only_date = entitled && !visit.is_move();
    let person = Person { level, entitled, entitled_only_date, history, ..Person::default() };
    Ok(Facts { person, entitlements: entitlements.unwrap_or_default() })
}

/// The person with the birth date, if a rule asks for it.
///
/// # Errors
/// The attendee token has none.
pub fn with_birth_date(
    person: Person,
    visit: &Visit<'_>,
    attendee: &Attendee,
) -> Result<Person, AppError> {
    if !visit.needs().birth_date {
        return Ok(person);
    }
    let birth_date: BirthDate = attendee
        .birthdate
        .parse()
        .map_err(|_| AppError::AttendeeInvalid("its birth date cannot be read".to_owned()))?;
    Ok(Person { birth_date: Some(birth_date), ..person })
}

/// The person with what a doubt about their identity allows. It is looked up only for persons in
/// doubt.
///
/// # Errors
/// The database does not answer.
pub async fn with_doubt(
    engine: &Engine,
    person: Person,
    pseudonym: Pseudonym,
    doubt: Option<DoubtId>,
    replaces: Option<BookingId>,
) -> Result<Person, AppError> {
    let Some(doubt) = doubt else { return Ok(person) };
    let db = engine.database.connection();
    let booked_in_doubt = bookings::is_booked_in_doubt(db, pseudonym, doubt, replaces).await?;
    Ok(Person { booked_in_doubt, ..person })
}

/// An entitlement of the person for every service that asks for one, or nothing. The holds remember it,
/// so that the next hold need not ask.
async fn entitlements_of(
    engine: &Engine,
    visit: &Visit<'_>,
    person: Pseudonym,
    replaced: Option<BookingId>,
) -> Result<Option<Vec<EntitlementId>>, AppError> {
    let demanding = visit.demanding_entitlement();
    let db = engine.database.connection();
    let held = entitlements::held_by(db, person, &demanding, replaced, engine.now()).await?;
    for it in &held {
        // If that fails, the next hold asks the database again.
        let _ = engine.holds.note_entitled(person, &it.service, it.valid_until).await;
    }
    let is_all = held.len() == demanding.len();
    Ok(is_all.then(|| held.into_iter().map(|it| it.id).collect()))
}

/// What the person did lately.
async fn recent(
    engine: &Engine,
    person: Pseudonym,
    window: SignedDuration,
) -> Result<History, AppError> {
    let since = engine.now().saturating_sub(window).unwrap_or(Timestamp::MIN);
    let events = history::of_person(engine.database.connection(), person, since).await?;
    Ok(History::new(events))
}
