//! What a request made, and what has become of it when the request comes again: never a webhook that is
//! gone, never a former secret.

use ids::SubscriptionId;
use serde_json::{Value, json};

use super::manage::{WebhookError, Webhooks};
use crate::webhook::subscription::{Owner, Subscription};

/// A webhook that was asked for.
#[derive(Debug)]
pub(crate) struct Subscribed {
    pub(crate) subscription: Subscription,
    /// Deliveries that wait.
    pub(crate) waiting: u64,
    /// The secret that the request made, while no rotation has replaced it.
    pub(crate) secret: Option<String>,
}

/// What is remembered of a request that subscribes. Releases before this one remembered all of the webhook,
/// under the same names.
pub(super) fn made(id: SubscriptionId, secret: &str) -> Value {
    json!({ "id": id, "secret": secret })
}

impl Webhooks {
    /// The webhook that a request made before.
    pub(super) async fn as_it_is_now(
        &self,
        owner: &Owner,
        made: &Value,
    ) -> Result<Subscribed, WebhookError> {
        let id = made["id"].as_str().and_then(|id| id.parse::<SubscriptionId>().ok());
        let found = self.read(owner, id.ok_or(WebhookError::MalformedSecret)?).await;
        let (subscription, waiting) = match found {
            Err(WebhookError::NotFound) => return Err(WebhookError::Removed),
            found => found?,
        };
        let is_present = self.is_present(&subscription, made)?;
        let secret = made["secret"].as_str().filter(|_| is_present).map(str::to_owned);
        Ok(Subscribed { subscription, waiting, secret })
    }

    /// What a rotation answered before, if its secret is still the present one.
    pub(super) async fn still_present(
        &self,
        owner: &Owner,
        id: SubscriptionId,
        made: Value,
    ) -> Result<Value, WebhookError> {
        let subscription = self.find(owner, id).await?;
        let is_present = self.is_present(&subscription, &made)?;
        is_present.then_some(made).ok_or(WebhookError::SecretReplaced)
    }

    fn is_present(&self, subscription: &Subscription, made: &Value) -> Result<bool, WebhookError> {
        let secrets = self.open_secrets(subscription)?;
        Ok(made["secret"].as_str() == Some(secrets.reveal()))
    }
}
