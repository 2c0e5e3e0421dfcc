//! The person in front of the browser, their language, and how pages are sent to them.

use std::sync::Arc;

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    web,
};
use askama::Template;
use client::{AccessToken, ClientError, TrustLevel};
use ids::AuthorityId;
use jiff::Timestamp;
use url::Url;

use super::{
    after_login::after_login,
    frame::{Frame, HoldNotice},
    in_language::{language_of, translated},
    link::{Links, own_path},
    page_error::{PageError, ends_login},
};
use crate::{
    portal::Portal,
    session::{CurrentSession, HeldSlot, Login},
    text::{Language, Texts, offered},
};

/// The address of a form is that of its page, too.
pub(super) struct OwnPage;

/// The person in front of the browser, as far as one page needs to know.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) portal: web::Data<Portal>,
    pub(crate) session: CurrentSession,
    pub(crate) texts: Texts,
    pub(crate) links: Links,
    /// Path and query of this page: of a posted form, of the page that holds the form.
    pub(crate) here: String,
    /// The browser sent a cookie of ours, whether it can still be read or not.
    pub(crate) keeps_cookies: bool,
    /// The browser says that a page of another site led here.
    pub(crate) is_sent_by_another_site: bool,
    /// Where to return to after a log-in that this request turned out to need: this page, or the
    /// one on which the form was filled in.
    pub(crate) back: String,
}

impl Visitor {
    /// `None` outside of a portal. The language is that of the address, else what the browser
    /// prefers.
    pub(crate) fn of(request: &HttpRequest) -> Option<Self> {
        let portal = request.app_data::<web::Data<Portal>>()?.clone();
        let session = request.extensions().get::<CurrentSession>().cloned().unwrap_or_default();
        let text_header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let language = language_of(request.path());
        let language = language.unwrap_or_else(|| {
            Language::negotiate(text_header(header::ACCEPT_LANGUAGE), offered())
        });
        let links = Links(language);
        let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        // A form's own address may be no page: languages are switched on the page that holds the form.
        let here = if request.method() == Method::POST {
            let page = text_header(header::REFERER);
            let page = page.and_then(|from| page_of(from, &portal.public_url));
            // A browser may not say which page that was.
            let own = || request.app_data::<OwnPage>().map(|_| here.clone());
            own_path(&page.or_else(own).unwrap_or_default(), links)
        } else {
            here
        };
        let back = after_login(&here, links);
        let site = request.headers().get("sec-fetch-site");
        Some(Self {
            keeps_cookies: request.cookie(portal.cookie.name()).is_some(),
            is_sent_by_another_site: site
                .is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none")),
            portal,
            session,
            texts: Texts::of(language),
            links,
            here,
            back,
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.portal.clock.now()
    }

    pub(crate) fn language(&self) -> Language {
        self.texts.language()
    }

    /// The same person, reading `language` if there is one.
    pub(crate) fn reading(self, language: Option<Language>) -> Self {
        match language {
            Some(language) => Self { texts: Texts::of(language), links: Links(language), ..self },
            None => self,
        }
    }

    /// Names this page, in whatever language it is read; of a posted form, the page that has it.
    pub(super) fn page_name(&self) -> String {
        self.name_of(&self.here)
    }

    /// Names the page at `path`, in whatever language it is read.
    pub(super) fn name_of(&self, path: &str) -> String {
        translated(&own_path(path, self.links), Language::German)
    }

    /// What the person who is logged in typed into the form of this page before they had to log in again.
    pub(super) fn typed(&self) -> Vec<(String, String)> {
        self.session.read().typed_into(&self.page_name(), self.now())
    }

    /// Forgets what was typed into the form of this page: it is sent again now.
    pub(super) fn forget_typed(&self) {
        let page = self.page_name();
        self.session.change(|session| session.typed.take_if(|typed| typed.is_of(&page)));
    }

    /// The person who is logged in.
    ///
    /// # Errors
    /// [`PageError::LoginNeeded`].
    pub(crate) fn login(&self) -> Result<Login, PageError> {
        let login = self.session.read().login;
        login.ok_or_else(|| PageError::LoginNeeded { back: self.back.clone() })
    }

    /// The member of staff who is logged in.
    ///
    /// # Errors
    /// [`PageError::StaffOnly`].
    pub(crate) fn staff(&self) -> Result<Login, PageError> {
        let login = self.session.read().login.filter(|login| login.is_staff);
        login.ok_or_else(|| PageError::StaffOnly { back: self.back.clone() })
    }

    /// Refuses a log-in that is not sure enough for `needed`.
    ///
    /// # Errors
    /// [`PageError::LoginNeeded`], [`PageError::LevelTooLow`].
    pub(crate) fn demand(&self, needed: TrustLevel) -> Result<(), PageError> {
        if self.login()?.level >= needed {
            Ok(())
        } else {
            Err(PageError::LevelTooLow { needed, back: self.back.clone() })
        }
    }

    /// The identity service refused or failed. A log-in below the level at which the person was proven
    /// before can be repeated at that level.
    pub(crate) fn identity_refused(&self, error: ClientError) -> PageError {
        match (needed_level(&error), error.code()) {
            (Some(needed), _) => PageError::LevelTooLow { needed, back: self.back.clone() },
            (None, Some("invalid_grant")) => self.logged_out(),
            (None, Some(code)) if ends_login(code) => error.into(),
            (None, _) => PageError::identity_down(error),
        }
    }

    /// The identity service refused or failed to tell or change where the person is written to.
    pub(crate) fn contact_refused(&self, error: ClientError) -> PageError {
        match self.identity_refused(error) {
            PageError::LevelTooLow { needed, back } => PageError::AddressLevel { needed, back },
            failure => failure,
        }
    }

    /// An authority refused or failed. A log-in that is not sure enough can be repeated at the level that
    /// it asks for.
    pub(crate) fn office_refused(&self, error: ClientError) -> PageError {
        match needed_level(&error) {
            Some(needed) => PageError::LevelTooLow { needed, back: self.back.clone() },
            None => error.into(),
        }
    }

    /// An access token for `authority`. A log-in that the identity service has ended is
    /// forgotten here too.
    ///
    /// # Errors
    /// [`PageError::LoginNeeded`], [`PageError::StaffOnly`], [`PageError::Forbidden`],
    /// [`PageError::IdentityDown`].
    pub(crate) async fn token(&self, authority: &AuthorityId) -> Result<AccessToken, PageError> {
        let login = self.login()?;
        match self.portal.tokens.get(&login.refresh_token, authority).await {
            Ok(token) => Ok(token),
            Err(ClientError::OAuth { error }) if error == "invalid_grant" => Err(self.logged_out()),
            // A member of staff, but not of this authority.
            Err(ClientError::OAuth { error }) if error == "invalid_target" => {
                Err(PageError::Forbidden)
            }
            Err(error) => Err(PageError::identity_down(error)),
        }
    }

    /// The identity service has ended the log-in: it is forgotten here too.
    fn logged_out(&self) -> PageError {
        let ended = self.session.change(|session| session.login.take());
        let back = self.back.clone();
        match ended {
            Some(login) if login.is_staff => PageError::StaffOnly { back },
            _ => PageError::LoginNeeded { back },
        }
    }

    /// The frame of a page with this title.
    pub(crate) fn frame(&self, title: impl Into<String>) -> Frame {
        let session = self.session.read();
        let notice = |held: &HeldSlot| HoldNotice {
            link: self.links.confirm(held.hold.hold_id),
            until: self.texts.time(held.hold.expires_at),
        };
        let (csrf, person, case) = match &session.login {
            Some(login) => {
                let case = login.case.map(|case| case.to_string());
                (Some(login.csrf.clone()), Some(login.name.clone()), case)
            }
            None => (None, None, None),
        };
        Frame {
            texts: self.texts,
            links: self.links,
            title: title.into(),
            is_error: false,
            here: self.here.clone(),
            site: Arc::clone(&self.portal.site),
            case,
            csrf,
            person,
            holds: session.held_at(self.now()).map(notice).collect(),
            gave_back: self.session.change(|session| std::mem::take(&mut session.gave_back)),
            lost_typed: self.session.change(|session| std::mem::take(&mut session.lost_typed)),
            login_offer: None,
            visit: None,
            other_booking: None,
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

/// The level that was asked for, if a log-in was refused because it is not sure enough.
fn needed_level(error: &ClientError) -> Option<TrustLevel> {
    let refusal = error.refusal().filter(|refusal| refusal.code == "level-too-low")?;
    refusal.extensions.get("required_level")?.as_str()?.parse().ok()
}

/// Path and query of the page at `referer`, if it is one of the site at `public_url`.
fn page_of(referer: &str, public_url: &Url) -> Option<String> {
    let page = Url::parse(referer).ok().filter(|page| page.origin() == public_url.origin())?;
    Some(match page.query() {
        Some(query) => format!("{}?{query}", page.path()),
        None => page.path().to_owned(),
    })
}

/// Sends the browser to another page of this site.
pub(crate) fn go_to(link: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, link.as_ref())).finish()
}
