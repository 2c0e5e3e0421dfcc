//! How long it takes to verify an access token offline.

use std::{sync::Arc, time::Instant};

use ambient::SystemClock;
use auth::Verifier;

use crate::{
    Failure,
    people::{ISSUER, Issuer},
    report::{Report, Row},
};

const TOKENS: usize = 5_000;

/// Measures tokens that were not seen before, then the same again.
pub async fn measure(report: &mut Report) -> Result<(), Failure> {
    let issuer = Issuer::start()?;
    let authority = "bench".parse()?;
    let keys = format!("http://{}/", issuer.address).parse()?;
    let verifier =
        Verifier::new(ISSUER, vocabulary::urn_of(&authority), keys, Arc::new(SystemClock));
    let people = issuer.people(&authority, TOKENS + 1)?;
    verifier.verify_access(&people[TOKENS].token).await?;
    for (name, target) in [("first time", 150.0), ("again", 5.0)] {
        let began = Instant::now();
        for person in &people[..TOKENS] {
            verifier.verify_access(&person.token).await?;
        }
        let micros = began.elapsed().as_secs_f64() * 1e6 / TOKENS as f64;
        report.add(Row {
            name: format!("verifying a token, {name} / {target} µs"),
            ratio: micros / target,
            target: 1.0,
            at_least: false,
            detail: format!("{micros:.1} µs"),
        });
    }
    Ok(())
}
