//! What a webhook is: a signed CloudEvent for an agency. Pure; `app/webhooks` does the work.

pub(crate) mod backoff;
pub(crate) mod batch;
pub(crate) mod event;
pub(crate) mod failure;
pub(crate) mod guard;
pub(crate) mod health;
pub(crate) mod networks;
pub(crate) mod order;
pub(crate) mod replay;
pub(crate) mod signature;
pub(crate) mod subscription;
pub(crate) mod turns;
