//! A person asked to be forgotten.

use async_trait::async_trait;
use ids::Pseudonym;
use messaging::{Event, Handler, HandlerError, UnitOfWork};
use proto::person::v1::PersonErased;

use crate::{
    appointment::InvalidField,
    store::{contacts, messages},
};

#[derive(Debug, Clone)]
pub(super) struct OnPersonErased;

#[async_trait]
impl Handler<PersonErased> for OnPersonErased {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        erased: PersonErased,
    ) -> Result<(), HandlerError> {
        let transaction = unit.transaction();
        let person: Pseudonym = erased.pseudonym.parse().map_err(|_| InvalidField("pseudonym"))?;
        contacts::erase(transaction, person, event.time).await?;
        messages::erase(transaction, person).await?;
        Ok(())
    }
}
