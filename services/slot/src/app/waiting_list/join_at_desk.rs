//! Staff put a person without online ID into a waiting list.

use ids::ServiceId;

use super::{
    join_list::{JoinList, join_list, subject},
    read_lists::OwnPlace,
    repeat_at_desk::place_before,
    stand_by::StandByDay,
};
use crate::{
    app::{
        AppError, Engine, Once,
        crowded_number::{COMPARED, is_crowded},
        phone_calls::names_of,
        proposal::LaterAct,
        request_at_desk::{About, RequestAtDesk, ask_at_desk},
    },
    store::waiting_entries::phoned,
};

/// Puts the person in line, or changes their place. A person without e-mail is phoned by the location
/// that put them in line (`phone_people.rs`). Whether they have e-mail is identity's word, not staff's. If something new is
/// wanted, a place with other wishes stays as it is.
///
/// # Errors
/// There is neither a number nor a proven address, no reason or no document; it takes a second member of staff (also if many places have this number); the person joined online, or
/// before if the place is to be new; or as [`join_list`].
pub async fn join_at_desk(
    engine: &Engine,
    service: ServiceId,
    command: RequestAtDesk,
    stand_by: Option<StandByDay>,
) -> Result<Once<OwnPlace>, AppError> {
    // Without an address or a number, no offer would reach the person: such a place would be none.
    if command.phone.is_none() && !engine.attendee(&command.attendee_token).await?.has_email {
        return Err(AppError::PhoneNeeded);
    }
    let day = stand_by.map(|day| day.date(engine.local_date(engine.now())));
    let subject = &subject(&service, day);
    let by_two = has_crowded_number(engine, &command).await?;
    let what = LaterAct::JoinWaitingList;
    let about = About { service: &service, subject, what, week: None, by_two };
    let known =
        |request| place_before(engine, JoinList { service: service.clone(), request, stand_by });
    let join =
        |request| join_list(engine, JoinList { service: service.clone(), request, stand_by });
    ask_at_desk(engine, command, about, known, join).await
}

/// Whether the office has as many places in line of other people with this number as one member of staff fills alone.
async fn has_crowded_number(engine: &Engine, command: &RequestAtDesk) -> Result<bool, AppError> {
    let Some(number) = &command.phone else { return Ok(false) };
    let person = engine.attendee(&command.attendee_token).await?.pseudonym;
    let offices = names_of(&engine.catalogue(), &command.location);
    let in_line = phoned::in_line(engine.database.connection(), &offices, COMPARED).await?;
    let others = in_line.iter().filter(|entry| entry.person != person);
    let others = others.filter_map(|entry| Some((entry.id, entry.phone.as_ref()?)));
    is_crowded(engine, number.as_str(), others)
}
