//! Staff put a person without online ID into a waiting list.

use ids::ServiceId;

use super::join_list::{JoinList, Joined, join_list, subject};
use crate::app::{
    AppError, Engine,
    request_at_desk::{About, RequestAtDesk, ask_at_desk},
};

/// Puts the person in line, or changes their place. Who has no e-mail is phoned by the location at which
/// they were put in line (`phone_people.rs`).
///
/// # Errors
/// There is no reason or no document; it takes a second member of staff; or as [`join_list`].
pub async fn join_at_desk(
    engine: &Engine,
    service: ServiceId,
    command: RequestAtDesk,
) -> Result<Joined, AppError> {
    let subject = &subject(&service, None);
    let about = About { service: &service, subject };
    let join =
        |request| join_list(engine, JoinList { service: service.clone(), request, stand_by: None });
    let is_new = |joined: &Joined| matches!(joined, Joined::Now(_));
    ask_at_desk(engine, command, about, join, is_new).await
}
