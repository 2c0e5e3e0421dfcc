//! Act 3: tokens that must not work.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use client::{AccessToken, ClientError};

use super::{
    Stage,
    book::hold_for,
    find::Found,
    log_in::{Cast, Citizen},
    report::{Report, refused},
};

pub async fn act(stage: &Stage, report: &mut Report, found: &Found, cast: &Cast) {
    let elsewhere = AccessToken::new(cast.elsewhere.clone());
    report.step(
        "a token for another authority",
        refused(list(stage, &elsewhere).await, 401, "wrong-audience"),
    );
    let forged = forge_signature(cast.erika.token.expose());
    report.step("a forged token", refused(list(stage, &forged).await, 401, "invalid-token"));
    let unsigned = forge_unsigned(cast.erika.token.expose());
    report.step(
        "an unsigned token (alg none)",
        refused(list(stage, &unsigned).await, 401, "invalid-token"),
    );
    let nothing = AccessToken::new("");
    report.step("no token", refused(list(stage, &nothing).await, 401, "unauthenticated"));
    let weak = attempt(stage, &cast.weak, found).await;
    report.step("a log-in by user name and password", refused(weak, 403, "level-too-low"));
}

async fn list(stage: &Stage, token: &AccessToken) -> Result<(), ClientError> {
    stage.slot.bookings(token).await.map(|_| ())
}

async fn attempt(stage: &Stage, citizen: &Citizen, found: &Found) -> Result<(), ClientError> {
    hold_for(stage, citizen, &found.service, &found.second, None).await.map(|_| ())
}

/// The same claims under a wrong signature: one bit in the middle differs.
fn forge_signature(token: &str) -> AccessToken {
    let (claims, signature) = token.rsplit_once('.').unwrap_or((token, ""));
    let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 1;
    }
    AccessToken::new(format!("{claims}.{}", BASE64_URL_SAFE_NO_PAD.encode(bytes)))
}

fn forge_unsigned(token: &str) -> AccessToken {
    let header = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"at+jwt"}"#);
    let claims = token.split('.').nth(1).unwrap_or_default();
    AccessToken::new(format!("{header}.{claims}."))
}
