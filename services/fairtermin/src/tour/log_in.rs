//! Log-ins of the tour.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use client::{AccessToken, Callback, Language, LoginRequirements, TrustLevel};
use ids::AuthorityId;
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
    level: TrustLevel,
}

pub async fn act(stage: &Stage, report: &mut Report) -> Option<Cast> {
    let issuer = stage.identity.issuer().await.map_err(StepError::from);
    report.step(
        "the identity service's discovery document",
        issuer.and_then(|issuer| proof((), issuer)),
    )?;
    let by_card =
        Means { provider: "bundid", citizen: "erika", means: "online-id", level: TrustLevel::High };
    let by_eid = Means { provider: "eid", means: "new-online-id", ..by_card };
    let other =
        Means { citizen: "oezguer", means: "elster", level: TrustLevel::Substantial, ..by_card };
    let weak = Means { citizen: "paul", means: "password", level: TrustLevel::Basic, ..by_card };
    let erika = report.step("log in with the online ID card", log_in(stage, by_card).await)?;
    let erika_by_eid = report.step(
        "the same human with a new card at another provider",
        same_human(log_in(stage, by_eid).await, &erika),
    )?;
    let other = report.step("another human logs in with ELSTER", log_in(stage, other).await)?;
    let weak = report.step("a third one with user name and password", log_in(stage, weak).await)?;
    let elsewhere = report.step("a token for another authority", elsewhere(stage, &erika).await)?;
    Some(Cast { erika, erika_by_eid, other, weak, elsewhere })
}

/// A test citizen logs in with their card, for another authority than the one that the tour books at.
pub async fn with_card(stage: &Stage, citizen: &'static str) -> Result<Proof<Citizen>, StepError> {
    let means = Means { provider: "bundid", citizen, means: "online-id", level: TrustLevel::High };
    log_in_at(stage, means, &stage.target.other_authority).await
}

async fn log_in(stage: &Stage, means: Means) -> Result<Proof<Citizen>, StepError> {
    log_in_at(stage, means, &stage.target.authority).await
}

/// The authorization code flow with PKCE (RFC 7636), as a browser goes through it.
async fn log_in_at(
    stage: &Stage,
    means: Means,
    authority: &AuthorityId,
) -> Result<Proof<Citizen>, StepError> {
    let stop: Url = REDIRECT_URI.parse()?;
    let mut browser = Browser::new()?;
    let requirements = LoginRequirements {
        scopes: &["offline_access", "bookings"],
        level: Some(means.level),
        language: Language::German,
    };
    let start = stage.identity.authorization_request(requirements).await?;
    let choice = browser.open(start.url, None).await?;
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
    let (state, issuer) = (answer("state"), answer("iss"));
    if state.as_ref() != Some(&start.state) {
        return Err(StepError::new("the answer is for another request".to_owned()));
    }
    let callback = Callback {
        code: &code,
        issuer: issuer.as_deref(),
        nonce: &start.nonce,
        verifier: &start.verifier,
    };
    let login = stage.identity.handle_callback(callback).await?;
    let refresh = login.refresh_token;
    let token = stage.identity.token_for(&refresh, authority).await?.token;
    let attendee = stage.identity.attendee(&token).await?;
    let shown = format!("level {}, known here as {}", claim(&token, "acr")?, claim(&token, "sub")?);
    proof(Citizen { token, attendee, refresh }, shown)
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
async fn elsewhere(stage: &Stage, erika: &Citizen) -> Result<Proof<String>, StepError> {
    let other = &stage.target.other_authority;
    let token = stage.identity.token_for(&erika.refresh, other).await?.token;
    let there = claim(&token, "sub")?;
    if there == claim(&erika.token, "sub")? {
        return Err(StepError::new("two authorities know the person by the same pseudonym"));
    }
    proof(token.expose().to_owned(), format!("known there as {there}"))
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
