//! Staff send the same once more: a double click, a page that is loaded again.

use super::{
    join_list::{JoinList, Joining},
    read_lists::{OwnPlace, own_place},
};
use crate::{
    app::{AppError, Engine, SeatRequest, WaitingRefusal},
    store::waiting_entries,
};

/// The same place, if the person has it already. If something new is wanted, another one of theirs in the list is found
/// before a colleague is asked.
///
/// # Errors
/// The person has another place that stays; or as [`place_as_stated`].
pub(super) async fn place_before(
    engine: &Engine,
    join: JoinList,
) -> Result<Option<OwnPlace>, AppError> {
    let (service, person) = (join.service.clone(), join.request.person);
    let only_new = join.request.only_new;
    let same = place_as_stated(engine, join).await?;
    if same.is_some() || !only_new {
        return Ok(same);
    }
    let (db, catalogue) = (engine.database.connection(), engine.catalogue());
    let Some(group) = catalogue.service(&service).map(|service| service.group.clone()) else {
        return Ok(None);
    };
    let before = waiting_entries::in_group(db, person, &group).await?;
    match before.filter(|before| before.service == service) {
        Some(_) => Err(WaitingRefusal::WaitingBefore.into()),
        None => Ok(None),
    }
}

/// The place of the person, if it says already what staff state and rests on no less. Nothing is written.
///
/// # Errors
/// The person joined online, or the database does not answer.
async fn place_as_stated(engine: &Engine, join: JoinList) -> Result<Option<OwnPlace>, AppError> {
    let JoinList { service, request, stand_by } = join;
    let (db, catalogue) = (engine.database.connection(), engine.catalogue());
    let Some(group) = catalogue.service(&service).map(|service| service.group.clone()) else {
        return Ok(None);
    };
    let before = waiting_entries::in_group(db, request.person, &group).await?;
    let Some(before) = before.filter(|before| before.service == service) else {
        return Ok(None);
    };
    request.may_change(before.binding)?;
    if !before.binding.includes(request.binding) {
        return Ok(None);
    }
    let attendee = request.attendee(engine).await?;
    let request = SeatRequest { binding: before.binding, ..request };
    let repeated = Joining {
        engine,
        service: &service,
        request: &request,
        catalogue: &catalogue,
        group,
        stand_by: stand_by.map(|day| day.date(engine.local_date(engine.now()))),
    };
    let booked = repeated.booked().await?;
    match repeated.changed(&before, &attendee, booked.as_ref())? {
        None => own_place(engine, before).await.map(Some),
        Some(_) => Ok(None),
    }
}
