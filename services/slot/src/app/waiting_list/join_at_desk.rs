//! Staff put a person without online ID into a waiting list.

use ids::ServiceId;

use super::{
    join_list::{JoinList, join_list, subject},
    read_lists::OwnPlace,
    repeat_at_desk::place_as_stated,
    stand_by::StandByDay,
};
use crate::app::{
    AppError, Engine, Once,
    proposal::LaterAct,
    request_at_desk::{About, RequestAtDesk, ask_at_desk},
};

/// Puts the person in line, or changes their place. A person without e-mail is phoned by the location
/// that put them in line (`phone_people.rs`). Whether they have e-mail is identity's word, not staff's.
///
/// # Errors
/// There is neither a number nor a proven address, no reason or no document; it takes a second member of staff; the person joined online; or as
/// [`join_list`].
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
    let about = About { service: &service, subject, what: LaterAct::JoinWaitingList, week: None };
    let known =
        |request| place_as_stated(engine, JoinList { service: service.clone(), request, stand_by });
    let join =
        |request| join_list(engine, JoinList { service: service.clone(), request, stand_by });
    ask_at_desk(engine, command, about, known, join).await
}
