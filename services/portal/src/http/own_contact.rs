//! Where the person who is logged in is written to, as far as this log-in may know it. A page says "no address"
//! only if the identity service said so.

use std::borrow::Cow;

use client::{AccessToken, Contact, TrustLevel};

use super::{
    asked::What,
    page_error::PageError,
    request::{Authority, Person, Request},
    visit::level_key,
    visitor::Visitor,
};

/// What the identity service tells about a person's address.
pub(crate) enum OwnContact {
    /// The address that messages go to, and the one that waits for its code; each may be missing.
    Told(Contact),
    /// Nothing, nor whether there is one.
    Untold(Untold),
}

/// What a page says in the place of an address that it does not know.
pub(crate) struct Untold {
    pub(crate) sentence: Cow<'static, str>,
    /// Leads to a log-in that sees and changes the address, if this one may not.
    pub(crate) login: Option<String>,
}

impl Untold {
    /// The log-in is below `needed`, the level at which the person was proven; a surer one comes back to `back`.
    fn hidden(visitor: &Visitor, needed: TrustLevel, back: &str) -> Self {
        let texts = visitor.texts;
        let (hidden, how) = (texts.text("address-hidden"), texts.text(level_key(needed)));
        Self {
            sentence: Cow::Owned(format!("{hidden} {how}")),
            login: Some(visitor.links.login_start(back, Some(needed))),
        }
    }

    /// The identity service does not answer now.
    fn unknown(visitor: &Visitor) -> Self {
        Self { sentence: visitor.texts.text("address-unknown"), login: None }
    }
}

impl OwnContact {
    /// # Errors
    /// The identity service fails, or has ended the log-in.
    pub(crate) async fn read(visitor: &Visitor, token: &AccessToken) -> Result<Self, PageError> {
        match visitor.portal.identity.contact(token).await {
            Ok(contact) => Ok(Self::Told(contact)),
            Err(error) => match visitor.identity_refused(error) {
                PageError::LevelTooLow { needed, back } => {
                    Ok(Self::Untold(Untold::hidden(visitor, needed, &back)))
                }
                failure => Err(failure),
            },
        }
    }

    /// For a page about something else, which is shown whatever the identity service answers.
    pub(crate) async fn beside<A: What>(request: &Request<Person, Authority, A>) -> Self {
        let visitor = &request.visitor;
        let read = match request.token().await {
            Ok(token) => Self::read(visitor, &token).await,
            Err(failure) => Err(failure),
        };
        read.unwrap_or_else(|failure| {
            tracing::info!(%failure, "cannot read a person's address; the page says that it is not known");
            Self::Untold(Untold::unknown(visitor))
        })
    }

    /// The address that messages go to, or what is said in its place, for pages that say nothing of one that waits
    /// for its code. Neither: there is none.
    pub(crate) fn email(self) -> (Option<String>, Option<Untold>) {
        match self {
            Self::Told(contact) => (contact.email, None),
            Self::Untold(untold) => (None, Some(untold)),
        }
    }

    /// Whether a message reaches the person; `None` if it is not told.
    pub(crate) const fn gets_mail(&self) -> Option<bool> {
        match self {
            Self::Told(contact) => Some(contact.email.is_some()),
            Self::Untold(_) => None,
        }
    }
}
