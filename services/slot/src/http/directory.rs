//! `/.well-known/fairtermin`: where a program that knows only this address begins.

use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};
use ids::AuthorityId;
use serde::Serialize;
use utoipa::ToSchema;

use super::{OpenData, Slots, openapi, resource_without_query};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        resource_without_query("/.well-known/fairtermin", "GET")
            .app_data(OpenData)
            .route(web::get().to(read)),
    );
}

/// What a program needs to know of an authority before it can call it.
#[derive(Serialize, ToSchema)]
#[schema(as = Directory)]
struct DirectoryView {
    authority: AuthorityId,
    /// By language; German is never missing.
    #[schema(value_type = openapi::Texts)]
    name: catalogue::Texts,
    /// The versions of the API that are served, newest first.
    versions: Vec<Version>,
    /// Where tokens come from (OpenID Connect Discovery 1.0).
    #[schema(example = "https://login.termin.example")]
    issuer: String,
    /// What a token must be for: the `resource` of a token request (RFC 8707).
    #[schema(example = "urn:fairtermin:authority:buergeramt")]
    resource: String,
    /// What an agency's program can be granted; each operation of the API names the one that it needs.
    scopes: &'static [&'static str],
}

/// One version of the API. Addresses are relative to the address of this document.
#[derive(Serialize, ToSchema)]
struct Version {
    /// The major version.
    #[schema(example = "1")]
    version: &'static str,
    /// `current`, or `deprecated`: then answers carry `Deprecation` (RFC 9745) and `Sunset`
    /// (RFC 8594) for at least a year before it ends.
    status: &'static str,
    /// What every path begins with.
    #[schema(example = "/v1")]
    base: &'static str,
    /// The document for programs.
    openapi: &'static str,
    /// The document for people.
    reference: &'static str,
    /// The document of the events that our services send to the broker. An agency gets its own by
    /// webhook or feed.
    asyncapi: &'static str,
}

/// Where to begin
///
/// The same address at every authority. It names the API, where tokens come from, and what a token
/// must be for.
#[utoipa::path(
    get, path = "/.well-known/fairtermin", tag = "Catalogue", operation_id = "readDirectory",
    responses((status = 200, description = "About this authority.", body = DirectoryView)),
)]
async fn read(slots: Slots) -> HttpResponse {
    let catalogue = slots.catalogue();
    let authority = &catalogue.authority;
    let view = DirectoryView {
        authority: authority.id.clone(),
        name: authority.name.clone(),
        versions: vec![Version {
            version: "1",
            status: "current",
            base: "/v1",
            openapi: "/openapi.json",
            reference: "/reference",
            asyncapi: "/asyncapi.json",
        }],
        issuer: slots.verifier.issuer().to_owned(),
        resource: vocabulary::urn_of(&authority.id),
        scopes: auth::scope::FOR_AGENCIES,
    };
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=300")).json(view)
}
