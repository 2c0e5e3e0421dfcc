//! Writes that come again with their `Idempotency-Key` do nothing again, for a day. A secret is shown in
//! the first answer alone, so what is remembered is sealed; `made.rs` says what is true of it by now.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ids::SubscriptionId;
use messaging::Transaction;
use serde_json::Value;

use super::manage::{WebhookError, Webhooks};
use crate::{
    store::webhooks::answers::{self, Answer},
    webhook::subscription::Owner,
};

/// A request that may come again.
#[derive(Debug)]
pub(crate) struct Once {
    key: String,
    /// Keys of different scopes are independent.
    scope: String,
    /// What is asked, as a hash: an address may stand in it.
    request: String,
}

impl Once {
    /// A request of this agency at this authority.
    pub(crate) fn of_owner(key: String, owner: &Owner, request: &Value) -> Self {
        Self::new(key, format!("{} {}", owner.authority, owner.client), &request.to_string())
    }

    /// What is done with one webhook.
    pub(crate) fn of_webhook(key: String, id: SubscriptionId, action: &str) -> Self {
        Self::new(key, id.to_string(), action)
    }

    fn new(key: String, scope: String, request: &str) -> Self {
        let request = BASE64_STANDARD.encode(digest(&SHA256, request.as_bytes()));
        Self { key, scope, request }
    }

    /// An answer opens only where it was given.
    fn context(&self) -> String {
        format!("{} {}", self.scope, self.key)
    }
}

impl Webhooks {
    /// What the same request was answered before.
    pub(super) async fn answered(
        &self,
        once: Option<&Once>,
    ) -> Result<Option<Value>, WebhookError> {
        let Some(once) = once else { return Ok(None) };
        let connection = self.database.connection();
        let Some(answer) = answers::find(connection, &once.scope, &once.key).await? else {
            return Ok(None);
        };
        if answer.request != once.request {
            return Err(WebhookError::OtherRequest);
        }
        let plain = self.person_data.open(&answer.sealed, &once.context())?;
        serde_json::from_slice(&plain).map(Some).map_err(|_| WebhookError::MalformedSecret)
    }

    /// Remembers the answer in the transaction that does what was asked. `false` if somebody else did
    /// it meanwhile: then the transaction must not be committed.
    pub(super) async fn remember(
        &self,
        transaction: &Transaction,
        once: Option<&Once>,
        answer: &Value,
    ) -> Result<bool, WebhookError> {
        let Some(once) = once else { return Ok(true) };
        let plain = answer.to_string();
        let sealed = self.person_data.seal(plain.as_bytes(), &once.context(), &*self.entropy)?;
        let answer = Answer { request: once.request.clone(), sealed };
        let place = (once.scope.as_str(), once.key.as_str());
        Ok(answers::add(transaction, place, answer, self.clock.now()).await?)
    }
}
