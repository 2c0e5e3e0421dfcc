//! What an e-mail says to an agency whose endpoint gets no events any more.

use super::{
    Fact, Letter,
    sender::{Body, Sender},
};
use crate::{paused_webhook::PausedWebhook, text::Texts};

impl Letter {
    /// That an agency's endpoint gets no events any more. It names the server and no more of its address,
    /// in which agencies may have secrets.
    pub(crate) fn paused(paused: &PausedWebhook) -> Self {
        let texts = Texts::of(paused.language);
        let (authority, webhook) = (paused.authority.as_str(), paused.webhook.to_string());
        let say = |id: &str| texts.fill(id, &[("authority", authority)]);
        let resume = format!("POST /v1/{authority}/webhooks/{webhook}/resume");
        let fact = |label: &str, line: String| Fact {
            label: texts.text(label),
            lines: vec![line],
            struck: false,
        };
        let mut facts = vec![
            fact("webhook-paused-webhook", webhook),
            fact("webhook-paused-server", paused.server.clone()),
            fact("webhook-paused-since", texts.moment(paused.since)),
        ];
        let failure = paused.failure.map(|failure| match failure.status() {
            Some(code) => texts.fill("webhook-paused-status", &[("status", &code.to_string())]),
            None => texts.text(&format!("webhook-paused-{}", failure.class())),
        });
        facts.extend(failure.map(|failure| fact("webhook-paused-failure", failure)));
        facts.push(fact("webhook-paused-waiting", paused.waiting.to_string()));
        let body = Body {
            subject: say("webhook-paused-subject"),
            heading: texts.text("webhook-paused-heading"),
            intro: say("webhook-paused-intro"),
            facts,
            action: None,
            notes: vec![
                texts.text("webhook-paused-kept"),
                texts.text("webhook-paused-resume"),
                resume,
            ],
        };
        Self::signed(&Sender::Fairtermin { footer: "webhook-paused-footer" }, texts, body)
    }
}
