//! Log-ins of the tour.

use ambient::{Entropy as _, SystemEntropy};
use aws_lc_rs::digest;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use client::{AccessToken, CodeExchange, Endpoints};
use serde_json::Value;
use url::Url;

use super::{
    Stage,
    browser::Browser,
    report::{Proof, Report, StepError, proof},
};

/// The OpenID client that the tour is.
pub const CLIENT_ID: &str = "tour";
/// Nothing listens there: the tour reads the code from the redirect.
pub const REDIRECT_URI: &str = "http://127.0.0.1/tour/callback";

/// One person's log-in, as one authority sees it.
pub struct Citizen {
    pub token: AccessToken,
    /// The signed name and birth date.
    pub attendee: String,
    refresh: String,
}

/// Everybody in the story.
pub struct Cast {
    pub erika: Citizen,
    /// The same human with the next ID card, through another provider.
    pub erika_by_eid: Citizen,
    /// Another human.
    pub other: Citizen,
    /// A third one, without proof of identity.
    pub weak: Citizen,
    /// Erika's token for the other authority.
    pub elsewhere: String,
}

/// A way to log in at the simulated providers.
#[derive(Clone, Copy)]
struct Means {
    provider: &'static str,
    citizen: &'static str,
    means: &'static str,
    level: &'static str,
}

pub async fn act(stage: &Stage, report: &mut Report) -> Option<Cast> {
    let endpoints = stage.identity.discover().await.map_err(StepError::from);
    let endpoints = report.step("the identity service's discovery document", told(endpoints))?;
    let by_card = Means { provider: "bundid", citizen: "erika", means: "online-id", level: "high" };
    let by_eid = Means { provider: "eid", means: "new-online-id", ..by_card };
    let other = Means { citizen: "oezguer", means: "elster", level: "substantial", ..by_card };
    let weak = Means { citizen: "paul", means: "password", level: "basic", ..by_card };
    let erika =
        report.step("log in with the online ID card", log_in(stage, &endpoints, by_card).await)?;
    let erika_by_eid = report.step(
        "the same human with a new card at another provider",
        same_human(log_in(stage, &endpoints, by_eid).await, &erika),
    )?;
    let other =
        report.step("another human logs in with ELSTER", log_in(stage, &endpoints, other).await)?;
    let weak = report
        .step("a third one with user name and password", log_in(stage, &endpoints, weak).await)?;
    let elsewhere =
        report.step("a token for another authority", elsewhere(stage, &endpoints, &erika).await)?;
    Some(Cast { erika, erika_by_eid, other, weak, elsewhere })
}

fn told(endpoints: Result<Endpoints, StepError>) -> Result<Proof<Endpoints>, StepError> {
    let endpoints = endpoints?;
    let issuer = endpoints.issuer.clone();
    proof(endpoints, issuer)
}

/// The authorization code flow with PKCE (RFC 7636), as a browser goes through it.
async fn log_in(
    stage: &Stage,
    endpoints: &Endpoints,
    means: Means,
) -> Result<Proof<Citizen>, StepError> {
    let verifier = random();
    let state = random();
    let stop: Url = REDIRECT_URI.parse()?;
    let mut browser = Browser::new()?;
    let start = authorization(endpoints, &verifier, &state, means.level);
    let choice = browser.open(start, None).await?;
    let provider = choice.link_to(&format!("provider={}", means.provider))?;
    let cards = browser.open(provider, None).await?;
    let card = cards.link_to(&format!("citizen={}&means={}", means.citizen, means.means))?;
    let back = browser.open(card, Some(&stop)).await?;
    if !back.url.as_str().starts_with(REDIRECT_URI) {
        let (status, path, words) = (back.status, back.url.path(), back.words());
        return Err(StepError::new(format!("stopped at {path}, status {status}: {words}")));
    }
    let answer = |name: &str| {
        back.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let code = answer("code").ok_or_else(|| {
        StepError::new(format!("no code came back: {}", answer("error").unwrap_or_default()))
    })?;
    // RFC 9207: the answer names its issuer.
    let (answered, issuer) = (answer("state"), answer("iss"));
    if answered.as_ref() != Some(&state) || issuer.as_ref() != Some(&endpoints.issuer) {
        return Err(StepError::new(format!(
            "the answer is from {issuer:?} and not from {}, or for another request",
            endpoints.issuer
        )));
    }
    let exchange = CodeExchange { code: &code, verifier: &verifier, redirect_uri: &stop };
    let tokens = stage.identity.exchange(endpoints, exchange).await?;
    let refresh = tokens.refresh_token.ok_or_else(|| StepError::new("no refresh token"))?;
    let token = stage.identity.token_for(endpoints, &refresh, &stage.target.authority).await?;
    let token = AccessToken::new(token.access_token);
    let attendee = stage.identity.attendee(endpoints, &token).await?;
    let shown = format!("level {}, known here as {}", claim(&token, "acr")?, claim(&token, "sub")?);
    proof(Citizen { token, attendee, refresh }, shown)
}

fn authorization(endpoints: &Endpoints, verifier: &str, state: &str, level: &str) -> Url {
    let challenge = digest::digest(&digest::SHA256, verifier.as_bytes());
    let mut url = endpoints.authorization_endpoint.clone();
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", CLIENT_ID)
        .append_pair("redirect_uri", REDIRECT_URI)
        .append_pair("scope", "openid offline_access bookings")
        .append_pair("state", state)
        .append_pair("nonce", &random())
        .append_pair("code_challenge", &BASE64_URL_SAFE_NO_PAD.encode(challenge))
        .append_pair("code_challenge_method", "S256")
        .append_pair("acr_values", level);
    url
}

fn same_human(
    outcome: Result<Proof<Citizen>, StepError>,
    erika: &Citizen,
) -> Result<Proof<Citizen>, StepError> {
    let citizen = outcome?.into_value();
    let (one, two) = (claim(&erika.token, "sub")?, claim(&citizen.token, "sub")?);
    if one != two {
        return Err(StepError::new(format!("two pseudonyms for one human: {one} and {two}")));
    }
    proof(citizen, "one person, one pseudonym")
}

/// The other authority sees another pseudonym.
async fn elsewhere(
    stage: &Stage,
    endpoints: &Endpoints,
    erika: &Citizen,
) -> Result<Proof<String>, StepError> {
    let other = &stage.target.other_authority;
    let tokens = stage.identity.token_for(endpoints, &erika.refresh, other).await?;
    let there = claim(&AccessToken::new(tokens.access_token.clone()), "sub")?;
    if there == claim(&erika.token, "sub")? {
        return Err(StepError::new("two authorities know the person by the same pseudonym"));
    }
    proof(tokens.access_token, format!("known there as {there}"))
}

/// A claim of a token, unverified: the tour only shows it.
fn claim(token: &AccessToken, name: &str) -> Result<String, StepError> {
    let payload = token.expose().split('.').nth(1).unwrap_or_default();
    let claims: Option<Value> = BASE64_URL_SAFE_NO_PAD
        .decode(payload)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let text = claims.as_ref().and_then(|claims| claims[name].as_str());
    text.map(str::to_owned).ok_or_else(|| StepError::new(format!("the token has no {name}")))
}

fn random() -> String {
    let mut bytes = [0; 32];
    SystemEntropy.fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
