//! The authority that a page is about.

use std::sync::Arc;

use client::ClientError;
use ids::AuthorityId;

use crate::{
    directory::{Directory, Offer, Office},
    http::{asked::Asked, page_error::PageError},
};

/// Where a page is.
pub(crate) trait Where: Sized + 'static {
    /// Finds it by the address.
    async fn find(directory: &Directory, asked: &Asked) -> Result<Self, PageError>;

    /// What is offered there.
    fn offer(&self) -> Option<&Offer>;
}

/// The page is about no authority, or about all of them.
pub(crate) struct Anywhere;

/// An authority and what it offers.
pub(crate) struct Authority {
    pub(crate) office: Office,
    pub(crate) offer: Arc<Offer>,
}

impl Authority {
    /// What `office` offers, even if it cannot be reached at the moment.
    ///
    /// # Errors
    /// [`PageError::AuthorityDown`] if it was never reached.
    pub(crate) async fn of(office: &Office) -> Result<Self, PageError> {
        match office.known().await.offer {
            Some(offer) => Ok(Self { office: office.clone(), offer }),
            None => Err(PageError::AuthorityDown(ClientError::TimedOut)),
        }
    }
}

impl Where for Anywhere {
    async fn find(_: &Directory, _: &Asked) -> Result<Self, PageError> {
        Ok(Self)
    }

    fn offer(&self) -> Option<&Offer> {
        None
    }
}

impl Where for Authority {
    async fn find(directory: &Directory, asked: &Asked) -> Result<Self, PageError> {
        let id: AuthorityId = asked.path("authority")?;
        Self::of(directory.get(&id).ok_or(PageError::NotFound)?).await
    }

    fn offer(&self) -> Option<&Offer> {
        Some(&self.offer)
    }
}
