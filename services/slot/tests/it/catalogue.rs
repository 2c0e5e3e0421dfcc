//! What everybody may read.

use std::time::Duration;

use auth::Role;
use reqwest::Method;
use slot::CatalogueSettings;

use crate::{
    office::{ApiResponse, CATALOGUE, Office},
    values::put_values,
};

/// Long enough for a changed file to be read on a busy machine.
const SOON: Duration = Duration::from_secs(60);

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
async fn a_place_that_takes_fewer_people_says_so() {
    let offered = "services: {passport: {}, card: {}}";
    let fewer = "services: {passport: {maxPeople: 1}, card: {}}";
    let office = Office::embedded_with(&CATALOGUE.replacen(offered, fewer, 1)).await;
    let listed = office.read("/v1/locations").await.expect(200).body;
    let places = listed["locations"].as_array().unwrap();
    let people = |id: &str| &places.iter().find(|place| place["id"] == id).unwrap()["max_people"];
    assert_eq!(people("large")["passport"], 1);
    assert!(people("large")["card"].is_null() && people("small").is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_catalogue_file_is_applied_and_a_broken_one_is_not() {
    let mut office = Office::embedded().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    let text = CATALOGUE.replace("AUTHORITY", office.authority.as_str());
    put_values(&file, &text);
    office.settings.catalogue = CatalogueSettings::File(file.path().to_owned());
    office.restart().await;

    let name = async || office.read("/v1/authority").await.body["name"]["de"].clone();
    let named = async |wanted: &str| {
        let wanted = wanted.to_owned();
        testkit::eventually(SOON, async || (name().await == wanted).then_some(())).await;
    };
    named("Testamt").await;
    let version = office.number("catalogue_version").await;
    put_values(&file, "catalogue: {broken");
    number(&office, "catalogue_refused", 1).await;
    named("Testamt").await;
    assert_eq!(office.number("catalogue_version").await, version);
    let supervisor = office.staff(Role::Supervisor, &["small"]);
    let state = state_of(&office, &supervisor).await.expect(200).body;
    assert_eq!(state["version"], version);
    let mistakes = state["refused"]["mistakes"].as_array().unwrap();
    assert!(
        mistakes.len() == 1 && mistakes[0].as_str().unwrap().contains("not valid YAML"),
        "{state}"
    );
    let clerk = office.staff(Role::Clerk, &["small"]);
    state_of(&office, &clerk).await.expect_problem(403, "forbidden");
    put_values(&file, text.replace("Testamt", "Neues Amt"));
    named("Neues Amt").await;
    assert_eq!(office.number("catalogue_refused").await, 0);
    assert_ne!(office.number("catalogue_version").await, version);
    let state = state_of(&office, &supervisor).await.expect(200).body;
    assert!(state["refused"].is_null() && state["version"] != version, "{state}");
}

/// A pod that is replaced while the ConfigMap has a mistake must not end the service.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_starts_with_a_broken_catalogue_takes_the_last_good_one() {
    let mut office = Office::embedded().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    let text = CATALOGUE.replace("AUTHORITY", office.authority.as_str());
    put_values(&file, &text);
    office.settings.catalogue = CatalogueSettings::File(file.path().to_owned());
    office.restart().await;

    let other = CATALOGUE.replace("AUTHORITY", "another");
    for mistake in ["catalogue: {broken", &other] {
        put_values(&file, mistake);
        office.restart().await;
        let authority = office.read("/v1/authority").await.expect(200).body;
        assert_eq!(authority["id"], office.authority.as_str());
        assert_eq!(office.number("catalogue_refused").await, 1);
    }
    put_values(&file, text.replace("Testamt", "Neues Amt"));
    number(&office, "catalogue_refused", 0).await;
    let authority = office.read("/v1/authority").await.expect(200).body;
    assert_eq!(authority["name"]["de"], "Neues Amt");
}

async fn number(office: &Office, name: &str, wanted: i64) {
    testkit::eventually(SOON, async || (office.number(name).await == wanted).then_some(())).await;
}

async fn state_of(office: &Office, token: &str) -> ApiResponse {
    office.send(Method::GET, "/v1/desk/catalogue", token, &[], None).await
}
