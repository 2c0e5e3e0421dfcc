//! The simulated provider's addresses.

use std::borrow::Cow;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CONTENT_TYPE, LOCATION},
    web,
};
use askama::Template;
use auth::TokenType;
use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::json;
use texts::Language;
use url::{Host, Url};

use super::{
    Kind, citizens, staff,
    state::{CLIENT_ID, Chosen, Granted, Request, State},
};
use crate::{
    Mode,
    http::{asset, credentials},
    pages::Frame,
    text::language_of,
};

const LIFETIME_SECONDS: i64 = 300;

pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/.well-known/openid-configuration", web::get().to(openid_configuration))
        .route("/jwks", web::get().to(jwks))
        .route("/authorize", web::get().to(authorize))
        .route("/choose", web::get().to(choose))
        .route("/cancel", web::get().to(cancel))
        .route("/token", web::post().to(token))
        .route("/assets/{path:.*}", web::get().to(asset));
}

async fn openid_configuration(state: web::Data<State>) -> HttpResponse {
    let issuer = &state.issuer;
    HttpResponse::Ok().json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn jwks(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "keys": [state.key.public_jwk()] }))
}

#[derive(Deserialize)]
struct Asked {
    client_id: String,
    redirect_uri: Url,
    response_type: String,
    state: String,
    nonce: Option<String>,
    code_challenge: String,
    code_challenge_method: String,
    acr_values: Option<String>,
    ui_locales: Option<String>,
}

async fn authorize(
    state: web::Data<State>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> HttpResponse {
    let right = asked.client_id == CLIENT_ID
        && asked.response_type == "code"
        && asked.code_challenge_method == "S256"
        && is_ours(&asked.redirect_uri, &state.issuer);
    if !right {
        return HttpResponse::BadRequest().body("unknown client, redirect_uri or response_type\n");
    }
    let language = language_of(asked.ui_locales.as_deref(), &request);
    let wanted = state.kind.wanted(asked.acr_values.as_deref().unwrap_or_default());
    let id = state.keep_request(Request {
        redirect_uri: asked.redirect_uri.clone(),
        state: asked.state.clone(),
        nonce: asked.nonce.clone(),
        challenge: asked.code_challenge.clone(),
    });
    let page = CardsPage::new(&state, &id, wanted, language);
    match page.render() {
        Ok(html) => {
            HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/html; charset=utf-8")).body(html)
        }
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// The demo's ports are chosen at start, so any on this machine will do, and our own host.
fn is_ours(redirect_uri: &Url, issuer: &str) -> bool {
    let own = issuer.parse::<Url>().ok();
    let loopback = match redirect_uri.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    loopback || own.is_some_and(|own| own.host() == redirect_uri.host())
}

#[derive(Deserialize)]
struct Choice {
    request: String,
    citizen: Option<String>,
    means: Option<String>,
    staff: Option<String>,
}

impl Choice {
    fn chosen(&self, kind: Kind) -> Option<Chosen> {
        if kind == Kind::Staff {
            let id = self.staff.as_deref()?;
            return staff().iter().find(|member| member.id == id).map(Chosen::Staff);
        }
        let (id, means) = (self.citizen.as_deref()?, self.means.as_deref()?);
        let citizen = citizens().iter().find(|citizen| citizen.id == id)?;
        let means = citizen.means.iter().find(|own| own.id() == means)?;
        Some(Chosen::Citizen(citizen, *means))
    }
}

async fn choose(state: web::Data<State>, choice: web::Query<Choice>) -> HttpResponse {
    let (Some(request), Some(who)) = (state.request(&choice.request), choice.chosen(state.kind))
    else {
        return HttpResponse::BadRequest().body("no such log-in or person\n");
    };
    let mut back = request.redirect_uri.clone();
    let to = request.state.clone();
    let auth_time = state.clock.now().as_second();
    let code = state.keep_code(Granted { request, who, auth_time });
    let answer = [("code", code.as_str()), ("state", to.as_str()), ("iss", state.issuer.as_str())];
    back.query_pairs_mut().extend_pairs(answer);
    HttpResponse::SeeOther().insert_header((LOCATION, back.as_str())).finish()
}

#[derive(Deserialize)]
struct Cancelled {
    request: String,
}

async fn cancel(state: web::Data<State>, cancelled: web::Query<Cancelled>) -> HttpResponse {
    let Some(request) = state.request(&cancelled.request) else {
        return HttpResponse::BadRequest().body("no such log-in\n");
    };
    let mut back = request.redirect_uri;
    let answer = [("error", "access_denied"), ("state", &request.state), ("iss", &state.issuer)];
    back.query_pairs_mut().extend_pairs(answer);
    HttpResponse::SeeOther().insert_header((LOCATION, back.as_str())).finish()
}

#[derive(Deserialize)]
struct Exchange {
    grant_type: String,
    code: String,
    redirect_uri: Url,
    code_verifier: String,
}

async fn token(
    state: web::Data<State>,
    request: HttpRequest,
    exchange: web::Form<Exchange>,
) -> HttpResponse {
    let refused = |error: &str| HttpResponse::BadRequest().json(json!({ "error": error }));
    let expected = (CLIENT_ID.to_owned(), state.client_secret.expose().to_owned());
    if credentials(&request).flatten() != Some(expected) {
        return HttpResponse::Unauthorized().json(json!({ "error": "invalid_client" }));
    }
    if exchange.grant_type != "authorization_code" {
        return refused("unsupported_grant_type");
    }
    let Some(granted) = state.take_code(&exchange.code) else { return refused("invalid_grant") };
    let verifier = digest::digest(&digest::SHA256, exchange.code_verifier.as_bytes());
    if URL_SAFE_NO_PAD.encode(verifier) != granted.request.challenge
        || exchange.redirect_uri != granted.request.redirect_uri
    {
        return refused("invalid_grant");
    }
    match id_token(&state, &granted) {
        Ok(id_token) => HttpResponse::Ok().json(json!({
            "access_token": "this-provider-has-nothing-to-access",
            "token_type": "Bearer",
            "expires_in": LIFETIME_SECONDS,
            "id_token": id_token,
        })),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

fn id_token(state: &State, granted: &Granted) -> Result<String, auth::KeyError> {
    let now = state.clock.now().as_second();
    let mut claims = match granted.who {
        Chosen::Citizen(citizen, means) => state.kind.claims(citizen, means),
        Chosen::Staff(member) => staff::claims(member),
    };
    claims.insert("iss".into(), state.issuer.as_str().into());
    claims.insert("aud".into(), CLIENT_ID.into());
    claims.insert("iat".into(), now.into());
    claims.insert("exp".into(), (now + LIFETIME_SECONDS).into());
    claims.insert("auth_time".into(), granted.auth_time.into());
    if let Some(nonce) = &granted.request.nonce {
        claims.insert("nonce".into(), nonce.as_str().into());
    }
    state.key.sign(TokenType::Id, &claims)
}

/// The log-in page: one card per citizen and way to log in.
#[derive(Template)]
#[template(path = "simulator.html")]
struct CardsPage {
    frame: Frame,
    title: String,
    cancel_href: String,
    cards: Vec<Card>,
}

struct Card {
    name: String,
    about: String,
    ways: Vec<(String, Cow<'static, str>)>,
}

impl CardsPage {
    fn new(
        state: &State,
        request: &str,
        wanted: vocabulary::TrustLevel,
        language: Language,
    ) -> Self {
        // Outside of demonstrations there are no simulated providers.
        let frame = Frame::new(language, Mode::Demo);
        let texts = frame.texts;
        let cards = citizens().iter().map(|citizen| Card {
            name: format!("{} {}", citizen.given_names.unwrap_or_default(), citizen.family_name),
            about: format!(
                "* {}, {} ({})",
                citizen.birth_date, citizen.place_of_birth, citizen.about
            ),
            ways: state
                .kind
                .offers(citizen, wanted)
                .map(|means| {
                    let href = format!(
                        "/choose?request={request}&citizen={}&means={}",
                        citizen.id,
                        means.id()
                    );
                    (href, texts.text(means.id()))
                })
                .collect(),
        });
        let members = if state.kind == Kind::Staff { staff() } else { &[] };
        let staff_cards = members.iter().map(|member| Card {
            name: member.name.to_owned(),
            about: String::new(),
            ways: vec![(
                format!("/choose?request={request}&staff={}", member.id),
                "Dienstkonto".into(),
            )],
        });
        Self {
            frame,
            title: format!("{} (Simulation)", state.kind.title()),
            cancel_href: format!("/cancel?request={request}"),
            cards: cards.filter(|card| !card.ways.is_empty()).chain(staff_cards).collect(),
        }
    }
}
