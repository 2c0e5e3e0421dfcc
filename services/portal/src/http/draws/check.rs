//! The check of a draw in the browser, by `libs/draw/browser`, and the proof that it reads.

use actix_web::{HttpResponse, http::header, web::Bytes};
use askama::Template;
use client::{ClientError, DrawProof};
use ids::DrawId;

use crate::http::{
    frame::Frame,
    page_error::PageError,
    request::{Anybody, Anywhere, Authority, Request},
};

/// What anybody can check (`libs/draw/README.md`, section 6), in the order in which it is checked.
const STRANGER: [&str; 9] =
    ["announcement", "list", "tickets", "seed", "beacon", "order", "seats", "classes", "log"];
/// What an entrant with a receipt can check besides.
const ENTRANT: [&str; 4] = ["receipt", "entry", "wishes", "own"];

/// Why a check did not simply hold: `REASONS` of the verifier, which it gives as codes.
const REASONS: [&str; 14] = [
    "own-identity",
    "half-days",
    "no-beacon",
    "not-logged",
    "no-witness",
    "some-witnesses",
    "later-receipt",
    "entered-again",
    "earlier-wish",
    "unwitnessed",
    "unreadable",
    "late",
    "dropped",
    "passed-over",
];

/// The check as a part of a page.
pub(super) struct Check {
    /// Where the proof is; without it the person chooses a file.
    pub(super) proof: Option<String>,
    /// Where the person's receipt is.
    pub(super) receipt: Option<String>,
    /// Where the signed end of their entry is, which they have in its place.
    pub(super) ended: Option<String>,
}

impl Check {
    pub(super) const fn of(proof: String, receipt: Option<String>) -> Self {
        Self { proof: Some(proof), receipt, ended: None }
    }

    /// What the program takes beside the proof.
    pub(super) const fn options(&self) -> &'static [&'static str] {
        match (self.proof.is_some(), self.ended.is_some()) {
            (false, _) => &["--receipt RECEIPT", "--ended END"],
            (true, true) => &["--ended END"],
            (true, false) => &["--receipt RECEIPT"],
        }
    }

    /// A check and the text that says what it means.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&'static str, String)> {
        let with_receipt = self.proof.is_none() || self.receipt.is_some();
        let entrant = ENTRANT.iter().filter(move |_| with_receipt);
        let own =
            STRANGER.iter().chain(entrant).map(|check| (*check, format!("draw-check-{check}")));
        let ended = self.ended.iter().map(|_| ("entry", "draw-check-ended".to_owned()));
        own.chain(ended)
    }

    /// What the verifier may give as a reason, and the text that says it.
    pub(super) fn reasons(&self) -> impl Iterator<Item = (String, String)> {
        let wrong = STRANGER.iter().chain(&ENTRANT).chain(&["document"]);
        let wrong = wrong.map(|check| format!("wrong-{check}"));
        let all = REASONS.iter().map(ToString::to_string).chain(wrong);
        all.map(|reason| {
            let key = format!("draw-check-why-{reason}");
            (reason, key)
        })
    }
}

#[derive(Template)]
#[template(path = "draw_check.html")]
struct CheckPage {
    frame: Frame,
    check: Check,
}

/// Any draw, of any authority, by the files that the visitor has.
pub(crate) async fn show(request: Request<Anybody, Anywhere, ()>) -> HttpResponse {
    let visitor = request.visitor;
    let frame = visitor.frame(visitor.texts.text("draw-check-title"));
    visitor.page(&CheckPage { frame, check: Check { proof: None, receipt: None, ended: None } })
}

/// The proof as a file, passed on part by part.
pub(crate) async fn proof(
    request: Request<Anybody, Authority, DrawId>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, .. }, asked: draw, .. } = request;
    let public = visitor.links.draw(&office.id, &draw);
    let proof = office.api.draw_proof(draw).await;
    let proof = proof.map_err(|error| PageError::from(error).choose_again_at(public))?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{draw}.proof.json\""),
        ))
        .streaming(parts(proof)))
}

fn parts(proof: DrawProof) -> impl futures_util::Stream<Item = Result<Bytes, ClientError>> {
    futures_util::stream::try_unfold(proof, async |mut proof| {
        Ok(proof.part().await?.map(|part| (Bytes::from(part), proof)))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use texts::Language;

    use super::*;
    use crate::text::Texts;

    const VERIFIER: &str = include_str!("../../../../../libs/draw/browser/verify.js");

    #[test]
    fn every_reason_of_the_verifier_has_a_text_in_every_language() {
        let listed = VERIFIER.split_once("export const REASONS = [").unwrap().1;
        let listed = listed.split_once(']').unwrap().0;
        let quoted: BTreeSet<_> = listed.split('"').skip(1).step_by(2).collect();
        assert_eq!(quoted, BTreeSet::from(REASONS));
        let check = Check { proof: None, receipt: None, ended: None };
        for language in Language::SHIPPED {
            for (_, key) in check.reasons() {
                let text = Texts::of(*language).text(&key);
                assert!(!text.contains(&key), "{language}: {text}");
            }
        }
    }
}
