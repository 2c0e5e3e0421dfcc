//! An e-mail as it goes over the wire (RFC 5322, MIME).

use std::time::{Duration, UNIX_EPOCH};

use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};

use super::{CalendarFile, Composer, Mail};

/// The e-mail cannot be written. Never repeats an address.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MimeError {
    #[error("the e-mail address is malformed")]
    Address,
    #[error("the e-mail could not be put together: {0}")]
    Build(#[from] lettre::error::Error),
    #[error("a content type was refused")]
    ContentType,
}

/// Text, HTML and calendar as alternatives, and the calendar file as an attachment for programs
/// that do not know the alternative.
pub(crate) fn message(
    composer: &Composer,
    reply_to: Option<&Mailbox>,
    mail: &Mail,
) -> Result<Message, MimeError> {
    let to: Address = mail.to.parse().map_err(|_| MimeError::Address)?;
    let written_at = Duration::from_millis(u64::try_from(mail.written_at_ms).unwrap_or(0));
    let mut builder = Message::builder()
        .from(composer.from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .date(UNIX_EPOCH + written_at)
        .message_id(Some(format!("<{}@{}>", mail.id, composer.domain())))
        .header(ContentLanguage(mail.language.clone()))
        .header(AutoSubmitted);
    if let Some(reply_to) = reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    let mut alternatives = MultiPart::alternative()
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    let Some(calendar) = &mail.calendar else {
        return Ok(builder.multipart(alternatives)?);
    };
    alternatives = alternatives.singlepart(
        SinglePart::builder().header(calendar_type(calendar)?).body(calendar.content.clone()),
    );
    let file = Attachment::new("termin.ics".to_owned())
        .body(calendar.content.clone().into_bytes(), calendar_type(calendar)?);
    Ok(builder.multipart(MultiPart::mixed().multipart(alternatives).singlepart(file))?)
}

fn calendar_type(calendar: &CalendarFile) -> Result<ContentType, MimeError> {
    let text = format!("text/calendar; charset=utf-8; method={}", calendar.method);
    ContentType::parse(&text).map_err(|_| MimeError::ContentType)
}

/// RFC 3282.
#[derive(Clone)]
struct ContentLanguage(String);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// RFC 3834: no out-of-office answers, please.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
