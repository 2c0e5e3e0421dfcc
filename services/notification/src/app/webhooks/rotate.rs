//! An agency gets a new secret for a webhook.

use ids::SubscriptionId;
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::StoreError;

use super::{
    manage::{WebhookError, Webhooks},
    once::Once,
};
use crate::{
    store::webhooks::subscriptions,
    webhook::{signature::Secrets, subscription::Owner},
};

/// After a rotation the old secret signs along for so long.
const OVERLAP: SignedDuration = SignedDuration::from_hours(24);

impl Webhooks {
    /// Makes a new secret; each old one signs along for a day. Gives what `tell` says of it, or what it
    /// said before if the request came before and no later rotation has replaced that secret.
    pub(crate) async fn rotate(
        &self,
        owner: &Owner,
        id: SubscriptionId,
        once: Option<&Once>,
        tell: fn(&Secrets) -> Value,
    ) -> Result<Value, WebhookError> {
        self.find(owner, id).await?;
        if let Some(answer) = self.answered(once).await? {
            return self.still_present(owner, id, answer).await;
        }
        let transaction = self.database.begin().await?;
        // Locked: of two rotations at once each keeps the secret of the other.
        let locked = subscriptions::lock(&transaction, id).await?;
        let subscription = locked.ok_or(WebhookError::NotFound)?;
        let (secrets, now) = (self.open_secrets(&subscription)?, self.clock.now());
        let secrets = secrets.rotated(&*self.entropy, now, now + OVERLAP)?;
        let answer = tell(&secrets);
        if !self.remember(&transaction, once, &answer).await? {
            transaction.rollback().await.map_err(StoreError::from)?;
            let answer = self.answered(once).await?.ok_or(WebhookError::OtherRequest)?;
            return self.still_present(owner, id, answer).await;
        }
        let sealed = self.seal(id, &json!(secrets))?;
        subscriptions::set_secrets(&transaction, id, sealed).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(answer)
    }
}
