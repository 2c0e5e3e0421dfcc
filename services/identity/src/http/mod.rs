//! The addresses, and nothing but parsing and mapping.

mod assets;
mod authorities;
mod authorization_parameters;
mod authorize;
mod backchannel_logout;
mod basic;
mod browser;
mod callback;
mod client_proof;
mod contact;
mod desk;
mod discovery;
mod dpop;
mod draw_client;
mod draws;
mod login;
mod logout;
mod me;
mod oauth_error;
mod openapi;
mod pages;
mod par;
mod revoke;
mod token;
mod userinfo;

use std::sync::Arc;

use actix_web::{
    dev::Service as _,
    http::header::{self, HeaderValue},
    web,
};
pub(crate) use assets::asset;
use auth::{AuthorityList, RevocationList};
pub(crate) use basic::credentials;
pub use openapi::document as openapi_document;
pub(crate) use openapi::reference_at;
use problem::{OpenData, body::LONGEST, resource, resource_without_query};
use reference::Served;

/// Adds every route, and what is said about them.
pub(crate) fn configure(config: &mut web::ServiceConfig, pages: &Arc<Served>) {
    config.app_data(service::RefusalForm(oauth_error::refusal));
    // Only pages for people read the query.
    let unreadable = web::QueryConfig::default().error_handler(pages::unreadable_query);
    let resources = web::scope("")
        .app_data(unreadable)
        .app_data(web::PayloadConfig::new(LONGEST))
        .app_data(oauth_error::readable_forms())
        .configure(|config| reference::routes(config, pages))
        .configure(open_data)
        .service(resource("/par", "POST").route(web::post().to(par::par)))
        .service(resource("/token", "POST").route(web::post().to(token::token)))
        .service(resource("/revoke", "POST").route(web::post().to(revoke::revoke)))
        .service(
            resource("/userinfo", "GET, POST")
                .route(web::get().to(userinfo::userinfo))
                .route(web::post().to(userinfo::userinfo)),
        )
        .service(resource("/", "GET").route(web::get().to(pages::root)))
        .service(resource("/assets/{path:.*}", "GET").route(web::get().to(asset)))
        .service(resource("/authorize", "GET").route(web::get().to(authorize::authorize)))
        .service(resource("/login", "GET").route(web::get().to(login::login)))
        .service(resource("/callback/{provider}", "GET").route(web::get().to(callback::callback)))
        .service(
            resource("/backchannel-logout/{provider}", "POST")
                .route(web::post().to(backchannel_logout::backchannel_logout)),
        )
        .service(
            resource_without_query("/contact", "DELETE, GET, PUT")
                .route(web::get().to(contact::read))
                .route(web::put().to(contact::write))
                .route(web::delete().to(contact::clear)),
        )
        .service(resource_without_query("/me/data", "GET").route(web::get().to(me::data)))
        .service(
            resource_without_query("/contact/proof", "POST").route(web::post().to(contact::prove)),
        )
        .configure(desk::configure)
        .configure(draws::configure)
        .service(resource("/logout", "GET").route(web::get().to(logout::logout)))
        .service(resource("/logged-out", "GET").route(web::get().to(logout::logged_out)))
        .default_service(web::to(pages::no_page))
        .wrap_fn(|request, service| {
            let answer = service.call(request);
            async move {
                let mut response = answer.await?;
                let headers = response.headers_mut();
                for (name, value) in SAFE_HEADERS {
                    headers.insert(name.clone(), HeaderValue::from_static(value));
                }
                // Everything here is about one person or one moment, except what says otherwise.
                if !headers.contains_key(header::CACHE_CONTROL) {
                    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                }
                Ok(response)
            }
        });
    config.service(resources);
}

/// Open data: keys, addresses, and the authorities of the federation.
fn open_data(config: &mut web::ServiceConfig) {
    let open = |path: &str| resource(path, "GET").app_data(OpenData);
    config
        .service(open(OPENID_CONFIGURATION).route(web::get().to(discovery::openid_configuration)))
        .service(open(OAUTH_METADATA).route(web::get().to(discovery::openid_configuration)))
        .service(open(AuthorityList::PATH).route(web::get().to(authorities::authorities)))
        .service(open("/jwks").route(web::get().to(discovery::jwks)))
        .service(open(RevocationList::PATH).route(web::get().to(revoke::revocations)));
}

const OPENID_CONFIGURATION: &str = "/.well-known/openid-configuration";
const OAUTH_METADATA: &str = "/.well-known/oauth-authorization-server";

/// No scripts at all, nothing from elsewhere, no framing, and no address with a code in a referrer.
const SAFE_HEADERS: &[(header::HeaderName, &str)] = &[
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
];
