//! A person says where they can be reached.

use ::store::StoreError;
use ids::{PersonId, SessionId};
use problem::{Problem, types};

use super::{
    Context,
    contact::{address_of, is_address, remember_contact},
    introduce::introduce_person,
};
use crate::store::{
    contacts,
    sessions::{self, Who},
};

/// The person's address, for themselves.
pub(crate) async fn read_contact(
    context: &Context,
    access_token: &str,
) -> Result<Option<String>, Problem> {
    let person = person(context, access_token).await?;
    let transaction = context.database.begin().await.map_err(internal)?;
    address_of(context, &transaction, person).await.map_err(internal)
}

/// Keeps the address and tells every authority that knows the person.
pub(crate) async fn set_contact(
    context: &Context,
    access_token: &str,
    email: &str,
) -> Result<(), Problem> {
    if !is_address(email) {
        return Err(Problem::new(&types::INVALID_REQUEST).detail("email: not an address."));
    }
    let person = person(context, access_token).await?;
    let transaction = context.database.begin().await.map_err(internal)?;
    remember_contact(context, &transaction, person, Some(email)).await.map_err(internal)?;
    for known in contacts::acquaintances(&transaction, person).await.map_err(internal)? {
        let introduced = introduce_person(context, &transaction, person, &known.authority).await;
        introduced.map_err(internal)?;
    }
    transaction.commit().await.map_err(|error| internal(StoreError::from(error)))?;
    context.wake.wake();
    Ok(())
}

/// Who holds a token of a session that has not ended.
async fn person(context: &Context, access_token: &str) -> Result<PersonId, Problem> {
    let claims = context.own_access_token(access_token)?;
    let ended = || Problem::new(&types::INVALID_TOKEN).detail("The session has ended.");
    let session: SessionId = claims.sid.ok_or_else(ended)?;
    let db = context.database.connection();
    let session = sessions::find_live(db, session, context.now()).await.map_err(internal)?;
    match session.ok_or_else(ended)?.who {
        Who::Person(person) => Ok(person),
        Who::Staff(_) => Err(Problem::new(&types::FORBIDDEN).detail("This is for citizens only.")),
    }
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Problem {
    Problem::new(&types::INTERNAL).caused_by(error)
}
