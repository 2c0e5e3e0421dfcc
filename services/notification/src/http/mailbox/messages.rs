//! All messages as JSON, for the tour and for tests.

use actix_web::{HttpResponse, web};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{http::problem::PageError, mail::delivery::mailbox::Mailbox};

#[derive(Deserialize)]
pub(super) struct Query {
    /// Only messages to this address.
    to: Option<String>,
}

#[derive(Serialize)]
struct Messages {
    messages: Vec<Message>,
}

#[derive(Serialize)]
struct Message {
    id: ids::MessageId,
    to: String,
    language: String,
    subject: String,
    text: String,
    html: String,
    /// The calendar file, if there is one.
    calendar: Option<String>,
    /// `REQUEST` or `CANCEL`.
    calendar_method: Option<String>,
    delivered_at: Timestamp,
}

pub(super) async fn list(
    mailbox: web::Data<Mailbox>,
    query: web::Query<Query>,
) -> Result<HttpResponse, PageError> {
    let wanted = |to: &str| query.to.as_deref().is_none_or(|address| address == to);
    let delivered = mailbox.newest().await?.into_iter();
    let messages = delivered.filter(|delivered| wanted(&delivered.mail.to)).map(|delivered| {
        let mail = delivered.mail;
        let (calendar, calendar_method) =
            mail.calendar.map(|file| (file.content, file.method)).unzip();
        Message {
            id: mail.id,
            to: mail.to,
            language: mail.language,
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
            calendar,
            calendar_method,
            delivered_at: delivered.at,
        }
    });
    Ok(HttpResponse::Ok().json(Messages { messages: messages.collect() }))
}
