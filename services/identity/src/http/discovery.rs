//! What programs find out by themselves.

use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};
use auth::{AuthorityList, FAPI_ALGORITHMS};
use serde_json::json;

use crate::{app::Context, text::offered};

/// How a client proves itself: our own programs by a secret, an agency's by its key.
const AUTHENTICATION: [&str; 3] = ["client_secret_basic", "client_secret_post", "private_key_jwt"];

/// Find everything out
///
/// The metadata of OpenID Connect Discovery 1.0 and of RFC 8414: endpoints, scopes, algorithms.
#[utoipa::path(
    get, path = "/.well-known/openid-configuration", tag = "Discovery", operation_id = "readOpenIdConfiguration",
    responses((status = 200, description = "The metadata.", body = std::collections::BTreeMap<String, serde_json::Value>)),
)]
pub(super) async fn openid_configuration(context: web::Data<Context>) -> HttpResponse {
    let issuer = &context.issuer;
    let at = |path: &str| format!("{issuer}/{path}");
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=300")).json(json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "pushed_authorization_request_endpoint": at("par"),
        // Of agencies' programs it is required; our portal is none.
        "require_pushed_authorization_requests": false,
        "token_endpoint": at("token"),
        "dpop_signing_alg_values_supported": FAPI_ALGORITHMS,
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "end_session_endpoint": at("logout"),
        "revocation_endpoint": at("revoke"),
        "revocation_endpoint_auth_methods_supported": AUTHENTICATION,
        "revocation_endpoint_auth_signing_alg_values_supported": FAPI_ALGORITHMS,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [
            "authorization_code", "refresh_token", "client_credentials",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": [context.keys.current().algorithm_name()],
        "userinfo_signing_alg_values_supported": [context.keys.current().algorithm_name()],
        "token_endpoint_auth_methods_supported": AUTHENTICATION,
        "token_endpoint_auth_signing_alg_values_supported": FAPI_ALGORITHMS,
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": ["basic", "substantial", "high"],
        "scopes_supported": auth::scope::ALL,
        "claims_supported": ["sub", "acr", "auth_time", "sid", "given_name", "family_name", "birthdate"],
        "service_documentation": at("reference"),
        "fairtermin_authorities": at(AuthorityList::PATH.trim_start_matches('/')),
        "ui_locales_supported": offered().iter().map(|language| language.html_tag()).collect::<Vec<_>>(),
        "authorization_response_iss_parameter_supported": true,
    }))
}

/// Read the public keys
///
/// With which tokens, the list of authorities and that of revocations are verified (RFC 7517).
#[utoipa::path(
    get, path = "/jwks", tag = "Discovery", operation_id = "readKeys",
    responses((status = 200, description = "A set of keys.", body = std::collections::BTreeMap<String, serde_json::Value>)),
)]
pub(super) async fn jwks(context: web::Data<Context>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .json(context.keys.jwk_set())
}
