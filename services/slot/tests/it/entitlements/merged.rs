//! Two pseudonyms become one person: an entitlement does not change hands, or names, by that.

use serde_json::json;

use super::{claim, is_refused, post, posted, twin_of_chance, with};
use crate::{
    events::merge,
    office::{Office, Person},
};

async fn claimed(office: &Office) -> Person {
    let person = office.person();
    post(office, posted(office, "LEA-1")).await.expect(201);
    claim(office, &person, "LEA-1").await.expect(204);
    person
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_dissolved_one_had_claimed_is_claimed_again_by_whom_it_is_for() {
    for office in Office::each_database().await {
        let (seller, buyer) = (claimed(&office).await, twin_of_chance(&office));
        merge(&office, &buyer, &seller).await;
        office.hold(&buyer, "title", "10:00").await.expect_problem(403, "entitlement-required");
        is_refused(claim(&office, &buyer, "LEA-1").await);
        // The same human under another pseudonym.
        let honest = office.person();
        claim(&office, &honest, "LEA-1").await.expect(204);
        let kept = office.person();
        merge(&office, &kept, &honest).await;
        office.hold(&kept, "title", "10:00").await.expect_problem(403, "entitlement-required");
        claim(&office, &kept, "LEA-1").await.expect(204);
        office.book(&kept, "title", "10:00").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_under_the_kept_pseudonym_books_in_no_other_name() {
    for office in Office::each_database().await {
        let seller = claimed(&office).await;
        merge(&office, &seller, &twin_of_chance(&office)).await;
        // The other one's log-in is this pseudonym's from now on, in their own name.
        let buyer = Person { pseudonym: seller.pseudonym, ..twin_of_chance(&office) };
        let hold = office.hold(&buyer, "title", "10:00").await.expect(201);
        let refused = office.confirm(&buyer, &hold, "buyer").await;
        refused.expect_problem(403, "entitlement-required");
        office.confirm(&seller, &hold, "seller").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_in_another_name_is_not_moved_to_what_needs_the_entitlement() {
    for office in Office::each_database().await {
        let (seller, buyer) = (claimed(&office).await, twin_of_chance(&office));
        let plain = office.book(&buyer, "passport", "09:00").await;
        merge(&office, &seller, &buyer).await;
        let wish = json!({
            "location": "small", "start": office.at("10:00"), "services": ["title"],
            "replaces": plain.id(),
        });
        let hold = office.post("/v1/holds", &office.token(&seller), wish).await.expect(201);
        let refused = office.confirm(&seller, &hold, "move").await;
        refused.expect_problem(403, "entitlement-required");
        assert_eq!(office.bookings_of(&seller).await[0]["id"], plain.id());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_that_stands_on_it_stays_and_its_use_is_spent() {
    for office in Office::each_database().await {
        let (before, kept) = (claimed(&office).await, office.person());
        let booking = office.book(&before, "title", "10:00").await;
        merge(&office, &kept, &before).await;
        let own = office.bookings_of(&kept).await;
        assert_eq!((&own[0]["id"], &own[0]["status"]), (&json!(booking.id()), &json!("confirmed")));
        super::life::serve(&office, &booking).await;
        claim(&office, &kept, "LEA-1").await.expect(204);
        office.hold(&kept, "title", "11:00").await.expect_problem(403, "entitlement-required");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_random_reference_is_released_as_well() {
    for office in Office::each_database().await {
        let alone = json!({ "reference": null, "names": null, "birthdate": null });
        let it = post(&office, with(posted(&office, ""), alone)).await.expect(201);
        let reference = it.body["reference"].as_str().unwrap();
        let (before, kept) = (office.person(), twin_of_chance(&office));
        claim(&office, &before, reference).await.expect(204);
        merge(&office, &kept, &before).await;
        office.hold(&kept, "title", "10:00").await.expect_problem(403, "entitlement-required");
        claim(&office, &kept, reference).await.expect(204);
        office.book(&kept, "title", "10:00").await;
    }
}
