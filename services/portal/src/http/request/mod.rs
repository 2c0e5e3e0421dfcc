//! The caller, the authority and the thing asked for: the one extractor of all pages.
//!
//! A page says in its signature what it needs, and is reached only with that:
//!
//! * `Request<Person, Authority, BookingId>`: somebody who is logged in, at an authority that offers
//!   something, about a booking.
//! * `Request<Anybody, Anywhere, ()>`: a page that needs nothing.
//!
//! What a posted form asks for is read only if it is proven to come from a page of ours (cross-site
//! request forgery): the form must carry the secret of the session (or that of a message, for an
//! [`Addressee`]), and the browser must not say that another site sent it.

mod authority;
mod who;

use std::{future::Future, marker::PhantomData, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest,
    dev::Payload,
    http::{Method, header::HeaderValue},
    web,
};
use client::AccessToken;

pub(crate) use self::{
    authority::{Anywhere, Authority},
    who::{Addressee, Anybody, Leaver, Person, Reader, Staff},
};
use super::{
    asked::{Asked, What},
    page_error::PageError,
    visitor::Visitor,
};
use crate::{
    session::{NotedForm, TypedForm},
    text::local,
};
use authority::Where;
use who::Who;

/// The caller who asks, where and for what.
pub(crate) struct Request<Who, Where, What> {
    /// The person, their language and session.
    pub(crate) visitor: Visitor,
    who: PhantomData<Who>,
    /// The authority of the address.
    pub(crate) authority: Where,
    /// From the address and the query or form.
    pub(crate) asked: What,
}

impl<W: Who, A: What> Request<W, Authority, A> {
    /// An access token of the person for the authority.
    ///
    /// # Errors
    /// As for [`Visitor::token`].
    pub(crate) async fn token(&self) -> Result<AccessToken, PageError> {
        self.visitor.token(&self.authority.office.id).await
    }
}

impl<W: Who, P: Where, A: What> FromRequest for Request<W, P, A> {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body =
            (request.method() == Method::POST).then(|| web::Bytes::from_request(&request, payload));
        Box::pin(async move {
            let visitor = Visitor::of(&request).ok_or(PageError::NotFound)?;
            let language = request.match_info().get("language");
            if language.is_some_and(|tag| tag != visitor.language().tag()) {
                return Err(PageError::NotFound);
            }
            let (fields, typed) = match body {
                Some(body) => {
                    let fields = parse(&body.await.map_err(|_| PageError::BadRequest)?);
                    if A::IS_TYPED {
                        note_typed(&visitor, &request, &fields);
                    }
                    (own_form::<W>(&visitor, &request, fields)?, Fields::new())
                }
                None => (parse(request.query_string().as_bytes()), visitor.typed()),
            };
            if A::IS_TYPED {
                visitor.forget_typed();
            }
            let path = request.match_info().iter();
            let path = path.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let today = local(visitor.now()).date();
            let read = Asked { path, fields, typed, today };
            let asked = A::read(&read)?;
            W::check(&visitor)?;
            let authority = P::find(&visitor.portal.directory, &read).await?;
            authority.offer().map_or(Ok(()), |offer| asked.check(offer))?;
            Ok(Self { visitor, who: PhantomData, authority, asked })
        })
    }
}

type Fields = Vec<(String, String)>;

fn parse(bytes: &[u8]) -> Fields {
    url::form_urlencoded::parse(bytes).into_owned().collect()
}

/// The fields of a form, if a page of ours sent it.
fn own_form<W: Who>(
    visitor: &Visitor,
    request: &HttpRequest,
    fields: Fields,
) -> Result<Fields, PageError> {
    let foreign = request.headers().get("sec-fetch-site").is_some_and(is_foreign);
    let is_own = !W::FORM_NEEDS_SESSION || visitor.session.read().owns_form(secret_of(&fields));
    if foreign || !is_own {
        let over = session_over(visitor, secret_of(&fields)).filter(|_| !foreign);
        return Err(over.unwrap_or(PageError::FormExpired));
    }
    Ok(fields)
}

/// The failure of a form whose session has ended, if nobody is logged in now: to open its page again is not enough.
fn session_over(visitor: &Visitor, secret: &str) -> Option<PageError> {
    let owner = visitor.portal.cookie.owner_of(secret)?;
    let back = visitor.back.clone();
    let is_over = visitor.session.read().login.is_none();
    is_over.then(|| PageError::SessionOver { back, is_staff: owner.is_staff() })
}

/// The secret of the session in which the page of a form was shown.
fn secret_of(fields: &[(String, String)]) -> &str {
    let secret = fields.iter().find(|(name, _)| name == "csrf");
    secret.map(|(_, value)| value.as_str()).unwrap_or_default()
}

/// Notes what was typed, for the case that it needs a log-in first (`explained` keeps it then).
fn note_typed(visitor: &Visitor, request: &HttpRequest, fields: &Fields) {
    if let Some(noted) = noted(visitor, request, visitor.page_name(), fields) {
        request.extensions_mut().insert(noted);
    }
}

/// What was typed into the form of the page called `page`. It must come from a page of ours: another site could
/// otherwise write into the form.
pub(super) fn noted(
    visitor: &Visitor,
    request: &HttpRequest,
    page: String,
    fields: &[(String, String)],
) -> Option<NotedForm> {
    let site = request.headers().get("sec-fetch-site");
    site.filter(|site| site.as_bytes() == b"same-origin")?;
    let owner = visitor.portal.cookie.owner_of(secret_of(fields));
    Some(match TypedForm::note(page, fields, owner, visitor.now())? {
        NotedForm::Keepable(typed) => {
            NotedForm::Keepable(typed.aged_as(visitor.session.read().typed.as_ref()))
        }
        NotedForm::Lost => NotedForm::Lost,
    })
}

fn is_foreign(value: &HeaderValue) -> bool {
    !matches!(value.as_bytes(), b"same-origin" | b"none")
}
