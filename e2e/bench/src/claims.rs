//! What a claim of an entitlement costs beside a million others: nothing that grows with them.

use serde_json::json;

use crate::{
    Failure, Run,
    agencies::entitlement,
    load::{self, Request},
    report::{Report, Row},
    service::{Slot, psql},
};

const ENTITLEMENTS: usize = 1_000_000;
/// Keyed hashes of each: a spelling, and three readings of the date of birth.
const HASHES: usize = 3;
const CLAIMS: usize = 200;
/// What a million may add, in seconds.
const MAY_ADD: f64 = 0.001;

pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "claims", 1).await?;
    let few = typical_claim(&slot, 0).await?;
    fill(run, &slot).await?;
    let many = typical_claim(&slot, CLAIMS).await?;
    report.add(Row {
        name: "a claim: what 1,000,000 entitlements add / 1 ms".to_owned(),
        ratio: (many - few).max(0.0) / MAY_ADD,
        target: 1.0,
        at_least: false,
        detail: format!("{:.2} - {:.2} ms, one client, with its commits", many * 1e3, few * 1e3),
    });
    Ok(())
}

/// The median time of a claim by one client, in seconds.
async fn typical_claim(slot: &Slot, first: usize) -> Result<f64, Failure> {
    let agency = slot.issuer.agency(&slot.authority, "bench-claims")?;
    let posted: Vec<_> = (first..first + CLAIMS).map(entitlement).collect();
    let body = json!({ "entitlements": posted }).to_string();
    let post = Request::post("/v1/entitlements/batch", &agency, &[], &body);
    load::send(slot.address, 1, vec![post]).await?.expect(200)?;
    let people = slot.issuer.people(&slot.authority, CLAIMS)?;
    let claims = people.iter().zip(&posted).map(|(person, posted)| {
        let body = json!({
            "service": posted["service"], "reference": posted["reference"],
            "attendee": person.attendee,
        });
        Request::post("/v1/entitlements/claim", &person.token, &[], &body.to_string())
    });
    let done = load::send(slot.address, 1, claims.collect()).await?.expect(204)?;
    Ok(done.quantile(0.5))
}

async fn fill(run: &Run, slot: &Slot) -> Result<(), Failure> {
    println!("  writing {ENTITLEMENTS} entitlements ...");
    let sql = format!(
        "INSERT INTO entitlements (id, service, proof, key_id, bound_to, valid_from, valid_until,
           uses, posted_by, created_at)
         SELECT 'ent_' || lpad(n::text, 26, '0'), service, sha256(n::text::bytea), key_id, bound_to,
           valid_from, valid_until, uses, posted_by, created_at
         FROM generate_series(1, {ENTITLEMENTS}) n, (SELECT * FROM entitlements LIMIT 1) one;
         INSERT INTO entitlement_holders (entitlement_id, proof, key_id)
         SELECT 'ent_' || lpad(n::text, 26, '0'), sha256((n || '/' || hash)::bytea), key_id
         FROM generate_series(1, {ENTITLEMENTS}) n, generate_series(1, {HASHES}) hash,
           (SELECT key_id FROM entitlement_holders LIMIT 1) one;
         ANALYZE entitlements; ANALYZE entitlement_holders;"
    );
    psql(run, &slot.database, &[&sql]).await?;
    Ok(())
}
