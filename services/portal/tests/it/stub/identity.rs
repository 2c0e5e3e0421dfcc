//! The identity service: logs everybody in at once, as the same person.

use actix_web::{HttpRequest, HttpResponse, http::header};
use ambient::{Clock as _, SeededEntropy, VirtualClock};
use auth::{SigningKey, TokenType};
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::Asked;

/// The portal's secret there.
pub(crate) const SECRET: &str = "portal's secret: ä&=";

/// The session of each log-in.
pub(crate) const SESSION: &str = "ses_01jdc6nvt8e0pb9s3k1zqk6yzw";

/// How it behaves, and what the last authorization request asked for.
pub(crate) struct Identity {
    pub(super) issuer: String,
    clock: VirtualClock,
    /// The number of the key that signs.
    pub(crate) signs_with: u64,
    /// The number of the key that is published.
    pub(crate) publishes: u64,
    /// The level of the log-ins.
    pub(crate) level: &'static str,
    /// What the ID token says instead of the truth; `null` leaves a claim out.
    pub(crate) says: Value,
    /// The `iss` of the callback; `None` leaves it out.
    pub(crate) names_itself: Option<String>,
    /// The error of the callback, instead of a code.
    pub(crate) breaks_off: Option<&'static str>,
    /// The `error_description` of the callback.
    pub(crate) describes: Option<&'static str>,
    /// The error code of the token endpoint for refresh tokens.
    pub(crate) refuses_refresh: Option<&'static str>,
    /// The authority for which there is no token, though there is for others.
    pub(crate) refuses_authority: Option<&'static str>,
    /// What `/userinfo` says of the person.
    pub(crate) person: Value,
    /// Of the last authorization request.
    pub(crate) request: Vec<(String, String)>,
}

impl Identity {
    pub(super) fn new(clock: VirtualClock) -> Self {
        Self {
            issuer: String::new(),
            clock,
            signs_with: 1,
            publishes: 1,
            level: "high",
            says: json!({}),
            names_itself: Some(String::new()),
            breaks_off: None,
            describes: None,
            refuses_refresh: None,
            refuses_authority: None,
            person: json!({ "given_name": "Erika", "family_name": "Mustermann" }),
            request: Vec::new(),
        }
    }

    /// A parameter of the last authorization request.
    pub(crate) fn requested(&self, name: &str) -> String {
        let found = self.request.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    pub(super) fn answer(&mut self, asked: &Asked, request: &HttpRequest) -> HttpResponse {
        let form: Vec<_> = form_urlencoded::parse(asked.body.as_bytes()).into_owned().collect();
        match asked.what.as_str() {
            "GET /.well-known/openid-configuration" => HttpResponse::Ok().json(self.discovery()),
            "GET /jwks" => {
                HttpResponse::Ok().json(json!({ "keys": [key(self.publishes).public_jwk()] }))
            }
            "GET /authorize" => self.authorize(&asked.query),
            "POST /token" if is_portal(request) => self.token(&form),
            "POST /revoke" if is_portal(request) => HttpResponse::Ok().finish(),
            "GET /userinfo" => {
                let signed = key(self.signs_with).sign(TokenType::Attendee, &self.person);
                HttpResponse::Ok().body(signed.unwrap())
            }
            _ => HttpResponse::NotFound().body("the stub knows no such address"),
        }
    }

    fn discovery(&self) -> Value {
        let at = |path: &str| format!("{}/{path}", self.issuer);
        json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("authorize"),
            "token_endpoint": at("token"),
            "userinfo_endpoint": at("userinfo"),
            "jwks_uri": at("jwks"),
            "end_session_endpoint": at("logout"),
            "revocation_endpoint": at("revoke"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "authorization_response_iss_parameter_supported": true,
        })
    }

    fn authorize(&mut self, query: &str) -> HttpResponse {
        self.request = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut back = url::Url::parse(&self.requested("redirect_uri")).unwrap();
        back.query_pairs_mut().append_pair("state", &self.requested("state"));
        match self.breaks_off {
            Some(error) => back.query_pairs_mut().append_pair("error", error),
            None => back.query_pairs_mut().append_pair("code", "the code"),
        };
        if let Some(description) = self.describes {
            back.query_pairs_mut().append_pair("error_description", description);
        }
        if let Some(issuer) = &self.names_itself {
            let issuer = if issuer.is_empty() { &self.issuer } else { issuer };
            back.query_pairs_mut().append_pair("iss", issuer);
        }
        HttpResponse::Found().insert_header((header::LOCATION, back.as_str())).finish()
    }

    fn token(&self, form: &[(String, String)]) -> HttpResponse {
        let field = |name: &str| {
            let found = form.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        let refused = |error: &str| HttpResponse::BadRequest().json(json!({ "error": error }));
        match field("grant_type") {
            "authorization_code" => {
                let hash = digest(&SHA256, field("code_verifier").as_bytes());
                let is_right = field("code") == "the code"
                    && field("redirect_uri") == self.requested("redirect_uri")
                    && BASE64_URL_SAFE_NO_PAD.encode(hash) == self.requested("code_challenge");
                if !is_right {
                    return refused("invalid_grant");
                }
                HttpResponse::Ok().json(json!({
                    "access_token": "for nobody", "token_type": "Bearer", "expires_in": 300,
                    "refresh_token": "the refresh token", "id_token": self.id_token(),
                }))
            }
            "refresh_token" => match self.refuses_refresh {
                Some(error) => refused(error),
                None if self
                    .refuses_authority
                    .is_some_and(|it| field("resource").ends_with(it)) =>
                {
                    refused("invalid_target")
                }
                None => HttpResponse::Ok().json(json!({
                    "access_token": format!("token for {}", field("resource")),
                    "token_type": "Bearer", "expires_in": 300,
                })),
            },
            _ => refused("unsupported_grant_type"),
        }
    }

    fn id_token(&self) -> String {
        let now = self.clock.now().as_second();
        let mut claims = json!({
            "iss": self.issuer, "sub": "somebody", "aud": "portal", "iat": now, "exp": now + 300,
            "sid": SESSION, "nonce": self.requested("nonce"), "acr": self.level,
        });
        for (name, value) in self.says.as_object().into_iter().flatten() {
            match value {
                Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
                value => claims[name.as_str()] = value.clone(),
            }
        }
        key(self.signs_with).sign(TokenType::Id, &claims).unwrap()
    }
}

/// RFC 6749 section 2.3.1: id and secret are form-encoded before they become basic credentials.
fn is_portal(request: &HttpRequest) -> bool {
    let secret: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let expected = format!("Basic {}", BASE64_STANDARD.encode(format!("portal:{secret}")));
    request.headers().get(header::AUTHORIZATION).is_some_and(|value| value == expected.as_str())
}

fn key(number: u64) -> SigningKey {
    SigningKey::generate(&SeededEntropy::new(number)).unwrap()
}
