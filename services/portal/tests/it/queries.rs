//! What people type finds what they mean, with the services of the chart's presets.
//!
//! `queries/queries.tsv` was written by somebody who knows the keywords of the presets;
//! `queries/queries-blind.tsv` by somebody who has not seen them. Both are reported apart: run with
//! `--nocapture` to see the numbers. A line is `language<TAB>query<TAB>service`, several right services
//! by `|`. `queries/queries-elsewhere.tsv` has what none of the presets does: nothing is shown for it.

use std::fmt::Write as _;

use catalogue::Catalogue;
use serde_json::{Map, Value, json};
use url::form_urlencoded::Serializer;

use crate::{browser::Browser, page::Page, stub::Answer, world::World};

const SEEN: &str = include_str!("queries/queries.tsv");
const BLIND: &str = include_str!("queries/queries-blind.tsv");

const ELSEWHERE: &str = include_str!("queries/queries-elsewhere.tsv");

/// How many of a hundred queries have the right service among the first three.
const TARGET: usize = 95;

/// How many queries there are at least, and in both files together.
const MIN_SEEN: usize = 80;
const MIN_QUERIES: usize = 150;

struct Query {
    language: String,
    text: String,
    right: Vec<String>,
}

fn queries(file: &str) -> Vec<Query> {
    let lines = file.lines().skip(1).filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [language, text, right] = fields[..] else { panic!("three fields: {line}") };
            Query {
                language: language.to_owned(),
                text: text.to_owned(),
                right: right.split('|').map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// The services of all presets, as one authority's API shows them.
fn offered() -> Value {
    let (mut services, mut groups) = (Vec::new(), Vec::new());
    for preset in ["lea", "buergeramt", "kfz"] {
        let file = format!("values-{preset}.yaml");
        let path = format!("{}/../../charts/fairtermin/{file}", env!("CARGO_MANIFEST_DIR"));
        let catalogue = Catalogue::parse(&file, &std::fs::read_to_string(path).unwrap()).unwrap();
        groups
            .extend(catalogue.groups().map(|(id, group)| json!({ "id": id, "name": group.name })));
        services.extend(catalogue.services().map(|(id, service)| {
            let mut view = Map::new();
            view.insert("id".to_owned(), json!(id));
            view.insert("name".to_owned(), json!(service.name));
            view.insert("group".to_owned(), json!(service.group));
            view.insert("keywords".to_owned(), json!(service.keywords));
            view.insert("number".to_owned(), json!(service.number));
            if let Some(description) = &service.description {
                view.insert("description".to_owned(), json!(description));
            }
            Value::Object(view)
        }));
    }
    json!({ "services": services, "groups": groups })
}

/// The ids of the results, best first.
fn results(page: &Page) -> Vec<String> {
    let Some((_, list)) = page.html.split_once("<ol class=\"services found\">") else {
        return Vec::new();
    };
    let list = list.split("</ol>").next().unwrap();
    let links = list.split("/services/").skip(1);
    links.filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
}

async fn ask(browser: &mut Browser, query: &Query) -> Page {
    let asked = Serializer::new(String::new()).append_pair("q", &query.text).finish();
    browser.open(&format!("/{}?{asked}", query.language)).await
}

/// Asks all queries of a file. What went wrong is in the text.
async fn report(browser: &mut Browser, name: &str, queries: &[Query]) -> (usize, usize, String) {
    let (mut right, mut first, mut empty) = (0, 0, 0);
    let mut wrong = String::new();
    for query in queries {
        let page = ask(browser, query).await;
        assert_eq!(page.status, 200, "{}: {page:?}", query.text);
        let results = results(&page);
        let at = results.iter().position(|id| query.right.contains(id));
        right += usize::from(at.is_some_and(|at| at < 3));
        first += usize::from(at == Some(0));
        empty += usize::from(!page.html.contains("class=\"service\""));
        if at.is_none_or(|at| at >= 3) {
            let Query { language, text, right } = query;
            let shown = results.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            writeln!(wrong, "{language} `{text}`: {} and not {shown}", right.join("|")).unwrap();
        }
    }
    let all = queries.len();
    println!(
        "{name}: {all} queries, {right} in the first three, {first} first, {empty} empty pages"
    );
    (right, empty, wrong)
}

#[actix_web::test]
async fn what_people_type_finds_the_right_service_among_the_first_three() {
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, offered()));
    })
    .await;
    let mut browser = world.browser();
    let (seen, blind) = (queries(SEEN), queries(BLIND));
    assert!(seen.len() >= MIN_SEEN, "{}", seen.len());
    assert!(blind.is_empty() || seen.len() + blind.len() >= MIN_QUERIES);
    for (name, queries) in [("queries.tsv", seen), ("queries-blind.tsv", blind)] {
        let (right, empty, wrong) = report(&mut browser, name, &queries).await;
        assert_eq!(empty, 0, "{name}: a page showed no service");
        assert!(
            right * 100 >= TARGET * queries.len(),
            "{name}: {right} of {}\n{wrong}",
            queries.len()
        );
    }
}

/// Fault: what no office does led to "closest services" that share a word or some letters with it.
#[actix_web::test]
async fn what_no_office_does_leads_to_no_service() {
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, offered()));
    })
    .await;
    let mut browser = world.browser();
    for line in ELSEWHERE.lines().skip(1) {
        let (language, text) = line.split_once('\t').unwrap();
        let (language, text) = (language.to_owned(), text.to_owned());
        let page = ask(&mut browser, &Query { language, text, right: Vec::new() }).await;
        assert!(results(&page).is_empty(), "{line}: {:?}", results(&page));
        assert_eq!(page.link("115"), "tel:115", "{line}");
        assert!(page.html.contains("class=\"service\""), "{line}: all services stand below");
    }
}

#[actix_web::test]
async fn a_short_word_lists_nothing_that_only_begins_with_it() {
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, offered()));
    })
    .await;
    let page = world.browser().open("/de?q=perso").await;
    assert_eq!(results(&page), ["personalausweis", "vorlaeufiger-personalausweis"]);
    let page = world.browser().open("/tr?q=ikamet+izni").await;
    assert_eq!(results(&page)[0], "aufenthaltserlaubnis-beschaeftigung");
}

/// A service that was renamed would make every query for it wrong in the same way.
#[actix_web::test]
async fn every_right_service_is_one_of_the_presets() {
    let offered = offered();
    let ids: Vec<&str> = offered["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|service| service["id"].as_str().unwrap())
        .collect();
    for query in queries(SEEN).iter().chain(&queries(BLIND)) {
        for right in &query.right {
            assert!(ids.contains(&right.as_str()), "{}: {right}", query.text);
        }
    }
}
