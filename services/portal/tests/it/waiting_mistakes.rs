//! What cannot be meant in the form of a waiting list is named at its field, and nothing typed is lost.

use crate::world::World;

const JOIN: &str = "/en/buergeramt/waiting-list/join?service=120703";

#[actix_web::test]
async fn a_day_that_cannot_be_read_is_named_and_nothing_typed_is_lost() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open(JOIN).await;
    let entered =
        [("time-1", "16:00-"), ("from", "2027-03-01"), ("until", "2027-02-01"), ("except", "Xmas")];
    let shown = browser.press(&form, "Join now", &entered).await;
    shown.says(422, &["Please check what you entered", "This is not a date. Write it like this"]);
    shown.says(422, &["“Not after” is earlier than “not before”.", "Error: Join the waiting list"]);
    assert_eq!(shown.link("This is not a date. Write it like this: 24.12.2026"), "#except-1");
    for kept in ["value=\"16:00-\" checked", "value=\"2027-03-01\"", "value=\"Xmas\""] {
        assert!(shown.html.contains(kept), "{kept}");
    }
    assert!(world.stub.asked("POST /buergeramt/v1/waiting-list/entries").is_empty());
    let nonsense = browser.press(&form, "Join now", &[("weekday-1", "9")]).await;
    nonsense.says(400, &["This address is incomplete"]);
}

#[actix_web::test]
async fn what_fits_no_appointment_comes_back_into_the_form() {
    let world = World::start().await;
    world.refuse("POST waiting-list/entries", 400, "invalid-request");
    let mut browser = world.erika().await;
    let form = browser.open(JOIN).await;
    let shown = browser.press(&form, "Join now", &[("time-1", "16:00-")]).await;
    shown.says(422, &["Please check what you entered", "Error: Join the waiting list"]);
    let unfit =
        "One wish fits no appointment for this service. Choose other days, places or times.";
    assert_eq!(shown.link(unfit), "#time-1-1");
    assert!(shown.html.contains("value=\"16:00-\" checked"));
    assert_eq!(shown.html.matches("aria-describedby=\"wish-1-error\"").count(), 1, "it is marked");
    assert!(!shown.html.contains("wish-2-error"), "nothing was filled in there");
}

/// Fault: a day of the past was blamed on the time of the first wish.
#[actix_web::test]
async fn a_last_day_that_is_over_is_named_before_the_authority_is_asked() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open(JOIN).await;
    let shown = browser.press(&form, "Join now", &[("until", "2025-12-31")]).await;
    shown.says(422, &["Please check what you entered", "Error: Join the waiting list"]);
    assert_eq!(
        shown.link("“Not after” is a day that is over already. Choose a later one."),
        "#until"
    );
    assert!(shown.html.contains("aria-describedby=\"until-error\""), "{shown:?}");
    assert!(world.stub.asked("POST /buergeramt/v1/waiting-list/entries").is_empty());
}
