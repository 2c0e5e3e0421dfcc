//! The page to which a message of a waiting list leads: it asks, and one press of its button answers,
//! without a log-in. To open it changes nothing, since mail scanners open links, too.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{OfferStatus, WaitingAnswer, WaitingEntry, WaitingMessage, WaitingStatus};
use ids::AuthorityId;

use super::{Declinable, again_from, lost_key, way_in, whose::Whose};
use crate::http::{
    asked::{Asked, What},
    frame::Frame,
    page_error::PageError,
    request::{Addressee, Anybody, Authority, Request},
    search::SearchCriteria,
    visit::{self, Name, Summary},
    visitor::{Visitor, go_to},
};

#[derive(Template)]
#[template(path = "waiting_answer.html")]
struct AnswerPage {
    frame: Frame,
    authority: AuthorityId,
    authority_name: Name,
    token: MessageToken,
    summary: Summary,
    question: Question,
    until: Cow<'static, str>,
    answer_by: Cow<'static, str>,
    declines_left: u16,
    /// What it costs to decline.
    declining: Vec<Cow<'static, str>>,
    is_move: bool,
    /// Somebody else is logged in.
    is_anothers: bool,
    /// The text that says how to accept, for who must log in for it.
    login_key: Option<&'static str>,
    /// The place of the person who is logged in, if it says more of a lost one.
    own: Option<LostPlace>,
    accept: String,
    days: String,
}

/// What the person who is logged in may know of a place that is lost.
struct LostPlace {
    /// Why; `None` if they have a newer place.
    lost_key: Option<&'static str>,
    /// From when on they can join the list again online, if they cannot now.
    again_from: Option<Cow<'static, str>>,
    page: String,
}

impl LostPlace {
    fn of(visitor: &Visitor, authority: &AuthorityId, entry: &WaitingEntry) -> Self {
        Self {
            lost_key: lost_key(entry),
            again_from: entry.again_at.map(|at| again_from(visitor.texts, at)),
            page: visitor.links.waiting_place(authority, &entry.id),
        }
    }
}

/// What a message asks now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    /// Does the person want the seat?
    Offered,
    /// Do they still wait?
    StillWaiting,
    /// Nothing: they said no and keep the place.
    Declined,
    /// Nothing: they are in line.
    InLine,
    /// Nothing: they have an appointment.
    Booked,
    /// Nothing: the place of the message is lost. The person may have another one by now.
    Lost,
}

impl Question {
    fn of(message: &WaitingMessage) -> Self {
        match (message.status, message.offer.status) {
            (Some(WaitingStatus::Offered), Some(OfferStatus::Open)) => Self::Offered,
            (Some(WaitingStatus::Asked), _) => Self::StillWaiting,
            (Some(WaitingStatus::Booked), _) => Self::Booked,
            (Some(WaitingStatus::Ended), _) => Self::Lost,
            (_, Some(OfferStatus::Declined)) => Self::Declined,
            _ => Self::InLine,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Offered => "waiting-answer-title",
            Self::StillWaiting => "waiting-still-title",
            Self::Declined => "waiting-declined-title",
            Self::InLine => "waiting-in-line-title",
            Self::Booked => "waiting-booked-title",
            Self::Lost => "waiting-place-over-title",
        }
    }
}

/// The token that proves that the person got a message.
struct MessageToken(String);

impl std::fmt::Display for MessageToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The link of a message.
pub(crate) struct Link(MessageToken);

impl What for Link {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let token = asked.trimmed("token");
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        // Mail programs break long links.
        if token.len() != 32 || !token.bytes().all(is_hex) {
            return Err(PageError::BadRequest);
        }
        Ok(Self(MessageToken(token.to_owned())))
    }
}

pub(crate) async fn ask(
    request: Request<Anybody, Authority, Link>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority, asked: Link(token), .. } = request;
    let message = authority.office.api.waiting_message(&token.0).await?;
    Ok(visitor.page(&page(&visitor, &authority, &message, token).await))
}

async fn page(
    visitor: &Visitor,
    authority: &Authority,
    message: &WaitingMessage,
    token: MessageToken,
) -> AnswerPage {
    let (texts, links) = (visitor.texts, visitor.links);
    let Authority { office, offer } = authority;
    let services = std::slice::from_ref(&message.service);
    let (offered, question) = (&message.offer.offer, Question::of(message));
    let needed = visit::needed_level(offer, services);
    let time = (offered.start, offered.end);
    let whose = match question {
        Question::Offered | Question::Lost => Whose::of(visitor, authority, message, needed).await,
        _ => Whose::Unknown,
    };
    let page = links.waiting_offer(&office.id, &offered.id);
    let declining = Declinable {
        service: &message.service,
        notice: offered.notice,
        declines_left: message.declines_left,
        is_move: message.offer.is_move,
    };
    AnswerPage {
        frame: visitor.frame(texts.text(question.title())),
        authority: office.id.clone(),
        authority_name: Name::of(&offer.name, texts),
        token,
        summary: Summary::new(texts, offer, services, &offered.location, time),
        question,
        until: texts.moment(offered.valid_until),
        answer_by: message.answer_by.map(|until| texts.moment(until)).unwrap_or_default(),
        declines_left: message.declines_left,
        declining: if question == Question::Offered {
            declining.cost(texts, authority).await
        } else {
            Vec::new()
        },
        is_move: message.offer.is_move,
        is_anothers: whose.is_another(),
        login_key: match whose {
            Whose::Unknown => Some("waiting-answer-login"),
            Whose::Own(_) => None,
            Whose::Another => Some("waiting-answer-other"),
        },
        accept: match whose {
            Whose::Another => links.login_start(&page, Some(needed)),
            Whose::Own(_) | Whose::Unknown => way_in(visitor, &page, needed),
        },
        own: match &whose {
            Whose::Own(entry) => Some(LostPlace::of(visitor, &office.id, entry)),
            Whose::Another | Whose::Unknown => None,
        },
        days: links.days(&office.id, &SearchCriteria::service(message.service.clone())),
    }
}

/// The button of the page.
pub(crate) struct Form {
    token: MessageToken,
    answer: WaitingAnswer,
}

impl What for Form {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let Link(token) = Link::read(asked)?;
        let answer = match asked.field("answer") {
            Some("decline") => WaitingAnswer::Decline,
            Some("still-waiting") => WaitingAnswer::StillWaiting,
            _ => return Err(PageError::BadRequest),
        };
        Ok(Self { token, answer })
    }
}

pub(crate) async fn answer(
    request: Request<Addressee, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority, asked: Form { token, answer }, .. } = request;
    match authority.office.api.answer_message(&token.0, answer).await {
        Ok(_) => {}
        // The page says what became of the offer.
        Err(error) if error.code() == Some("offer-over") => {}
        Err(error) => return Err(error.into()),
    }
    Ok(go_to(visitor.links.answer_message(&authority.office.id, &token.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_a_mail_program_broke_leads_to_no_question() {
        for token in ["", "5f0c", &"g".repeat(32), &"5".repeat(33)] {
            let fields = vec![("token".to_owned(), (*token).to_owned())];
            let asked = Asked { fields, ..Asked::default() };
            assert!(Link::read(&asked).is_err(), "{token}");
        }
    }
}
