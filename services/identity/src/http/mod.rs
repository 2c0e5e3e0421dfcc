//! The addresses, and nothing but parsing and mapping.

mod assets;
mod authorize;
mod browser;
mod callback;
mod discovery;
mod login;
mod logout;
mod oauth_error;
mod pages;
mod token;
mod userinfo;

use actix_web::{
    dev::Service as _,
    http::header::{self, HeaderValue},
    web,
};
pub(crate) use assets::asset;

/// Adds every route.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    let machine = web::scope("")
        .route("/.well-known/openid-configuration", web::get().to(discovery::openid_configuration))
        .route(
            "/.well-known/oauth-authorization-server",
            web::get().to(discovery::openid_configuration),
        )
        .route("/jwks", web::get().to(discovery::jwks))
        .route("/token", web::post().to(token::token))
        .route("/userinfo", web::get().to(userinfo::userinfo))
        .route("/userinfo", web::post().to(userinfo::userinfo))
        .route("/assets/{path:.*}", web::get().to(asset))
        .route("/authorize", web::get().to(authorize::authorize))
        .route("/login", web::get().to(login::login))
        .route("/callback/{provider}", web::get().to(callback::callback))
        .route("/logout", web::get().to(logout::logout))
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
    config.service(machine);
}

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
