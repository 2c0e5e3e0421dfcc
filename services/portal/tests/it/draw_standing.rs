//! Draws with quotas and cohorts: pages say for whom seats are kept and who chooses earlier. And who watches a draw.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, DRAW, draw, entry, published},
    world::{World, languages},
};

/// A checkpoint that one of two witnesses has signed.
const NOTE: &str = "log.example\n1234\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
                    \u{2014} log.example AAAA\n\u{2014} uni.example BBBB\n";

/// A closed draw with a quota, in which three draws without a seat count.
async fn drawn_by_cohorts() -> World {
    let world = World::start().await;
    let mut known = published(&draw("frozen"));
    let announcement = known["announcement"].as_str().unwrap();
    let mut announcement: Value = serde_json::from_str(announcement).unwrap();
    announcement["cohorts"] = json!(3);
    announcement["quotas"] = json!([{ "channel": "desk", "name": "Ohne Online-Ausweis" }]);
    known["announcement"] = json!(announcement.to_string());
    known["freeze"] = json!(json!({ "channels": { "desk": 7, "online": 33 } }).to_string());
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, known));
    world
}

#[actix_web::test]
async fn everybody_reads_for_whom_seats_are_kept_and_how_many_staff_entered() {
    let world = drawn_by_cohorts().await;
    let shown = world.browser().open(&format!("/en/buergeramt/draws/{DRAW}")).await;
    shown.says(200, &["Of these, entered at the desk 7", "Ohne Online-Ausweis"]);
    shown.says(200, &["People who went without in earlier draws come before the others."]);
}

#[actix_web::test]
async fn who_went_without_reads_how_often() {
    let world = drawn_by_cohorts().await;
    let mut own = entry("entered");
    own["cohort"] = json!(2);
    world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, own));
    let mut browser = world.erika().await;
    let shown = browser.open(&format!("/en/buergeramt/draws/{DRAW}/entry")).await;
    shown.says(200, &["How often you went without 2"]);
    // Nor is everybody's chance the same in the next draw.
    let mut own = entry("without");
    own["cohort"] = json!(2);
    world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, own));
    let shown = browser.open(&format!("/en/buergeramt/draws/{DRAW}/entry")).await;
    shown.says(200, &["There, people who went without more often come before the others."]);
    shown.is_silent_about("Your chance is then the same");
}

#[actix_web::test]
async fn everybody_reads_who_watches_the_log_of_a_draw() {
    let world = World::start().await;
    let page = format!("/en/buergeramt/draws/{DRAW}");
    let unsigned = "log.example\n1234\nqL0=\n\n\u{2014} log.example AAAA\n";
    world.answer("GET log/checkpoint", Answer::Text(unsigned));
    let mut browser = world.browser();
    for (witnesses, says) in [
        (
            json!(["zeugin.example+0a1b+key", "uni.example+2c3d+key"]),
            "Number of witnesses announced: 2",
        ),
        (json!([]), "No witness watches this log"),
    ] {
        let mut known = published(&draw("announced"));
        let announcement = known["announcement"].as_str().unwrap();
        let mut announcement: Value = serde_json::from_str(announcement).unwrap();
        announcement["log"] = json!({ "key": "log.example+4e5f+key", "witnesses": witnesses });
        known["announcement"] = json!(announcement.to_string());
        world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, known));
        let shown = browser.open(&page).await;
        shown.says(200, &["is in a public log", says]);
        let unsigned = "No witness has signed this state yet.";
        assert_eq!(shown.text().contains(unsigned), witnesses != json!([]), "{shown:?}");
        assert_eq!(shown.text().contains("zeugin.example uni.example"), witnesses != json!([]));
        for language in languages() {
            let shown = browser.open(&page.replacen("en", language, 1)).await;
            assert!(!shown.text().contains("[draw-"), "{language}: {shown:?}");
        }
    }
    // An announcement that names no log.
    let known = published(&draw("announced"));
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, known));
    browser.open(&page).await.is_silent_about("public log");
}

#[actix_web::test]
async fn whoever_checks_a_draw_reads_the_state_of_its_log_and_which_witnesses_signed_it() {
    let world = World::start().await;
    let mut known = published(&draw("announced"));
    let announcement = known["announcement"].as_str().unwrap();
    let mut announcement: Value = serde_json::from_str(announcement).unwrap();
    let witnesses = json!(["zeugin.example+0a1b+key", "uni.example+2c3d+key"]);
    announcement["log"] = json!({ "key": "log.example+4e5f+key", "witnesses": witnesses });
    known["announcement"] = json!(announcement.to_string());
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, known));
    let page = format!("/en/buergeramt/draws/{DRAW}");
    let mut browser = world.browser();
    let checkpoint = "GET log/checkpoint";
    world.refuse(checkpoint, 404, "not-found");
    browser.open(&page).await.is_silent_about("the state of the log");

    world.answer(checkpoint, Answer::Text(NOTE));
    let shown = browser.open(&page).await;
    shown.says(200, &["Name of the log log.example", "Documents in the log 1234"]);
    shown.says(200, &["These witnesses have signed this state: uni.example Show the whole state"]);
    assert!(shown.html.contains(r#"dir="ltr">CsUYapGGPo4dkMgI</code>"#), "{shown:?}");
    let whole = browser.get(&shown.link("Show the whole state with its signatures")).await;
    assert_eq!((whole.status, whole.html.as_str()), (200, NOTE));
    assert_eq!(whole.header("content-type"), "text/plain; charset=utf-8");
    for language in languages() {
        let shown = browser.open(&page.replacen("en", language, 1)).await;
        assert!(!shown.text().contains("[draw-"), "{language}: {shown:?}");
    }
}
