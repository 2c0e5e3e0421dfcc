//! Writes to the agency of an endpoint that was paused, if it registered an address for that.

use std::{fmt, sync::Arc};

use ids::MessageId;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use url::Url;

use super::manage::{WebhookError, Webhooks};
use crate::{
    mail::{
        Composer,
        delivery::{Delivery, DeliveryError},
    },
    paused_webhook::PausedWebhook,
    store::webhooks::{
        deliveries,
        notices::{self, DueNotice},
    },
    text::Language,
};

/// Notices of one pass.
const BATCH: usize = 8;
const MAX_BACKOFF: SignedDuration = SignedDuration::from_mins(30);
/// After so many attempts, most of a day, a notice is given up. The pause is still seen in the API.
const MAX_ATTEMPTS: u32 = 40;

/// Whom an agency wants to be told, and in which language.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contact {
    pub(crate) email: String,
    pub(crate) language: Language,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact").field("language", &self.language).finish_non_exhaustive()
    }
}

/// Sends notices of pauses.
#[derive(Debug, Clone)]
pub(crate) struct Notifier {
    pub(crate) webhooks: Webhooks,
    pub(crate) composer: Composer,
    pub(crate) delivery: Arc<dyn Delivery>,
}

impl Notifier {
    /// The signal that an endpoint was paused.
    pub(crate) fn wake(&self) -> &messaging::Wake {
        &self.webhooks.wakes.paused
    }

    /// Sends some due notices; returns how many it processed.
    pub(crate) async fn pass(&self) -> Result<usize, WebhookError> {
        let now = self.webhooks.clock.now();
        let due = notices::take_due(&self.webhooks.database, now, BATCH).await?;
        for notice in &due {
            self.process(notice).await?;
        }
        Ok(due.len())
    }

    async fn process(&self, notice: &DueNotice) -> Result<(), WebhookError> {
        let (id, now) = (notice.subscription.id, self.webhooks.clock.now());
        let until = match self.send(notice).await? {
            Ok(()) => {
                tracing::info!(webhook = %id, "agency told by e-mail that its webhook is paused");
                None
            }
            Err(DeliveryError::Later(reason)) if notice.attempts < MAX_ATTEMPTS => {
                tracing::debug!(webhook = %id, reason, "notice of a paused webhook waits");
                let seconds = 1_i64 << notice.attempts.min(20);
                let pause = SignedDuration::from_secs(seconds).min(MAX_BACKOFF);
                now.checked_add(pause).ok()
            }
            Err(DeliveryError::Later(reason) | DeliveryError::Never(reason)) => {
                tracing::warn!(webhook = %id, reason, "the agency of a paused webhook cannot be told by e-mail; the API says it");
                None
            }
        };
        Ok(notices::set_due(&self.webhooks.database, id, until).await?)
    }

    async fn send(&self, notice: &DueNotice) -> Result<Result<(), DeliveryError>, WebhookError> {
        let subscription = &notice.subscription;
        let contact = self.webhooks.open_contact(subscription)?;
        let (Some(contact), Some(pause)) = (contact, subscription.pause) else { return Ok(Ok(())) };
        let waiting =
            deliveries::waiting(self.webhooks.database.connection(), subscription.id).await?;
        let host = Url::parse(&subscription.url).ok();
        let paused = PausedWebhook {
            language: contact.language,
            authority: subscription.owner.authority.clone(),
            webhook: subscription.id,
            server: host.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default(),
            since: subscription.health.failing_since.unwrap_or(pause.since),
            failure: subscription.health.last_failure.map(|(failure, _)| failure),
            waiting,
        };
        // The same for one pause however often it is sent, so that a doubled one can be recognised.
        let pause_number = u128::from(pause.since.as_millisecond().unsigned_abs());
        let id = MessageId::from_bits(subscription.id.to_bits() ^ pause_number);
        let mail = self.composer.compose_paused(id, &paused, &contact.email, pause.since);
        Ok(match mail {
            Ok(mail) => self.delivery.deliver(&mail).await,
            Err(error) => Err(DeliveryError::Never(error.to_string())),
        })
    }
}
