//! The list of messages.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::page as answer;
use crate::{
    http::problem::PageError,
    mail::delivery::mailbox::{Delivered, Mailbox},
    text::{Language, Texts},
};

#[derive(Template)]
#[template(path = "mailbox_list.html")]
struct MailboxPage {
    messages: Vec<Row>,
}

struct Row {
    id: String,
    to: String,
    subject: String,
    language: String,
    at: String,
}

pub(super) async fn page(mailbox: web::Data<Mailbox>) -> Result<HttpResponse, PageError> {
    let messages = mailbox.newest().await?.into_iter().map(Row::from).collect();
    Ok(answer(MailboxPage { messages }.render()?))
}

impl From<Delivered> for Row {
    fn from(Delivered { at, mail }: Delivered) -> Self {
        let texts = Texts::of(Language::German);
        Self {
            id: mail.id.to_string(),
            to: mail.to,
            subject: mail.subject,
            language: mail.language,
            at: texts.moment(at),
        }
    }
}
