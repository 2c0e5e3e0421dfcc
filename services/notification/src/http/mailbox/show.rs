//! One message.

use actix_web::{
    HttpResponse,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    web,
};
use askama::Template;
use ids::MessageId;

use super::{document, page as answer};
use crate::{
    http::problem::PageError,
    mail::{
        Mail,
        delivery::mailbox::{Delivered, Mailbox},
    },
    text::{Language, Texts},
};

/// The letter brings its styles along and may do nothing else; links open a new tab.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

#[derive(Template)]
#[template(path = "mailbox_show.html")]
struct MessagePage {
    mail: Mail,
    at: String,
}

pub(super) async fn page(
    mailbox: web::Data<Mailbox>,
    id: web::Path<String>,
) -> Result<HttpResponse, PageError> {
    let Delivered { at, mail } = find(&mailbox, &id).await?;
    let texts = Texts::of(Language::German);
    let at = texts.moment(at);
    Ok(answer(MessagePage { mail, at }.render()?))
}

pub(super) async fn letter(
    mailbox: web::Data<Mailbox>,
    id: web::Path<String>,
) -> Result<HttpResponse, PageError> {
    let mail = find(&mailbox, &id).await?.mail;
    // In a mail program a link opens the browser; here it must leave the frame.
    let html = mail.html.replacen("<a class=", "<a target=\"_blank\" rel=\"noopener\" class=", 1);
    Ok(document(html, LETTER_POLICY))
}

pub(super) async fn calendar(
    mailbox: web::Data<Mailbox>,
    id: web::Path<String>,
) -> Result<HttpResponse, PageError> {
    let mail = find(&mailbox, &id).await?.mail;
    let calendar = mail.calendar.ok_or_else(PageError::not_found)?;
    let kind = format!("text/calendar; charset=utf-8; method={}", calendar.method);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"termin.ics\""))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(calendar.content))
}

async fn find(mailbox: &Mailbox, id: &str) -> Result<Delivered, PageError> {
    let id: MessageId = id.parse().map_err(|_| PageError::not_found())?;
    mailbox.find(id).await?.ok_or_else(PageError::not_found)
}
