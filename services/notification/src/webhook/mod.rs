//! What a webhook is: a signed CloudEvent for an agency. Pure; `app/webhooks` does the work.

pub(crate) mod event;
pub(crate) mod guard;
pub(crate) mod signature;
pub(crate) mod subscription;
