//! `/v1/entitlements`: agencies post and change them, persons claim theirs.

pub(super) mod claim;
pub(super) mod date;
pub(super) mod post;
pub(super) mod post_many;
pub(super) mod reissue;
pub(super) mod release;
pub(super) mod withdraw;

use std::borrow::Cow;

use actix_web::web;
use booking::entitlement::Reference;
use serde::{Deserialize, Deserializer};
use utoipa::openapi::ObjectBuilder;

use super::{
    body::Longest,
    line::{self, Line},
    resource_without_query,
    values::{self, FromText},
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource_without_query("/entitlements", "POST").route(web::post().to(post::one)))
        .service(
            resource_without_query("/entitlements/batch", "POST")
                .app_data(web::PayloadConfig::new(post_many::LONGEST_BATCH))
                .app_data(Longest(post_many::LONGEST_BATCH))
                .route(web::post().to(post_many::many)),
        )
        .service(
            resource_without_query("/entitlements/claim", "POST")
                .route(web::post().to(claim::claim)),
        )
        .service(
            resource_without_query("/entitlements/{id}/date", "GET, POST")
                .route(web::get().to(date::read))
                .route(web::post().to(date::assign)),
        )
        .service(
            resource_without_query("/entitlements/{id}/date/withdraw", "POST")
                .route(web::post().to(date::withdraw)),
        )
        .service(
            resource_without_query("/entitlements/{id}/withdraw", "POST")
                .route(web::post().to(withdraw::withdraw)),
        )
        .service(
            resource_without_query("/entitlements/{id}/release", "POST")
                .route(web::post().to(release::release)),
        )
        .service(
            resource_without_query("/entitlements/{id}/reissue", "POST")
                .route(web::post().to(reissue::reissue)),
        );
}

/// The longest reference, in characters.
const LONGEST_REFERENCE: usize = 128;

/// A reference as it was sent or typed.
#[derive(Debug, Clone)]
pub(super) struct TypedReference(pub Reference);

impl TypedReference {
    /// How it stands in the API's document.
    pub(super) fn schema(description: &str) -> ObjectBuilder {
        Line::<LONGEST_REFERENCE>::schema(description)
            .pattern(Some(line::REFERENCE))
            .examples(["LEA-2026-004711"])
    }
}

impl FromText for TypedReference {
    fn expected() -> Cow<'static, str> {
        let line = Line::<LONGEST_REFERENCE>::expected();
        format!("{line}, at least one of them a letter from A to Z or a digit").into()
    }

    fn from_text(text: &str) -> Option<Self> {
        let line = Line::<LONGEST_REFERENCE>::from_text(text)?.into_text();
        Reference::parse(&line).ok().map(Self)
    }
}

impl<'de> Deserialize<'de> for TypedReference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        values::deserialize(deserializer)
    }
}
