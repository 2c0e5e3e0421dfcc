//! The newest state of the log in which a draw stands, for people who check. Its signatures are not checked here.

use actix_web::{HttpResponse, http::header};
use client::LogCheckpoint;
use ids::DrawId;

use super::witnesses::Witnesses;
use crate::{
    directory::Office,
    http::{
        page_error::PageError,
        request::{Anybody, Authority, Request},
    },
};

/// As many characters of the root tell two states apart at a glance.
const SHOWN: usize = 16;

/// The state of the log.
pub(super) struct LogState {
    pub(super) origin: String,
    pub(super) size: u64,
    /// The beginning of the root.
    pub(super) root: String,
    /// The announced witnesses whose signatures stand below it.
    pub(super) witnesses: Vec<String>,
    /// Witnesses are announced, and none of them has signed.
    pub(super) is_unsigned: bool,
    /// Where all of it is, as it was signed.
    pub(super) whole: String,
}

impl LogState {
    /// `None` if it cannot be learnt: the page is of use without it.
    pub(super) async fn read(
        office: &Office,
        announced: &Witnesses,
        whole: String,
    ) -> Option<Self> {
        let note = office.api.log_checkpoint().await.ok()?;
        let LogCheckpoint { origin, size, root, signers } = LogCheckpoint::read(&note)?;
        let has_signed = |name: &&String| signers.contains(name);
        let witnesses: Vec<_> = announced.names.iter().filter(has_signed).cloned().collect();
        Some(Self {
            origin,
            size,
            root: root.chars().take(SHOWN).collect(),
            is_unsigned: witnesses.is_empty() && !announced.names.is_empty(),
            witnesses,
            whole,
        })
    }
}

/// The newest checkpoint of the authority's log, as it was signed.
pub(crate) async fn checkpoint(
    request: Request<Anybody, Authority, DrawId>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, .. }, asked: draw, .. } = request;
    let public = visitor.links.draw(&office.id, &draw);
    let note = office.api.log_checkpoint().await;
    let note = note.map_err(|error| PageError::from(error).choose_again_at(public))?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=2"))
        .body(note))
}
