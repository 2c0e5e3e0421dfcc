//! The OpenAPI document of this service. A handler describes itself; here they are listed.

use std::sync::{Arc, LazyLock};

use ambient::Clock;
use reference::{Caller, Callers, Reference, Served};
use serde_json::Value;
use utoipa::OpenApi;

use super::{
    authorities, authorize, backchannel_logout, contact, desk, discovery, draws, logout, me, par,
    revoke, token, userinfo,
};

const CALLERS: Callers =
    Callers(&[Caller::Client, Caller::Citizen, Caller::OnBehalf, Caller::Staff]);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fairtermin identity API",
        version = "1",
        description = "Log-in, tokens, and who a person is at one authority: what programs call.\n\n\
            It is an OpenID provider and an authorization server after OAuth 2.0; agencies' programs use it by the FAPI 2.0 \
            Security Profile. The pages of a log-in, which a browser goes through by itself, are no part of the API.\n\n\
            Tokens, pushed requests and revocations answer errors in the form of OAuth (RFC 6749 section 5.2), everything \
            else by problem documents (RFC 9457), or by a page where a person reads it. Within version 1 only additions are made.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    tags(
        (name = "Discovery", description = "What everybody may know: metadata, keys, signed lists."),
        (name = "OAuth", description = "Tokens, and the person of a token."),
        (name = "Browser", description = "Where a program sends the browser of a person."),
        (name = "Contact", description = "Where a person can be reached, said by themselves."),
        (name = "Draws", description = "One ticket for each person who enters a draw, so that no entry is of an invented person."),
        (name = "My data", description = "What is kept about a person, for themselves."),
        (name = "Front desk", description = "For staff of an authority: documents, calls, and cases that two of them decide."),
    ),
    paths(
        discovery::openid_configuration, discovery::jwks, authorities::authorities, revoke::revocations,
        par::par, token::token, revoke::revoke, userinfo::userinfo,
        authorize::authorize, logout::logout, backchannel_logout::backchannel_logout,
        contact::read, contact::write, contact::clear, contact::prove, me::data,
        draws::prepare, draws::announce, draws::countersign, draws::ticket, desk::tickets::give,
        desk::persons::identify, desk::persons::prove_email, desk::callers::take_call, desk::cases::read_of_person,
        desk::cases::read, desk::cases::propose, desk::cases::approve, desk::cases::reverse, desk::cases::merge,
    ),
    components(schemas(ids::DrawId)),
    modifiers(&CALLERS),
)]
struct Api;

/// The whole document, with every problem that an operation may answer.
#[must_use]
pub fn document() -> Value {
    let mut document = reference::complete_with_events(&Api::openapi(), &[]);
    let paths = &mut document["paths"];
    // The same handler at another address, and by another method.
    let metadata = super::OPENID_CONFIGURATION;
    paths[super::OAUTH_METADATA] = renamed(&paths[metadata], "get", "readOAuthMetadata");
    let posted = renamed(&paths["/userinfo"], "get", "readUserinfoByPost")["get"].take();
    paths["/userinfo"]["post"] = posted;
    document
}

fn renamed(item: &Value, method: &str, operation_id: &str) -> Value {
    let mut item = item.clone();
    item[method]["operationId"] = operation_id.into();
    item
}

/// The document and its pages, of the service whose issuer this is. Made once per process.
pub(crate) fn reference_at(issuer: &str, clock: Arc<dyn Clock>) -> Arc<Served> {
    static REFERENCE: LazyLock<Reference> =
        LazyLock::new(|| Reference::new(document(), &[]).with_events(proto::ASYNCAPI));
    Arc::new(REFERENCE.served_at(issuer, clock))
}
