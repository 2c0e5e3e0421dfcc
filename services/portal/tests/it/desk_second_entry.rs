//! A second entry of the same person in a draw or a waiting list at a desk: staff are asked before it replaces the first
//! one. And the paper that the person takes home is in their language.

use serde_json::json;

use crate::{
    desk_later::{ERIKA, JOIN, enter, entries, save, world},
    stub::{Answer, Asked, DRAW, entry, place},
    world::{World, languages},
};

const BEFORE: &str = "A front desk has entered this person already";
const ASKS: &str = "Ask the person first. Then press “Replace”.";
const REPLACED: &str = "The earlier wishes are replaced.";
const REPLACE: &str = "Replace";

fn asked(world: &World) -> Vec<Asked> {
    world.stub.asked(&format!("POST /buergeramt/v1/desk/draws/{DRAW}/entries"))
}

/// Fault: a second entry replaced the first one, and nobody was asked or told.
#[actix_web::test]
async fn the_page_asks_before_an_entry_is_replaced_and_says_so_after_it() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let first = save(&mut browser, &enter(), &[]).await;
    first.says(200, &["The person is in the draw"]);
    first.is_silent_about(REPLACED);

    world.refuse(&entries(), 412, "entered-before");
    let page = save(&mut browser, &enter(), &[("day-1", "2027-01-19")]).await;
    page.says(409, &["Error:", BEFORE, ASKS]);
    for stays in [r#"value="MUSTERMANN""#, r#"name="day-1" value="2027-01-19" checked"#] {
        assert!(page.html.contains(stays), "{stays}: {page:?}");
    }
    assert!(!page.offers("Save"), "{page:?}");
    world.answer(&entries(), Answer::Json(201, entry("entered")));
    let replaced = browser.press(&page, REPLACE, &ERIKA).await;
    replaced.says(200, &["The person is in the draw", REPLACED]);
    let only_new: Vec<_> = asked(&world).into_iter().map(|asked| asked.if_none_match).collect();
    assert_eq!(only_new, [Some("*".to_owned()), Some("*".to_owned()), None]);
}

#[actix_web::test]
async fn who_was_asked_about_one_person_is_asked_again_about_another() {
    let world = world().await;
    world.refuse(&entries(), 412, "entered-before");
    let mut browser = world.clerk().await;
    // A case, too, may make them somebody else of the same name.
    for change in [("birth-date", "13.08.1964"), ("case", "K7QD-3XHM")] {
        let page = save(&mut browser, &enter(), &[]).await;
        let other = crate::browser::filled(&ERIKA, &[change]);
        browser.press(&page, REPLACE, &other).await.says(409, &[BEFORE]);
    }
    assert!(asked(&world).iter().all(|asked| asked.if_none_match.is_some()));
}

#[actix_web::test]
async fn the_question_stays_beside_a_colleagues_agreement_and_in_each_language() {
    let world = world().await;
    world.refuse(&entries(), 412, "entered-before");
    let mut browser = world.clerk().await;
    let page = save(&mut browser, &enter(), &[]).await;
    let german = browser.read_in(&page, "Deutsch", &ERIKA).await;
    german.says(200, &["Ein Empfang hat diese Person schon eingetragen"]);
    assert!(german.offers("Ersetzen"), "{german:?}");

    let case = json!({ "case": "K7QD-3XHM" });
    world.answer(&entries(), Answer::Problem(403, "second-person-needed", case));
    let page = browser.press(&page, REPLACE, &ERIKA).await;
    page.says(409, &["Tell them the case K7QD-3XHM.", "press “Replace” again."]);
    world.answer(&entries(), Answer::Json(201, entry("entered")));
    browser.press(&page, REPLACE, &ERIKA).await.says(200, &[REPLACED]);
}

#[actix_web::test]
async fn a_place_in_line_is_changed_only_after_the_question_too() {
    let world = world().await;
    let join = "POST desk/waiting-list/entries";
    let phone = [("phone", "030 9010")];
    world.refuse(join, 412, "waiting-before");
    let mut browser = world.clerk().await;
    let page = save(&mut browser, JOIN, &phone).await;
    page.says(409, &[BEFORE, ASKS]);
    world.answer(join, Answer::Json(201, place("waiting")));
    let again = crate::browser::filled(&ERIKA, &phone);
    let changed = browser.press(&page, REPLACE, &again).await;
    changed.says(200, &["The person is on the waiting list", REPLACED]);
    changed.says(200, &["An offer that was made before stays."]);
    let asked = world.stub.asked("POST /buergeramt/v1/desk/waiting-list/entries");
    let only_new: Vec<_> = asked.into_iter().map(|asked| asked.if_none_match).collect();
    assert_eq!(only_new, [Some("*".to_owned()), None]);
}

/// Fault: the person got a paper in the language of whoever entered them.
#[actix_web::test]
async fn what_the_person_takes_home_is_in_their_language() {
    let world = world().await;
    let mut browser = world.clerk().await;
    for (language, direction) in [("tr", ""), ("ar", r#" dir="rtl""#)] {
        let spoken = [("language", language), ("phone", "030 9010")];
        for form in [enter(), JOIN.to_owned()] {
            let page = save(&mut browser, &form, &spoken).await;
            page.says(200, &["Print this page for the person.", "Erika Mustermann"]);
            let paper = format!(r#"kern-card--surface" lang="{language}"{direction}>"#);
            assert!(page.html.contains(&paper), "{form}: {}", page.html);
            let (staff, _) = page.html.split_once(&paper).unwrap();
            assert!(staff.contains(r#"<div class="not-printed">"#), "{form}: {page:?}");
        }
    }
    let page = save(&mut browser, &enter(), &[("language", "en")]).await;
    assert!(!page.html.contains("not-printed"), "one language, one page: {}", page.html);
    for language in languages() {
        let page = save(&mut browser, &enter(), &[("language", language)]).await;
        page.is_silent_about("[desk-");
    }
}
