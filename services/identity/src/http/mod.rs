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
mod login;
mod logout;
mod me;
mod oauth_error;
mod pages;
mod par;
mod revoke;
mod token;
mod userinfo;

use actix_web::{
    dev::Service as _,
    http::header::{self, HeaderValue},
    web,
};
pub(crate) use assets::asset;
use auth::{AuthorityList, RevocationList};
pub(crate) use basic::credentials;

/// Adds every route.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    // Only pages for people read the query.
    let unreadable = web::QueryConfig::default().error_handler(pages::unreadable_query);
    let resources = web::scope("")
        .app_data(unreadable)
        .app_data(oauth_error::readable_forms())
        .service(
            web::resource(OPENID_CONFIGURATION)
                .route(web::get().to(discovery::openid_configuration)),
        )
        .service(
            web::resource(OAUTH_METADATA).route(web::get().to(discovery::openid_configuration)),
        )
        .service(web::resource(AuthorityList::PATH).route(web::get().to(authorities::authorities)))
        .service(web::resource("/jwks").route(web::get().to(discovery::jwks)))
        .service(web::resource("/par").route(web::post().to(par::par)))
        .service(web::resource("/token").route(web::post().to(token::token)))
        .service(web::resource("/revoke").route(web::post().to(revoke::revoke)))
        .service(web::resource(RevocationList::PATH).route(web::get().to(revoke::revocations)))
        .service(
            web::resource("/userinfo")
                .route(web::get().to(userinfo::userinfo))
                .route(web::post().to(userinfo::userinfo)),
        )
        .service(web::resource("/").route(web::get().to(pages::root)))
        .service(web::resource("/assets/{path:.*}").route(web::get().to(asset)))
        .service(web::resource("/authorize").route(web::get().to(authorize::authorize)))
        .service(web::resource("/login").route(web::get().to(login::login)))
        .service(web::resource("/callback/{provider}").route(web::get().to(callback::callback)))
        .service(
            web::resource("/backchannel-logout/{provider}")
                .route(web::post().to(backchannel_logout::backchannel_logout)),
        )
        .service(
            web::resource("/contact")
                .route(web::get().to(contact::read))
                .route(web::put().to(contact::write))
                .route(web::delete().to(contact::clear)),
        )
        .service(web::resource("/me/data").route(web::get().to(me::data)))
        .service(web::resource("/contact/proof").route(web::post().to(contact::prove)))
        .configure(desk::configure)
        .configure(reference::problem_routes)
        .service(web::resource("/logout").route(web::get().to(logout::logout)))
        .service(web::resource("/logged-out").route(web::get().to(logout::logged_out)))
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
