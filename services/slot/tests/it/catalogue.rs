//! What everybody may read.

use std::time::Duration;

use slot::CatalogueSettings;

use crate::office::{CATALOGUE, Office};

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_is_public() {
    let office = Office::embedded().await;
    let authority = office.read("/v1/authority").await.expect(200).body;
    assert_eq!(authority["id"], office.authority.as_str());
    assert_eq!(authority["name"]["en"], "Test Office");
    let services = office.read("/v1/services").await.expect(200).body;
    let ids: Vec<_> = services["services"].as_array().unwrap().iter().map(|s| &s["id"]).collect();
    assert_eq!(ids, ["card", "passport", "plates", "title"]);
    assert_eq!(services["services"][3]["trust_level"], "high");
    assert_eq!(services["services"][3]["entitlement_required"], true);
    let locations = office.read("/v1/locations").await.expect(200).body;
    assert_eq!(locations["locations"][2]["address"]["postal_code"], "10178");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_catalogue_file_is_applied_and_a_broken_one_is_not() {
    let mut office = Office::embedded().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    let text = CATALOGUE.replace("AUTHORITY", office.authority.as_str());
    std::fs::write(file.path(), &text).unwrap();
    office.settings.catalogue = CatalogueSettings::File(file.path().to_owned());
    office.restart().await;

    let name = async || office.read("/v1/authority").await.body["name"]["de"].clone();
    let named = async |wanted: &str| {
        let wanted = wanted.to_owned();
        testkit::eventually(Duration::from_secs(8), async || {
            (name().await == wanted).then_some(())
        })
        .await;
    };
    named("Testamt").await;
    std::fs::write(file.path(), "catalogue: {broken").unwrap();
    tokio::time::sleep(Duration::from_millis(2500)).await;
    named("Testamt").await;
    std::fs::write(file.path(), text.replace("Testamt", "Neues Amt")).unwrap();
    named("Neues Amt").await;
}
