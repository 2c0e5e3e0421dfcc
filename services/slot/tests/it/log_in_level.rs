//! A password of the same person may be in other hands: what the card did, it neither shows nor undoes.

use reqwest::Method;
use serde_json::json;
use vocabulary::TrustLevel;

use crate::{
    draws::Drawing,
    office::{CATALOGUE, Office, Person},
};

fn by_password(person: &Person) -> Person {
    Person { level: TrustLevel::Basic, ..person.clone() }
}

async fn held_by(office: &Office, person: &Person) -> usize {
    let list = office.send(Method::GET, "/v1/holds", &office.token(person), &[], None).await;
    list.expect(200).body["holds"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_card_holds_a_password_neither_shows_nor_extends_nor_gives_up() {
    let card = "name: {de: Personalausweis}";
    let strict = format!("{card}\n      rules: {{trustLevel: {{atLeast: high}}}}");
    for office in Office::each_with(&CATALOGUE.replace(card, &strict)).await {
        let person = office.person();
        let weak = by_password(&person);
        let hold = office.hold(&person, "card", "10:00").await.expect(201);
        assert_eq!((held_by(&office, &person).await, held_by(&office, &weak).await), (1, 0));
        // Not even by asking for something else of the group, which a password may hold.
        let other = office.hold(&weak, "passport", "11:00").await;
        let other = other.expect_problem(403, "level-too-low");
        assert!(other.body.get("start").is_none() && other.body.get("hold_id").is_none());

        let id = hold.body["hold_id"].as_str().unwrap();
        let proof = json!({ "hold_token": hold.body["hold_token"] });
        let extend = format!("/v1/holds/{id}/extend");
        let refused = office.post(&extend, &office.token(&weak), proof.clone()).await;
        refused.expect_problem(403, "level-too-low");
        office.release(&weak, &hold).await.expect_problem(403, "level-too-low");
        assert_eq!(held_by(&office, &person).await, 1);

        office.post(&extend, &office.token(&person), proof).await.expect(200);
        let booked = office.confirm(&person, &hold, "key").await.expect(201);
        // Nor does the answer to the same request.
        office.confirm(&weak, &hold, "key").await.expect_problem(403, "level-too-low");
        assert_eq!(office.confirm(&person, &hold, "key").await.expect(200).id(), booked.id());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_any_log_in_may_hold_any_log_in_of_the_person_gives_up() {
    let office = Office::embedded().await;
    let person = office.person();
    let weak = by_password(&person);
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    assert_eq!(held_by(&office, &weak).await, 1);
    let other = office.hold(&weak, "passport", "11:00").await;
    other.expect_problem(409, "already-holding");
    office.release(&weak, &hold).await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_card_entered_a_password_neither_reads_nor_changes_nor_withdraws() {
    for drawing in Drawing::each().await {
        let id = drawing.announced("visa").await;
        let person = drawing.office.person();
        let weak = by_password(&person);
        let wishes = || json!([{}]);
        drawing.enter(&id, &person, wishes(), "key").await.expect(201);
        drawing.own(&id, &weak).await.expect_problem(403, "level-too-low");
        for key in ["key", "another"] {
            let again = drawing.enter(&id, &weak, wishes(), key).await;
            again.expect_problem(403, "level-too-low");
        }
        drawing.withdraw(&id, &weak).await.expect_problem(403, "level-too-low");
        drawing.own(&id, &person).await.expect(200);
        drawing.withdraw(&id, &person).await.expect(204);
    }
}
