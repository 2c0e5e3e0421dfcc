//! The visitor and their language, and the frame around each page.

use std::{borrow::Cow, future::Ready, future::ready, sync::Arc};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, HttpResponse,
    dev::Payload,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use client::{AccessToken, TrustLevel};
use ids::AuthorityId;
use jiff::Timestamp;

use super::{
    link::{Links, own_path},
    page_error::PageError,
};
use crate::{
    directory::{Offer, Office},
    portal::{Portal, Site},
    session::{CurrentSession, Login},
    text::{Language, Texts},
};

/// The person in front of the browser, as far as one page needs to know.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) portal: web::Data<Portal>,
    pub(crate) session: CurrentSession,
    pub(crate) texts: Texts,
    pub(crate) links: Links,
    /// Path and query of this request.
    pub(crate) here: String,
    /// Path and query of the page on which a form was filled in.
    from: Option<String>,
}

impl Visitor {
    pub(crate) fn of(request: &HttpRequest) -> Option<Self> {
        let portal = request.app_data::<web::Data<Portal>>()?.clone();
        let session = request.extensions().get::<CurrentSession>().cloned().unwrap_or_default();
        let text_header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let language = request.path().split('/').nth(1).and_then(|tag| tag.parse().ok());
        let language =
            language.unwrap_or_else(|| Language::negotiate(text_header(header::ACCEPT_LANGUAGE)));
        let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let from = text_header(header::REFERER)
            .and_then(|referer| url::Url::parse(referer).ok())
            .filter(|referer| referer.origin() == portal.public_url.origin())
            .map(|referer| match referer.query() {
                Some(query) => format!("{}?{query}", referer.path()),
                None => referer.path().to_owned(),
            });
        let texts = Texts::of(language);
        Some(Self { portal, session, texts, links: Links(language), here, from })
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.portal.clock.now()
    }

    pub(crate) fn language(&self) -> Language {
        self.texts.language()
    }

    /// Where to return to after a log-in that this request turned out to need.
    pub(crate) fn back(&self, is_form: bool) -> String {
        let path = if is_form { self.from.clone() } else { Some(self.here.clone()) };
        own_path(path.as_deref().unwrap_or_default(), self.links)
    }

    /// Who is logged in.
    pub(crate) fn login(&self, is_form: bool) -> Result<Login, PageError> {
        let login = self.session.read().login;
        login.ok_or_else(|| PageError::LoginNeeded { back: self.back(is_form) })
    }

    /// Whether a member of staff is logged in.
    pub(crate) fn staff(&self, is_form: bool) -> Result<(), PageError> {
        match self.session.read().login {
            Some(login) if login.is_staff => Ok(()),
            _ => Err(PageError::StaffOnly { back: self.back(is_form) }),
        }
    }

    /// The authority of this address and what it offers.
    pub(crate) async fn office(&self, id: &AuthorityId) -> Result<(Office, Arc<Offer>), PageError> {
        let office = self.portal.directory.get(id).ok_or(PageError::NotFound)?.clone();
        match office.known().await.offer {
            Some(offer) => Ok((office, offer)),
            None => Err(PageError::AuthorityDown(client::ClientError::TimedOut)),
        }
    }

    /// An access token for `authority`. A log-in that the identity service has ended is
    /// forgotten here too.
    pub(crate) async fn token(
        &self,
        authority: &AuthorityId,
        is_form: bool,
    ) -> Result<AccessToken, PageError> {
        let login = self.login(is_form)?;
        match self.portal.identity.token_for(&login.refresh_token, authority).await {
            Ok(token) => Ok(token),
            Err(client::ClientError::OAuth { error }) if error == "invalid_grant" => {
                self.session.change(|session| session.login = None);
                Err(PageError::LoginNeeded { back: self.back(is_form) })
            }
            // A member of staff, but not of this authority.
            Err(client::ClientError::OAuth { error }) if error == "invalid_target" => {
                Err(PageError::Forbidden)
            }
            Err(error) => Err(PageError::identity_down(error)),
        }
    }

    /// Whether the log-in is sure enough for `needed`.
    pub(crate) fn demand(&self, needed: TrustLevel, is_form: bool) -> Result<(), PageError> {
        if self.login(is_form)?.level >= needed {
            Ok(())
        } else {
            Err(PageError::LevelTooLow { needed, back: self.back(is_form) })
        }
    }

    /// The frame of a page with this title.
    pub(crate) fn frame(&self, title: impl Into<String>) -> Frame {
        let session = self.session.read();
        let held = session.held_at(self.now()).map(|held| held.hold.expires_at);
        Frame {
            texts: self.texts,
            links: self.links,
            title: title.into(),
            here: self.here.clone(),
            site: Arc::clone(&self.portal.site),
            csrf: session.login.map(|login| login.csrf),
            held_until: held.map(|at| self.texts.time(at)),
        }
    }

    /// A page.
    pub(crate) fn page(&self, page: &impl Template) -> HttpResponse {
        self.page_with_status(StatusCode::OK, page)
    }

    pub(crate) fn page_with_status(
        &self,
        status: StatusCode,
        page: &impl Template,
    ) -> HttpResponse {
        match page.render() {
            Ok(html) => HttpResponse::build(status)
                .content_type("text/html; charset=utf-8")
                .insert_header((header::CONTENT_LANGUAGE, self.language().html_tag()))
                .body(html),
            Err(error) => {
                tracing::error!(%error, "cannot render a page; the browser gets 500");
                HttpResponse::InternalServerError().finish()
            }
        }
    }
}

impl FromRequest for Visitor {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).ok_or(PageError::NotFound))
    }
}

/// Sends the browser to another page of this site.
pub(crate) fn go_to(link: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, link.as_ref())).finish()
}

/// What surrounds the content of each page.
pub(crate) struct Frame {
    pub(crate) texts: Texts,
    pub(crate) links: Links,
    pub(crate) title: String,
    here: String,
    pub(crate) site: Arc<Site>,
    /// Set when a person is logged in.
    pub(crate) csrf: Option<String>,
    /// Until when a slot is held.
    pub(crate) held_until: Option<Cow<'static, str>>,
}

impl Frame {
    /// The text called `id`.
    pub(crate) fn t(&self, id: &str) -> Cow<'static, str> {
        self.texts.text(id)
    }

    pub(crate) fn language(&self) -> Language {
        self.texts.language()
    }

    /// This page in each other language.
    pub(crate) fn translations(&self) -> Vec<(Language, String)> {
        let rest = self.here.splitn(3, '/').nth(2).map(|rest| format!("/{rest}"));
        let rest = match rest {
            Some(rest) if self.here[1..].starts_with(self.language().tag()) => rest,
            _ => String::new(),
        };
        Language::SWITCH.map(|language| (language, format!("/{language}{rest}"))).to_vec()
    }

    /// Where the log-in link of the frame leads to and then back.
    pub(crate) fn login_link(&self) -> String {
        self.links.login(&own_path(&self.here, self.links), None)
    }

    pub(crate) fn csrf_field(&self) -> &str {
        self.csrf.as_deref().unwrap_or_default()
    }
}
